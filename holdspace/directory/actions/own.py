"""What a group of this network says of itself: written by its facilitators, shown once a coordinator read it (decision 0025)."""

import logging
import secrets
from collections.abc import Callable
from datetime import date
from functools import partial

import msgspec
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from holdspace.accounts.models import Account
from holdspace.directory import queries
from holdspace.directory.actions.imports import Way, end, take
from holdspace.directory.models import Listing, OwnListing, OwnState
from holdspace.directory.offer import SOURCE, Around, Offer, entry_of, is_said_anew
from holdspace.directory.standing import what_is_lacking
from holdspace.groups.models import SupportGroup
from holdspace.meetings.queries import times_of
from holdspace.trail.actions import note
from holdspace.ui.refused import Refused

log = logging.getLogger(__name__)


def told(offer: Offer) -> str:
    """An offer at rest."""
    return msgspec.json.encode(offer).decode()


# Facilitators ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def write_draft(group_id: bytes, offer: Offer) -> OwnListing:
    """Keep what facilitators wrote. What is only chosen from a list stands at once where the listing is shown: a group that is
    full must be able to say so tonight. What is said anew waits to be asked about, and a draft that waited is theirs again."""
    # Two who write the first draft at once: the second finds the first's.
    SupportGroup.objects.select_for_update(no_key=True).get(pk=group_id)
    own = _held(group_id) or OwnListing(group_id=group_id, key=secrets.token_hex(8))
    own.draft = told(offer)
    former = own.offered()
    if own.is_found and former is not None and not is_said_anew(former, offer):
        own.shown = own.draft
        _move(own, OwnState.SHOWN)
        publish(own)
    elif own.state in (OwnState.SHOWN, OwnState.WAITING) or own._state.adding:
        _move(own, OwnState.DRAFT)
    own.save()
    return own


@transaction.atomic
def ask_for_approval(group_id: bytes, who: Account, principles: int) -> OwnListing:
    """Hand the draft to the coordinators. `listing-no-agreement`, `listing-no-lead`, `listing-closed`: what has to stand first."""
    own = _written(group_id)
    lacking = what_is_lacking(group_id)
    if lacking:
        raise Refused(lacking)
    own.principles = principles
    _move(own, OwnState.WAITING)
    own.save()
    note("listing-asked", who.pk, group_id)
    return own


@transaction.atomic
def rest(group_id: bytes, until: date | None) -> OwnListing:
    """The group rests, until a day or until further notice. It is found no more by date, and its page says so."""
    return _set_rest(group_id, rests=True, until=until)


@transaction.atomic
def go_on(group_id: bytes) -> OwnListing:
    """The group meets again."""
    return _set_rest(group_id, rests=False, until=None)


def _set_rest(group_id: bytes, *, rests: bool, until: date | None) -> OwnListing:
    own = _written(group_id)
    own.rests, own.rests_until = rests, until
    own.save()
    publish(own)
    return own


@transaction.atomic
def confirm(group_id: bytes) -> OwnListing:
    """Somebody of the group says that all of it is still true."""
    own = _written(group_id)
    own.confirmed = timezone.now()
    own.save()
    publish(own)
    return own


@transaction.atomic
def take_down_own(group_id: bytes, who: Account) -> OwnListing:
    """The group shows itself no more. Its draft stays."""
    own = _written(group_id)
    _end(own, "")
    note("listing-taken-down", who.pk, group_id)
    return own


# Coordinators ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def approve(group_id: bytes, seen: str, who: Account) -> OwnListing:
    """Show it to everybody. `seen` is the draft that the coordinator read; `stale` when it is another by now."""
    own = _waiting(group_id, seen)
    lacking = what_is_lacking(group_id)
    if lacking:
        raise Refused(lacking)
    own.shown = own.draft
    own.confirmed = timezone.now()
    _move(own, OwnState.SHOWN)
    own.save()
    publish(own)
    note("listing-approved", who.pk, group_id)
    return own


@transaction.atomic
def send_back(group_id: bytes, seen: str, reason: str, who: Account) -> OwnListing:
    """Not yet; the facilitators read why. What was shown before stays."""
    own = _waiting(group_id, seen)
    _move(own, OwnState.SENT_BACK, reason)
    own.save()
    note("listing-sent-back", who.pk, group_id)
    return own


@transaction.atomic
def take_down(group_id: bytes, reason: str, who: Account) -> OwnListing:
    """Show it to nobody any more; the facilitators read why, and can mend it and ask again."""
    own = _written(group_id)
    _end(own, reason)
    note("listing-taken-down", who.pk, group_id)
    return own


# By itself ------------------------------------------------------------------------------------------------------------


def keep_up() -> int:
    """Listings of groups that closed go, those whose rest is over are found again, and those whose hours were changed say so; how
    many that were. A minute later is soon enough, and setting hours need not know of listings."""
    today, kept = timezone.now().date(), 0
    closed = OwnListing.objects.filter(group__closed=True).exclude(state=OwnState.ENDED)
    rested = OwnListing.objects.filter(rests=True, rests_until__lt=today, group__closed=False)
    for whose, act in (
        (_groups_of(closed), partial(_end, reason="")),
        (_groups_of(rested), _wake),
        ([bytes(own.group_id) for own in queries.own_listings_with_other_hours()], _follow),
    ):
        for group_id in whose:
            _keep_up_one(group_id, act)
            kept += 1
    return kept


def _groups_of(rows: QuerySet[OwnListing]) -> list[bytes]:
    return [bytes(group_id) for group_id in rows.values_list("group_id", flat=True)]


def _keep_up_one(group_id: bytes, act: Callable[[OwnListing], object]) -> None:
    """Of the row as it is once it is held: it may have been taken down, or written, since it was found."""
    try:
        with transaction.atomic():
            own = _held(group_id)
            if own is not None:
                act(own)
    except Refused as refused:
        log.error("a listing could not be kept up: %s", refused.code)


def _wake(own: OwnListing) -> None:
    own.rests, own.rests_until = False, None
    own.save()
    publish(own)


def _follow(own: OwnListing) -> None:
    """Its hours, where it is found."""
    if own.is_found:
        publish(own)


# All of them ----------------------------------------------------------------------------------------------------------


def publish(own: OwnListing) -> None:
    """Write its listing anew from what was approved, where it was and stands."""
    offer = own.offered()
    # What was taken down comes back by a coordinator alone, who moves it to SHOWN first; that it is asked for again is not enough.
    if offer is None or not (own.state == OwnState.SHOWN or own.is_found):
        return
    entry = entry_of(offer, own.key, Around(times_of(bytes(own.group_id)), own.rests, own.confirmed))
    report = take(SOURCE, [entry], Way(whole=False))
    if report.refused:
        raise Refused("listing-unfinished")
    if own.listing is None:
        own.listing = Listing.objects.get(source=SOURCE, key=own.key)
        own.save()


def _end(own: OwnListing, reason: str) -> None:
    _move(own, OwnState.ENDED, reason)
    own.save()
    if own.listing is not None:
        end([own.listing.pk])


def _move(own: OwnListing, state: OwnState, reason: str = "") -> None:
    own.state, own.since, own.reason = state, timezone.now(), reason


def _held(group_id: bytes) -> OwnListing | None:
    """The row, nobody else's until this transaction is over."""
    return OwnListing.objects.select_for_update().filter(group=group_id).first()


def _written(group_id: bytes) -> OwnListing:
    own = _held(group_id)
    if own is None:
        raise Refused("listing-nothing")
    return own


def _waiting(group_id: bytes, seen: str) -> OwnListing:
    own = _written(group_id)
    if own.state != OwnState.WAITING or own.draft != seen:
        raise Refused("stale")
    return own
