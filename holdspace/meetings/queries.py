"""Questions about hours and calendars."""

from collections.abc import Iterator

from holdspace.groups.queries import memberships
from holdspace.meetings.models import Hours, MemberCalendar
from holdspace.meetings.times import Times


def times_of(group_id: bytes) -> tuple[Times, ...]:
    """A group's hours, in the order they were written. Empty: none are set."""
    return tuple(row.times() for row in Hours.objects.filter(group=group_id).order_by("line"))


def times_of_account(account_id: bytes) -> Iterator[tuple[bytes, int, Times]]:
    """(group, line, times) of every open group an account is in now."""
    groups = [member.group_id for member in memberships(account_id) if not member.closed]
    for row in Hours.objects.filter(group__in=groups).order_by("group", "line"):
        yield bytes(row.group_id), row.line, row.times()


def calendar_of(account_id: bytes) -> MemberCalendar | None:
    """The calendar of an account, if it made an address for one."""
    return MemberCalendar.objects.filter(account=account_id).first()
