"""A group's hours are set as a whole: what a facilitator saw and changed is what stands."""

import msgspec

from holdspace.groups.access import facilitator_of
from holdspace.groups.actions.turns import take_turn
from holdspace.groups.queries import Member
from holdspace.live.topics import Room
from holdspace.live.verbs import Request, Result
from holdspace.meetings.access import may_set
from holdspace.meetings.checking import are_hours
from holdspace.meetings.models import Hours
from holdspace.meetings.times import Times
from holdspace.meetings.topics import HOURS
from holdspace.ui.refused import Refused


def set_hours(member: Member, times: tuple[Times, ...]) -> None:
    """Put these lines in the place of those there were. None: the group has no set hours. `hours` when they name no days, or hold
    words; 404 from anybody but a facilitator. Within a transaction of the caller's."""
    may_set(member)
    if not are_hours(times):
        raise Refused("hours")
    Hours.objects.filter(group=member.group_id).delete()
    Hours.objects.bulk_create(
        Hours(group_id=member.group_id, line=line, told=msgspec.json.encode(each).decode())
        for line, each in enumerate(times)
    )


def write_hours(request: Request) -> Result:
    """Set them, and tell the group that they are other ones now."""
    member = facilitator_of(request.account_id, request.args.group)
    take_turn([member.group_id])
    set_hours(member, tuple(request.args.times))
    request.announce(HOURS, Room(member.group_id), {"group": member.group_id})
    return {}
