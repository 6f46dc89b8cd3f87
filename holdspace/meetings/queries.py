"""Questions about hours."""

from holdspace.meetings.models import Hours
from holdspace.meetings.times import Times


def times_of(group_id: bytes) -> tuple[Times, ...]:
    """A group's hours, in the order they were written. Empty: none are set."""
    return tuple(row.times() for row in Hours.objects.filter(group=group_id).order_by("line"))
