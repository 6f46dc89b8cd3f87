"""Who may set a group's hours: its facilitators. Who may read a calendar: whoever has its address. To others there is no such thing."""

from django.http import Http404

from holdspace.accounts.sessions import key_of
from holdspace.groups.models import FACILITATOR
from holdspace.groups.queries import Member
from holdspace.meetings.models import MemberCalendar
from holdspace.ui.refused import Refused


def may_set(member: Member) -> Member:
    """The facilitator whom the hours of an open group are up to, or 404; `hours` in a group that has ended."""
    if member.role != FACILITATOR:
        raise Http404
    if member.closed:
        raise Refused("hours")
    return member


def calendar_at(secret: str) -> MemberCalendar:
    """The calendar behind a secret address, or 404: ended, made anew, and never made are one."""
    found = MemberCalendar.objects.filter(key=key_of(secret)).first()
    if found is None:
        raise Http404
    return found
