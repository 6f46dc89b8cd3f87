"""Asking to join from a group's listing, without a link: the request, the answers, taking it back (sealing.md 9.7).

Nothing here is counted or shown as a place in a queue. A request ends by itself, so that nobody waits for ever at a door that
nobody opens any more.
"""

from django.http import Http404

from holdspace.accounts.models import Account
from holdspace.groups import access
from holdspace.groups.actions.turns import take_turn
from holdspace.groups.clock import now_ms
from holdspace.groups.models import (
    DECLINED,
    INVITED,
    LATER,
    OPEN,
    WAITING,
    Invite,
    JoinRequest,
    ListingRequest,
    SupportGroup,
)
from holdspace.groups.topics import ANSWERED
from holdspace.groups.topics import WAITING as WAITS
from holdspace.live.buckets import Buckets
from holdspace.live.topics import Person, Room
from holdspace.live.verbs import Request, Result
from holdspace.sealing.errors import SealError
from holdspace.sealing.request import parse_note
from holdspace.ui.refused import Refused

DAY_MS = 24 * 3600 * 1000
# So long a request lives after it was made, put off, answered with an invite, declined.
LASTS = {WAITING: 42 * DAY_MS, LATER: 182 * DAY_MS, INVITED: 42 * DAY_MS, DECLINED: 42 * DAY_MS}
# Wide for somebody who looks around, narrow for somebody who floods facilitators.
MOST_AT_ONCE = 5
MOST_A_DAY = 10
MOST_AT_A_DOOR = 200
_asked = Buckets(24 * 3600)


def ask_from_listing(request: Request, group_id: bytes) -> Result:
    """Wait for an invite. Asking again changes nothing while the first request lives, not even a no."""
    take_turn([group_id])
    _check_asker(request, group_id)
    present = ListingRequest.objects.filter(group=group_id, account=request.account_id).first()
    if present is not None and is_alive(present):
        return {"group": group_id, "request": present.id, "state": state_of(present)}
    _check_room(request, group_id)
    if present is not None:
        present.delete()
    if ListingRequest.objects.filter(id=request.args.request).exists():
        raise Refused("exists")
    now = now_ms()
    made = ListingRequest.objects.create(
        id=request.args.request,
        group_id=group_id,
        account_id=request.account_id,
        account_x=request.args.account_x,
        state=WAITING,
        asked=now,
        ends=now + LASTS[WAITING],
    )
    request.announce(WAITS, Room(group_id), {"group": group_id})
    return {"group": group_id, "request": made.id, "state": state_of(made)}


def _check_asker(request: Request, group_id: bytes) -> None:
    """A group that is there and goes on, an asker who is not in it, and the key that this account publishes."""
    if not SupportGroup.objects.filter(id=group_id, closed=False).exists():
        raise Http404
    group = access.standing(group_id)
    if group is not None and request.account_id in group.members:
        raise Refused("inside")
    if not Account.objects.filter(id=request.account_id, x_pub=request.args.account_x).exists():
        raise SealError("bad-public-key")


def _check_room(request: Request, group_id: bytes) -> None:
    alive = ListingRequest.objects.filter(ends__gt=now_ms())
    is_much = alive.filter(account=request.account_id, state__in=OPEN).count() >= MOST_AT_ONCE
    is_full = alive.filter(group=group_id, state__in=OPEN).count() >= MOST_AT_A_DOOR
    if is_much or is_full or not _asked.take(request.account_id, MOST_A_DAY):
        raise Refused("too-many")


def is_alive(row: ListingRequest) -> bool:
    """Whether it still stands in the way of another one: an invite nobody can use any more does not."""
    return row.ends > now_ms() and state_of(row) != "missed"


def state_of(row: ListingRequest) -> str:
    """In the words of docs/protocol.md 3."""
    if row.state == INVITED and not Invite.objects.filter(
        invite_id=row.invite_id, expires__gte=now_ms(), uses_left__gt=0, revoked=False
    ):
        return "missed"
    return REQUEST_STATES[row.state]


REQUEST_STATES = {WAITING: "waiting", LATER: "later", INVITED: "invited", DECLINED: "declined"}
ANSWERS = {"later": LATER, "declined": DECLINED}


def take_request_back(request: Request) -> Result:
    """The asker asks no more, nor with the invite they were given. A no stays until it ends, here and at the door, so that no is no."""
    mine = ListingRequest.objects.filter(id=request.args.request, account=request.account_id)
    group_id = mine.values_list("group_id", flat=True).first()
    if group_id is None:
        raise Refused("not-found")
    take_turn([group_id])
    # Read while the group is held: a no may have come meanwhile.
    row = mine.exclude(state=DECLINED).first()
    if row is None:
        raise Refused("not-found")
    if row.invite_id is not None:
        at_door = JoinRequest.objects.filter(
            group=group_id, account=request.account_id, invite_id=row.invite_id
        )
        if at_door.filter(declined=True).exists():
            raise Refused("not-found")
        at_door.delete()
    row.delete()
    request.announce(WAITS, Room(row.group_id), {"group": row.group_id})
    return {}


def answer_request(request: Request) -> Result:
    """ "Later, when there is a place", or no. The third answer, an invite, comes with its INVITE (`append`)."""
    group_id = access.facilitator_of(request.account_id, request.args.group).group_id
    take_turn([group_id])
    state = ANSWERS[request.args.answer]
    row = open_request(group_id, request.args.request)
    if row is None:
        raise Refused("not-found")
    row.state, row.ends = state, now_ms() + LASTS[state]
    row.save(update_fields=["state", "ends"])
    tell_answered(request, row)
    return {}


def open_request(group_id: bytes, request_id: bytes) -> ListingRequest | None:
    """A request that facilitators may answer."""
    return ListingRequest.objects.filter(
        id=request_id, group=group_id, state__in=(WAITING, LATER), ends__gt=now_ms()
    ).first()


def tell_answered(request: Request, row: ListingRequest) -> None:
    """The asker, and whoever else answers at this door."""
    request.announce(ANSWERED, Person(bytes(row.account_id)), {"group": row.group_id})
    request.announce(WAITS, Room(row.group_id), {"group": row.group_id})


def note_compared(request: Request) -> Result:
    """What facilitators keep about the words of somebody who came from the listing, sealed anew."""
    group_id = access.facilitator_of(request.account_id, request.args.group).group_id
    take_turn([group_id])
    parse_note(request.args.note)
    noted = Invite.objects.filter(invite_id=request.args.invite, group=group_id, note__isnull=False)
    if not noted.update(note=request.args.note):
        raise Refused("not-found")
    request.announce(WAITS, Room(group_id), {"group": group_id})
    return {}


def tidy_requests() -> None:
    """What has ended is gone."""
    ListingRequest.objects.filter(ends__lte=now_ms()).delete()
