"""Appending to a membership log: verify, compare what came along with it, write, tell (sealing.md 3, protocol.md 4).

The server checks so that a broken client cannot poison a group. Nobody's safety rests on it: every client replays.
"""

from django.http import Http404

from holdspace.accounts.access import may_start_group
from holdspace.accounts.models import Network
from holdspace.groups import access, queries
from holdspace.groups.actions import parcels, states, telling, writing
from holdspace.groups.actions.change import Change
from holdspace.groups.actions.pace import take_step
from holdspace.groups.actions.turns import take_turn
from holdspace.groups.clock import now_ms
from holdspace.live.verbs import Request, Result
from holdspace.sealing import log_entry
from holdspace.sealing.errors import SealError
from holdspace.sealing.log_entry import LogEntry
from holdspace.sealing.log_payload import MEMBER, RECORD_SIZE, Policy
from holdspace.sealing.log_replay import LogState, apply, check_genesis
from holdspace.sealing.log_state import STEWARD
from holdspace.ui.refused import Refused

# Clocks are wrong by an hour, or by a day where somebody set the date by hand. Further off, an invite's expiry and the
# steward's 72 hours would mean nothing.
CLOCK_TOLERANCE_MS = 26 * 3600 * 1000


def append_entries(request: Request) -> Result:
    """Verify and store entries with their boxes in one step. Answers the seq of the last one."""
    entries = [LogEntry.parse(entry) for entry in request.args.entries]
    take_turn([request.args.group])
    old, actor = _starting_point(request, entries[0])
    new = _follow(old, entries, actor)
    change = Change(request, entries, old, new)
    parcels.check(change)
    take_step(request.account_id)
    newcomers = writing.newcomers(change)
    before = access.standing(new.group)
    writing.write(change, newcomers)
    states.remember(new)
    access.forget(new.group)
    telling.tell(change, set(before.members if before else ()), newcomers)
    return {"seq": new.seq}


def _starting_point(request: Request, first: LogEntry) -> tuple[LogState | None, bytes]:
    """The state the entries go on from, and the member id in whose name this session may write."""
    group_id = request.args.group
    if first.draft.type == log_entry.GENESIS and queries.place(group_id) is None:
        _check_may_found(request, first)
        return None, first.draft.actor
    member = access.membership_of(request.account_id, group_id)
    if first.draft.seq <= member.seq:
        raise Refused("stale-log")
    return states.state_of(group_id), member.member_id


def _check_may_found(request: Request, first: LogEntry) -> None:
    """A group is founded under this network's steward and leads, so that both are there on the day they are needed."""
    check_genesis(first, group=request.args.group, genesis16=None)
    if not may_start_group(request.account_id):
        raise Refused("may-not-start")
    policy = Policy.parse(first.draft.payload[RECORD_SIZE:])
    network = Network.objects.get()
    leads = tuple((bytes.fromhex(name_hash), bytes.fromhex(key)) for name_hash, key in network.leads)
    if policy.steward != network.steward_pub or policy.leads != leads:
        raise SealError("log-authority")


def _follow(state: LogState | None, entries: list[LogEntry], actor: bytes) -> LogState:
    now = now_ms()
    for entry in entries:
        draft = entry.draft
        if draft.actor not in {actor, STEWARD}:
            raise Refused("author")
        if abs(draft.time_ms - now) > CLOCK_TOLERANCE_MS:
            raise Refused("clock")
        if state is not None:
            _refuse_kindly(state, entry)
        state = apply(state, entry)
    if state is None:
        raise Http404
    return state


def _refuse_kindly(state: LogState, entry: LogEntry) -> None:
    """Two refusals with a sentence of their own, before the rules of the log say only "not allowed"."""
    if len(state.active()) + _coming(state, entry) > state.member_cap:
        raise Refused("full")
    if _steps_down(entry) and state.is_last_facilitator(entry.draft.actor):
        raise Refused("last-facilitator")


def _coming(state: LogState, entry: LogEntry) -> int:
    draft = entry.draft
    if draft.type == log_entry.REBIND:
        member = state.members.get(draft.payload[:16])
        return 0 if member is not None and member.is_active else 1
    return len(draft.payload) // RECORD_SIZE if draft.type == log_entry.ADD else 0


def _steps_down(entry: LogEntry) -> bool:
    draft = entry.draft
    if draft.type == log_entry.SET_ROLE:
        return draft.payload == draft.actor + bytes([MEMBER])
    return draft.type == log_entry.LEAVE
