"""Who may. Everybody may search and read what is shown; what is held back or gone is not there, but for coordinators."""

from typing import TypeVar

from django.http import Http404

from holdspace.accounts.access import may_start_group
from holdspace.accounts.models import Account
from holdspace.directory import queries
from holdspace.directory.models import Listing, OwnListing, OwnState, SentList, Source

T = TypeVar("T")


def _there(found: T | None) -> T:
    """What was asked for, or 404."""
    if found is None:
        raise Http404
    return found


def listing(slug: str) -> Listing:
    """A listing by the last part of its address, or 404."""
    return _there(queries.listing(slug))


def group_at(slug: str) -> bytes:
    """The group of this network that a listing tells of, or 404: a group elsewhere can't be asked here."""
    return _there(queries.group_of_listing(slug))


def coordinator(account: Account | None) -> Account:
    """Who asks, if they run the network; to everybody else there is no desk."""
    if account is None or not account.is_coordinator:
        raise Http404
    return account


def own_listing(key: str) -> OwnListing:
    """What a group says of itself, for the desk: what was never shown to a coordinator is not there."""
    row = _there(queries.own_listing_of_key(key))
    if not (row.shown or row.state in (OwnState.WAITING, OwnState.SENT_BACK)):
        raise Http404
    return row


def source(slug: str) -> Source:
    """A list of others, or 404."""
    return _there(queries.source(slug))


def row_of_source(slug: str, key: int) -> Listing:
    """A row of a list of others that is not gone, or 404."""
    return _there(queries.row_of_source(slug, key))


def twin(key: int) -> Listing:
    """A row of any list of others that is shown, or 404."""
    return _there(queries.listing_by_number(key))


def sent_list(key: str) -> SentList:
    """A list that a coordinator sent, or 404."""
    return _there(queries.sent_list(key))


def wishes_for(account: Account | None) -> None:
    """Who may start a group, and coordinators, may read what people wish for; to everybody else there is no such page."""
    if account is None or not (account.is_coordinator or may_start_group(account.id)):
        raise Http404
