"""The membership log in words: what each entry did, and to whom."""

from typing import Any

from client import ids
from client.group import Group
from holdspace.sealing import log_entry, log_payload
from holdspace.sealing.log_entry import Draft
from holdspace.sealing.log_state import STEWARD

TYPES = {
    log_entry.GENESIS: "genesis",
    log_entry.ADD: "add",
    log_entry.REMOVE: "remove",
    log_entry.LEAVE: "leave",
    log_entry.REKEY: "rekey",
    log_entry.INVITE: "invite",
    log_entry.REVOKE: "revoke",
    log_entry.SET_ROLE: "set-role",
    log_entry.UPDATE_KEY: "update-key",
    log_entry.REBIND: "rebind",
    log_entry.SET_FKEY: "set-fkey",
    log_entry.SET_LEAD: "set-lead",
    log_entry.AGREEMENT: "agreement",
    log_entry.CLOSE: "close",
}


def told_entries(group: Group) -> list[dict[str, Any]]:
    """Every entry: seq, type, actor, name, time (ms), epoch, and whom it was about."""
    return [_told(group, entry.draft) for entry in group.entries]


def _told(group: Group, draft: Draft) -> dict[str, Any]:
    is_steward = draft.actor == STEWARD
    return {
        "seq": draft.seq,
        "type": TYPES[draft.type],
        "actor": "steward" if is_steward else ids.text(draft.actor),
        "name": None if is_steward else group.name_of(draft.actor),
        "time": draft.time_ms,
        "epoch": draft.epoch,
        "members": [{"member": ids.text(each), "name": group.name_of(each)} for each in _about(draft)],
    }


def _about(draft: Draft) -> list[bytes]:
    if draft.type == log_entry.ADD:
        return [record.member_id for record in log_payload.parse_records(draft.payload)]
    if draft.type == log_entry.REMOVE:
        return log_payload.parse_ids(draft.payload)
    if draft.type in (log_entry.SET_ROLE, log_entry.UPDATE_KEY, log_entry.REBIND):
        return [draft.payload[:16]]
    return []
