"""Drafts of log entries, one function for each type: right seq, hash, epoch and commit, still unsigned.

Each takes the state so far, who acts and their clock. Types that begin an epoch take its secret ES.
"""

from dataclasses import dataclass

from holdspace.sealing import log_entry, log_payload
from holdspace.sealing.epoch import epoch_commit
from holdspace.sealing.log_entry import Draft
from holdspace.sealing.log_payload import Agreement, InviteTerms, Lead, Policy, Record
from holdspace.sealing.log_state import STEWARD, LogState


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, and when by their own clock."""

    member_id: bytes
    now_ms: int


def genesis(group: bytes, founder: Record, policy: Policy, *, es: bytes, now_ms: int) -> Draft:
    """The first entry. `founder` has role 2 and gen 1."""
    commit = epoch_commit(group, 1, es)
    payload = founder.encode() + policy.encode()
    return Draft(log_entry.GENESIS, group, 0, bytes(32), now_ms, founder.member_id, 1, commit, payload)


def add(state: LogState, by: By, records: list[Record], *, es: bytes) -> Draft:
    """Admits people."""
    return _new_epoch(state, by, log_entry.ADD, b"".join(each.encode() for each in records), es)


def remove(state: LogState, by: By, member_ids: list[bytes], *, es: bytes) -> Draft:
    """Removes members."""
    return _new_epoch(state, by, log_entry.REMOVE, b"".join(member_ids), es)


def leave(state: LogState, by: By) -> Draft:
    """Leaves."""
    return _same_epoch(state, by, log_entry.LEAVE)


def rekey(state: LogState, by: By, *, es: bytes) -> Draft:
    """Begins a new epoch; whoever left stays behind."""
    return _new_epoch(state, by, log_entry.REKEY, b"", es)


def invite(state: LogState, by: By, terms: InviteTerms) -> Draft:
    """Makes an invite."""
    return _same_epoch(state, by, log_entry.INVITE, terms.encode())


def revoke(state: LogState, by: By, invite_id: bytes) -> Draft:
    """Takes an invite back."""
    return _same_epoch(state, by, log_entry.REVOKE, invite_id)


def set_role(state: LogState, by: By, member_id: bytes, role: int) -> Draft:
    """Makes somebody a facilitator, or oneself a member."""
    return _same_epoch(state, by, log_entry.SET_ROLE, member_id + bytes([role]))


def steward_sets_role(state: LogState, now_ms: int, member_id: bytes, role: int) -> Draft:
    """The steward's one act; signed with the steward's key."""
    return set_role(state, By(STEWARD, now_ms), member_id, role)


def update_key(state: LogState, by: By, record: Record, *, es: bytes) -> Draft:
    """New keys for oneself, signed with the old."""
    return _new_epoch(state, by, log_entry.UPDATE_KEY, record.encode(), es)


def rebind(state: LogState, by: By, record: Record, *, es: bytes) -> Draft:
    """New keys for somebody who lost theirs and was invited back."""
    return _new_epoch(state, by, log_entry.REBIND, record.encode(), es)


def set_fkey(state: LogState, by: By, public: bytes) -> Draft:
    """The next facilitators' key."""
    payload = log_payload.encode_fkey(public, state.fkey.gen + 1)
    return _same_epoch(state, by, log_entry.SET_FKEY, payload)


def set_lead(state: LogState, by: By, leads: tuple[Lead, ...]) -> Draft:
    """The safeguarding leads from 72 hours on."""
    return _same_epoch(state, by, log_entry.SET_LEAD, log_payload.encode_leads(leads))


def agree(state: LogState, by: By, model: int, sha256: bytes) -> Draft:
    """The next version of the agreement."""
    version = (state.agreement.version if state.agreement else 0) + 1
    return _same_epoch(state, by, log_entry.AGREEMENT, Agreement(version, model, sha256).encode())


def close(state: LogState, by: By) -> Draft:
    """The last entry."""
    return _same_epoch(state, by, log_entry.CLOSE)


def _same_epoch(state: LogState, by: By, type_: int, payload: bytes = b"") -> Draft:
    return _next(state, by, type_, payload, (state.epoch, state.epoch_commit))


def _new_epoch(state: LogState, by: By, type_: int, payload: bytes, es: bytes) -> Draft:
    epoch = state.epoch + 1
    return _next(state, by, type_, payload, (epoch, epoch_commit(state.group, epoch, es)))


def _next(state: LogState, by: By, type_: int, payload: bytes, epoch: tuple[int, bytes]) -> Draft:
    time_ms = max(by.now_ms, state.time_ms)  # one wrong clock must not make the list run backwards
    return Draft(type_, state.group, state.seq + 1, state.head, time_ms, by.member_id, *epoch, payload)
