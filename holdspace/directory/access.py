"""Who may. Everybody may search and read what is shown; what is held back or gone is not there, for anybody."""

from django.http import Http404

from holdspace.directory import queries
from holdspace.directory.models import Listing


def listing(slug: str) -> Listing:
    """A listing by the last part of its address, or 404."""
    row = queries.listing(slug)
    if row is None:
        raise Http404
    return row


def group_at(slug: str) -> bytes:
    """The group of this network that a listing tells of, or 404: a group elsewhere can't be asked here."""
    group_id = queries.group_of_listing(slug)
    if group_id is None:
        raise Http404
    return group_id
