"""What a saved `record.json` shows, by the log this device verified (docs/sealing.md 3.7).

The file comes from somebody else's device: nothing in it is believed but signatures by people of the group.
"""

import json
from dataclasses import dataclass
from typing import Any

from client.group import Group
from client.trouble import Trouble
from holdspace.sealing.codec import from_b64url
from holdspace.sealing.errors import SealError
from holdspace.sealing.log_entry import LogEntry
from holdspace.sealing.log_replay import apply
from holdspace.sealing.log_state import STEWARD, LogState
from holdspace.sealing.primitives import same

FORMAT, VERSION = "holdspace-record", 1
TWO_LISTS, FALSE_KEY, ONE_SIDE = "two-lists", "false-key", "one-side"


@dataclass(frozen=True, slots=True)
class Side:
    """One of two things that cannot both stand at one place. `signed`: by somebody who belonged then."""

    entry: LogEntry | None
    signed: bool


def read(text: str) -> dict[str, Any]:
    """The file, or a refusal: no such file, or of a later version."""
    try:
        record = json.loads(text)
        if record["format"] != FORMAT or not isinstance(record["seen"], list):
            raise Trouble("no-record")
        if record["v"] != VERSION:
            raise SealError("version")
    except (ValueError, KeyError, TypeError):
        raise Trouble("no-record") from None
    return dict(record)


def group_of(record: dict[str, Any]) -> bytes:
    """Its group."""
    try:
        return from_b64url(record["group"])
    except (ValueError, KeyError, TypeError, AttributeError, SealError):
        raise Trouble("no-record") from None


def judge(group: Group, record: dict[str, Any]) -> list[dict[str, Any]]:
    """For each place: whether both entries are signed by people of the group, and what that shows."""
    try:
        return [_judged(group, seen) for seen in record["seen"]]
    except (ValueError, KeyError, TypeError, AttributeError, SealError):
        raise Trouble("no-record") from None


def _judged(group: Group, seen: dict[str, Any]) -> dict[str, Any]:
    seq = int(seen["seq"])
    state = _before(group, seq)
    ours, other = (_side(state, seq, seen[name]) for name in ("ours", "other"))
    told = {"seq": seq, "code": str(seen["code"]), "ours": ours.signed, "other": other.signed}
    return told | {"shows": _shows(seen, ours, other)}


def _shows(seen: dict[str, Any], ours: Side, other: Side) -> str:
    if ours.signed and other.signed and _differ(ours, other):
        return TWO_LISTS
    return FALSE_KEY if ours.signed and _is_false_key(seen, ours) else ONE_SIDE


def _differ(ours: Side, other: Side) -> bool:
    return ours.entry is not None and other.entry is not None and ours.entry.hash != other.entry.hash


def _is_false_key(seen: dict[str, Any], ours: Side) -> bool:
    """The signed entry names a commit; the key that was offered has another."""
    if ours.entry is None or "offered" not in seen:
        return False
    commit = ours.entry.draft.commit
    return same(from_b64url(seen["commit"]), commit) and not same(from_b64url(seen["offered"]), commit)


def _before(group: Group, seq: int) -> LogState | None:
    """The group before that place, as far as this device knows it."""
    state: LogState | None = None
    for entry in group.entries[:seq]:
        state = apply(state, entry)
    return state


def _side(state: LogState | None, seq: int, side: dict[str, str]) -> Side:
    if "entry" not in side:
        return Side(None, signed=False)
    try:
        entry = LogEntry.parse(from_b64url(side["entry"]))
    except SealError:
        return Side(None, signed=False)
    if state is None or entry.draft.group != state.group or entry.draft.seq != seq:
        return Side(entry, signed=False)
    return Side(entry, signed=_is_signed(state, entry))


def _is_signed(state: LogState, entry: LogEntry) -> bool:
    """By a member of that time, or by the steward; whether they were allowed to is not asked."""
    if entry.draft.actor == STEWARD:
        return state.steward is not None and entry.is_signed_by(state.steward)
    member = state.members.get(entry.draft.actor)
    return member is not None and entry.is_signed_by(member.e_pub)
