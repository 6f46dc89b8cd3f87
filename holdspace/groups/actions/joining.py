"""Asking to join and being told "not now" (sealing.md 9.4)."""

from holdspace.groups import access
from holdspace.groups.actions import states
from holdspace.groups.actions.parcels import is_box
from holdspace.groups.actions.turns import take_turn
from holdspace.groups.clock import now_ms
from holdspace.groups.models import Invite, JoinRequest
from holdspace.groups.topics import WAITING
from holdspace.live.topics import Room
from holdspace.live.verbs import Request, Result
from holdspace.sealing import box
from holdspace.sealing.errors import SealError
from holdspace.sealing.invite import check_join_request, parse_join_request
from holdspace.ui.refused import Refused

MAX_PROFILE = 4096
# A link that got into many hands must not bury those who wait.
MOST_WAITING = 200


def ask_to_join(request: Request) -> Result:
    """Wait at a group's door. Asking again with the same link changes nothing, not even a "not now"."""
    args = request.args
    group_id = _group_of(args.invite)
    take_turn([group_id])
    asked = parse_join_request(args.record, args.self_sig)
    if asked.record.invite_id != args.invite or not is_box(args.profile, box.PROFILE, range(MAX_PROFILE)):
        raise Refused("format")
    state = states.state_of(group_id)
    if state.is_closed or _is_inside(request.account_id, group_id, asked.record.member_id):
        raise SealError("log-invite")
    check_join_request(state, asked, now_ms())
    ask = _keep(request, group_id, asked.record.member_id)
    request.announce(WAITING, Room(group_id), {"group": group_id})
    return {"group": group_id, "state": "declined" if ask.declined else "waiting"}


def _group_of(invite_id: bytes) -> bytes:
    invite = Invite.objects.filter(invite_id=invite_id).first()
    if invite is None:
        raise SealError("log-invite")
    return bytes(invite.group_id)


def _is_inside(account_id: bytes, group_id: bytes, member_id: bytes) -> bool:
    """Whether the asker belongs already, and does not ask to have their own place bound to new keys."""
    group = access.standing(group_id)
    member = group.members.get(account_id) if group else None
    return member is not None and member.member_id != member_id


def _keep(request: Request, group_id: bytes, member_id: bytes) -> JoinRequest:
    args = request.args
    present = JoinRequest.objects.filter(group=group_id, account=request.account_id).first()
    if present is None and JoinRequest.objects.filter(group=group_id).count() >= MOST_WAITING:
        raise Refused("too-many")
    values = {
        "invite_id": args.invite,
        "member_id": member_id,
        "record": args.record,
        "self_sig": args.self_sig,
        "profile": args.profile,
        "asked": present.asked if present else now_ms(),
        "declined": present is not None and present.declined and present.invite_id == args.invite,
    }
    ask, _ = JoinRequest.objects.update_or_create(
        group_id=group_id, account_id=request.account_id, defaults=values
    )
    return ask


def decline_ask(request: Request) -> Result:
    """Say "not now" to somebody who waits."""
    group_id = access.facilitator_of(request.account_id, request.args.group).group_id
    take_turn([group_id])
    asks = JoinRequest.objects.filter(group=group_id, member_id=request.args.member, declined=False)
    if not asks.update(declined=True):
        raise Refused("not-found")
    request.announce(WAITING, Room(group_id), {"group": group_id})
    return {}
