"""Replaying a membership log (sealing.md, replay): the one way anybody learns who belongs.

Every client does this for itself, and the server too, so that a broken client cannot poison a group. No
client relies on the server having done it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from holdspace.sealing import log_entry
from holdspace.sealing.errors import SealError
from holdspace.sealing.log_entry import Draft, LogEntry
from holdspace.sealing.log_payload import FACILITATOR, RECORD_SIZE, Policy, Record
from holdspace.sealing.log_rules import RULES
from holdspace.sealing.log_state import (
    ACTIVE,
    STEWARD,
    FacilitatorKey,
    Invite,
    LogState,
    Member,
    Pending,
    Span,
)
from holdspace.sealing.primitives import same

__all__ = [
    "FacilitatorKey",
    "Invite",
    "LogState",
    "Member",
    "Pending",
    "Replayed",
    "Span",
    "apply",
    "check_genesis",
    "check_pin",
    "replay",
]


@dataclass(frozen=True, slots=True)
class Replayed:
    """The last good state, and what stopped the replay at entry `seq` (None, None: nothing did).

    After a failure the group is shown read-only as it was at the last good state.
    """

    state: LogState | None
    failed: SealError | None = None
    seq: int | None = None


def replay(
    entries: Iterable[bytes],
    *,
    group: bytes | None = None,
    genesis16: bytes | None = None,
    start: LogState | None = None,
) -> Replayed:
    """All entries in order, from the first or after `start` (a state this device verified before)."""
    state = start
    for data in entries:
        try:
            entry = LogEntry.parse(data)
            if state is None:
                check_genesis(entry, group=group, genesis16=genesis16)
            state = apply(state, entry)
        except SealError as failed:
            return Replayed(state, failed, state.seq + 1 if state else 0)
    return Replayed(state)


def apply(state: LogState | None, entry: LogEntry) -> LogState:
    """The state after one more entry; the checks in the order of sealing.md, the first that fails raises."""
    if state is None:
        return _begin(entry)
    draft = entry.draft
    _check_chain(state, draft)
    state = state.at(draft.time_ms)
    _check_signature(state, entry)
    changed = RULES[draft.type](state, draft)
    _check_epoch(state, draft)
    return replace(
        changed,
        seq=draft.seq,
        head=entry.hash,
        head16s=(*state.head16s, entry.hash[:16]),
        time_ms=draft.time_ms,
        epoch=draft.epoch,
        epoch_commits=state.epoch_commits | {draft.epoch: draft.commit},
    )


def check_genesis(entry: LogEntry, *, group: bytes | None, genesis16: bytes | None) -> None:
    """`log-fingerprint` when this is not the first entry of the group somebody was invited to."""
    if group is not None and entry.draft.group != group:
        raise SealError("log-fingerprint")
    if genesis16 is not None and not same(entry.hash[:16], genesis16):
        raise SealError("log-fingerprint")


def check_pin(state: LogState, seq: int, head16: bytes) -> None:
    """`log-rollback` when the list does not hold what this device or the keyring has seen of it."""
    if seq > state.seq or not same(state.head16s[seq], head16):
        raise SealError("log-rollback")


def _begin(entry: LogEntry) -> LogState:
    draft = entry.draft
    if draft.type != log_entry.GENESIS or draft.seq != 0 or any(draft.prev):
        raise SealError("log-chain")
    founder = Record.parse(draft.payload[:RECORD_SIZE])
    policy = Policy.parse(draft.payload[RECORD_SIZE:])
    if founder.role != FACILITATOR or founder.has_invite:
        raise SealError("log-format")
    if draft.actor != founder.member_id or founder.gen != 1:
        raise SealError("log-authority")
    if not entry.is_signed_by(founder.e_pub):
        raise SealError("log-signature")
    if draft.epoch != 1:
        raise SealError("log-epoch")
    return _first_state(entry, founder, policy)


def _first_state(entry: LogEntry, founder: Record, policy: Policy) -> LogState:
    draft, head = entry.draft, entry.hash
    keys = founder.gen, founder.x_pub, founder.e_pub
    member = Member(founder.member_id, *keys, FACILITATOR, ACTIVE, (Span(1),))
    return LogState(
        group=draft.group,
        seq=0,
        head=head,
        head16s=(head[:16],),
        time_ms=draft.time_ms,
        epoch=1,
        epoch_commits={1: draft.commit},
        members={member.id: member},
        policy=policy,
        leads=policy.leads,
    )


def _check_chain(state: LogState, draft: Draft) -> None:
    is_next = draft.seq == state.seq + 1 and same(draft.prev, state.head) and draft.group == state.group
    if not is_next or draft.type == log_entry.GENESIS or draft.time_ms < state.time_ms:
        raise SealError("log-chain")
    if state.is_closed:
        raise SealError("log-authority")


def _check_signature(state: LogState, entry: LogEntry) -> None:
    """By an active member; the steward acts as member zero, and only to set a role."""
    if entry.draft.actor == STEWARD:
        if state.steward is None or entry.draft.type != log_entry.SET_ROLE:
            raise SealError("log-authority")
        e_pub = state.steward
    else:
        actor = state.members.get(entry.draft.actor)
        if actor is None or not actor.is_active:
            raise SealError("log-authority")
        e_pub = actor.e_pub
    if not entry.is_signed_by(e_pub):
        raise SealError("log-signature")


def _check_epoch(state: LogState, draft: Draft) -> None:
    if draft.type in log_entry.REKEYING:
        is_right = draft.epoch == state.epoch + 1
    else:
        is_right = draft.epoch == state.epoch and same(draft.commit, state.epoch_commit)
    if not is_right:
        raise SealError("log-epoch")
