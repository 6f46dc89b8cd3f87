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
