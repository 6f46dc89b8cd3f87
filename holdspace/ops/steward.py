"""The steward's two acts at the console: sign what makes a member a facilitator, at once, or ends such a role, after 72 hours.

The entry is only signed here. The member's own page adds it to the log, where everybody's client checks and shows it;
so the sheet has to be near this console for a moment only, and what it signs is nothing that could be hidden.
"""

import struct
from pathlib import Path
from typing import NamedTuple

from holdspace.accounts import queries
from holdspace.groups.actions.states import replay_all
from holdspace.groups.clock import now_ms
from holdspace.groups.queries import place
from holdspace.ops.sheets import read_sheet
from holdspace.ops.trouble import Trouble
from holdspace.sealing.codec import from_b64url, to_b64url
from holdspace.sealing.errors import SealError
from holdspace.sealing.log_draft import steward_sets_role
from holdspace.sealing.log_entry import LogEntry, sign_entry
from holdspace.sealing.log_payload import FACILITATOR, MEMBER
from holdspace.sealing.log_replay import LogState, apply
from holdspace.sealing.paper_code import steward_seed
from holdspace.sealing.primitives import e_public

_REQUEST = struct.Struct(">16s16sI32sI32s")


class Request(NamedTuple):
    """What a member's page shows: who it is about, and after which entry of which log."""

    group: bytes
    member: bytes
    seq: int
    head: bytes
    epoch: int
    epoch_commit: bytes


def parse(text: str) -> Request:
    """A REQUEST: base64url of group 16 | member 16 | seq u32 | head 32 | epoch u32 | epoch_commit 32."""
    try:
        data = from_b64url("".join(text.split()))
    except SealError:
        data = b""
    if len(data) != _REQUEST.size:
        raise Trouble("This is not the text of a member's page. Copy it as a whole.")
    return Request(*_REQUEST.unpack(data))


def promote(sheet: Path, text: str) -> str:
    """The signed entry as base64url, to be given back to the member."""
    return _signed(sheet, text, FACILITATOR, "is this person a member, and not a facilitator yet?")


def demote(sheet: Path, text: str) -> str:
    """The same for the end of a role, 72 hours after it stands in the list."""
    return _signed(sheet, text, MEMBER, "is this person a facilitator, and not on the way out already?")


def _signed(sheet: Path, text: str, role: int, doubt: str) -> str:
    key, request = _steward_of_this_network(sheet), parse(text)
    state = _log_of(request)
    try:
        entry = sign_entry(steward_sets_role(state, now_ms(), request.member, role), key)
        apply(state, LogEntry.parse(entry))
    except SealError:
        raise Trouble(f"The rules of the group's log don't allow this: {doubt}") from None
    return to_b64url(entry)


def _steward_of_this_network(sheet: Path) -> bytes:
    key, network = steward_seed(read_sheet(sheet)), queries.network()
    if network is None:
        raise Trouble("There is no network yet. Run `holdspace setup` first.")
    if e_public(key) != network.steward_pub:
        raise Trouble(f"The steward sheet {sheet} belongs to another network.")
    return key


def _log_of(request: Request) -> LogState:
    """The group's log as it stands here, which has to be where the member's page stood."""
    if place(request.group) is None:
        raise Trouble("This text is of a group which is not in this network.")
    state = replay_all(request.group)
    seen = (request.seq, request.head, request.epoch, request.epoch_commit)
    if seen != (state.seq, state.head, state.epoch, state.epoch_commit):
        raise Trouble("The group's member list has changed since this text was made. Ask for a new one.")
    return state
