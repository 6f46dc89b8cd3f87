"""Who may write which entry, and what it does: one row of a table for each type (sealing.md, types).

A rule gets the state before the entry (with everything due by its time in force), the actor and the draft. It
returns the state with the entry's effect, or raises. Seq, hash, epoch and signature are log_replay's
business.
"""

from collections.abc import Callable
from dataclasses import replace

from holdspace.sealing import log_entry, log_payload
from holdspace.sealing.errors import SealError
from holdspace.sealing.log_entry import Draft
from holdspace.sealing.log_payload import (
    FACILITATOR,
    MEMBER,
    Agreement,
    InviteTerms,
    Record,
)
from holdspace.sealing.log_state import (
    ACTIVE,
    LEFT,
    REMOVED,
    STEWARD,
    THREE_DAYS_MS,
    FacilitatorKey,
    Invite,
    LogState,
    Member,
    PastKey,
    Pending,
    Span,
)
from holdspace.sealing.vouching import check_invite

Rule = Callable[[LogState, Draft], LogState]


def _need(may: bool, *, refused: str = "log-authority") -> None:
    if not may:
        raise SealError(refused)


def _facilitator(state: LogState, draft: Draft) -> Member:
    actor = state.members.get(draft.actor)
    if actor is None or not actor.is_facilitator:
        raise SealError("log-authority")
    return actor


def _active(state: LogState, member_id: bytes) -> Member:
    member = state.members.get(member_id)
    if member is None or not member.is_active:
        raise SealError("log-authority")
    return member


def _need_new_key(state: LogState, record: Record) -> None:
    """A signing key belongs to one member: nobody stands in the list twice, or with another's key."""
    _need(all(member.e_pub != record.e_pub for member in state.members.values()))


def _add(state: LogState, draft: Draft) -> LogState:
    records = log_payload.parse_records(draft.payload)
    _facilitator(state, draft)
    _need(state.agreement is not None)
    for record in records:
        state = _add_one(state, draft, record)
    return state


def _add_one(state: LogState, draft: Draft, record: Record) -> LogState:
    _need(record.member_id not in state.members and record.role == MEMBER)
    _need_new_key(state, record)
    state = _use_invite(state, draft, record)
    return _admit(state, record, (Span(draft.epoch),))


def _use_invite(state: LogState, draft: Draft, record: Record) -> LogState:
    invite = check_invite(state, record, draft.time_ms)
    return state.with_invite(replace(invite, uses_left=invite.uses_left - 1))


def _admit(
    state: LogState, record: Record, spans: tuple[Span, ...], past: tuple[PastKey, ...] = ()
) -> LogState:
    keys = record.gen, record.x_pub, record.e_pub
    state = state.with_member(Member(record.member_id, *keys, record.role, ACTIVE, spans, past))
    _need(len(state.active()) <= state.member_cap)
    return state


def _remove(state: LogState, draft: Draft) -> LogState:
    ids = log_payload.parse_ids(draft.payload)
    _facilitator(state, draft)
    for member_id in ids:
        member = _active(state, member_id)
        _need(member.role == MEMBER)
        state = state.with_member(_ended(member, REMOVED, draft.epoch - 1))
    return state


def _leave(state: LogState, draft: Draft) -> LogState:
    log_payload.parse_nothing(draft.payload)
    member = _active(state, draft.actor)
    return state.with_member(_ended(member, LEFT, draft.epoch))


def _ended(member: Member, status: str, last: int) -> Member:
    return replace(member, status=status, spans=(*member.spans[:-1], Span(member.since_epoch, last)))


def _rekey(state: LogState, draft: Draft) -> LogState:
    log_payload.parse_nothing(draft.payload)
    _active(state, draft.actor)
    return state


def _invite(state: LogState, draft: Draft) -> LogState:
    terms = InviteTerms.parse(draft.payload)
    _facilitator(state, draft)
    _need(terms.invite_id not in state.invites)
    _need(not any(terms.target) or terms.target in state.members)
    return state.with_invite(Invite(terms, draft.actor, terms.uses))


def _revoke(state: LogState, draft: Draft) -> LogState:
    invite_id = log_payload.parse_id(draft.payload)
    _facilitator(state, draft)
    invite = state.invites.get(invite_id)
    if invite is None or invite.is_revoked:
        raise SealError("log-invite")
    return state.with_invite(replace(invite, is_revoked=True))


def _set_role(state: LogState, draft: Draft) -> LogState:
    member_id, role = log_payload.parse_role(draft.payload)
    member = _active(state, member_id)
    if draft.actor == STEWARD:
        return _steward_sets_role(state, draft, member, role)
    if role == FACILITATOR:
        _facilitator(state, draft)
    else:
        _need(draft.actor == member_id)
    _need(member.role != role)
    return state.with_member(replace(member, role=role))


def _steward_sets_role(state: LogState, draft: Draft, member: Member, role: int) -> LogState:
    """Promotes at once (which calls off a demotion); demotes after 72 hours, so all can see it coming."""
    is_leaving = member.id in state.pending_demotions
    pending = {each: why for each, why in state.pending_demotions.items() if each != member.id}
    if role == FACILITATOR:
        _need(member.role == MEMBER or is_leaving)
        return replace(state.with_member(replace(member, role=role)), pending_demotions=pending)
    _need(member.role == FACILITATOR and not is_leaving)
    pending[member.id] = Pending(draft.time_ms + THREE_DAYS_MS)
    return replace(state, pending_demotions=pending)


def _update_key(state: LogState, draft: Draft) -> LogState:
    record = Record.parse(draft.payload)
    member = _active(state, draft.actor)
    _need(not record.has_invite, refused="log-format")
    _need((record.member_id, record.gen, record.role) == (member.id, member.gen + 1, member.role))
    _need_new_key(state, record)
    past = member.past_before(draft.epoch)
    renewed = replace(member, gen=record.gen, x_pub=record.x_pub, e_pub=record.e_pub, past=past)
    return state.with_member(renewed)


def _rebind(state: LogState, draft: Draft) -> LogState:
    """New keys for somebody who lost theirs. Not for a facilitator: that would be a way to remove one."""
    record = Record.parse(draft.payload)
    _facilitator(state, draft)
    member = state.members.get(record.member_id)
    if member is None or member.is_facilitator:
        raise SealError("log-authority")
    _need(record.gen == member.gen + 1 and record.role == MEMBER)
    _need_new_key(state, record)
    state = _use_invite(state, draft, record)
    spans = member.spans
    if member.is_active:
        spans = _ended(member, LEFT, draft.epoch - 1).spans
    return _admit(state, record, (*spans, Span(draft.epoch)), member.past_before(draft.epoch))


def _set_fkey(state: LogState, draft: Draft) -> LogState:
    public, gen = log_payload.parse_fkey(draft.payload)
    _facilitator(state, draft)
    _need(gen == state.fkey.gen + 1)
    return replace(state, fkey=FacilitatorKey(public, gen))


def _set_lead(state: LogState, draft: Draft) -> LogState:
    """In force after 72 hours; a later one takes the place of one that still waits."""
    leads = log_payload.parse_leads(draft.payload)
    _facilitator(state, draft)
    return replace(state, pending_leads=Pending(draft.time_ms + THREE_DAYS_MS, leads))


def _agree(state: LogState, draft: Draft) -> LogState:
    agreement = Agreement.parse(draft.payload)
    _facilitator(state, draft)
    _need(agreement.version == (state.agreement.version if state.agreement else 0) + 1)
    return replace(state, agreement=agreement)


def _close(state: LogState, draft: Draft) -> LogState:
    log_payload.parse_nothing(draft.payload)
    _facilitator(state, draft)
    return replace(state, is_closed=True)


RULES: dict[int, Rule] = {
    log_entry.ADD: _add,
    log_entry.REMOVE: _remove,
    log_entry.LEAVE: _leave,
    log_entry.REKEY: _rekey,
    log_entry.INVITE: _invite,
    log_entry.REVOKE: _revoke,
    log_entry.SET_ROLE: _set_role,
    log_entry.UPDATE_KEY: _update_key,
    log_entry.REBIND: _rebind,
    log_entry.SET_FKEY: _set_fkey,
    log_entry.SET_LEAD: _set_lead,
    log_entry.AGREEMENT: _agree,
    log_entry.CLOSE: _close,
}
