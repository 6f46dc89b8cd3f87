"""The end of an account: one's words, every group, then name and keys (sealing.md 2.10). It can be done again where it stopped."""

import time
from pathlib import Path
from typing import Any

from client.account import auth_of
from client.change import change
from client.device import Device, now_ms
from client.group import NO_ITEMS, Group, Row
from client.membership import leave
from client.talking import Words, say
from client.trouble import Trouble
from holdspace.sealing import log_draft
from holdspace.sealing.codec import to_b64url, to_json
from holdspace.sealing.envelope import (
    CHAT,
    PROFILE,
    REPLY,
    SHARE,
    Header,
    Said,
    parse_envelope,
    seal_envelope,
)
from holdspace.sealing.errors import SealError

FORMER = "A former member"
SAID = (SHARE, REPLY, CHAT)
PAGE = 200
PAUSE_SECONDS = 5.0


def delete_account(device: Device, groups: list[Group], file: Path, *, takes_back: bool) -> dict[str, Any]:
    """Leave, then delete. `last-facilitator` before anything is done, where somebody has to take over first."""
    open_ones = [group for group in groups if group.stopped is None]
    if any(_is_needed(group) for group in open_ones):
        raise Trouble("last-facilitator")
    auth = auth_of(device.server, device.account, file)
    device.server.seal("unlock", auth_key=auth)
    for group in open_ones:
        _part_from(group, takes_back=takes_back)
    lost = [to_b64url(group.id) for group in groups if group.stopped is not None]
    answer = device.server.seal("delete", auth_key=auth, lost=lost)
    device.home.forget()
    return answer


def _is_needed(group: Group) -> bool:
    state = group.state
    return not state.is_closed and state.is_last_facilitator(group.member_id) and len(state.active()) > 1


def _part_from(group: Group, *, takes_back: bool) -> None:
    if takes_back:
        _take_back_all(group)
    if group.state.is_closed:
        return
    if len(group.state.active()) == 1:
        change(group, lambda made: made.sign(log_draft.close(made.state, made.by)))
        return
    say(group, Words(PROFILE, {"n": FORMER}))
    leave(group)


def _take_back_all(group: Group) -> None:
    for verb in ("items", "past"):
        before, more = NO_ITEMS, True
        while more:
            page = group.device.ask(verb, group=group.id, before=before, limit=PAGE)
            for row in page["items"]:
                _take_back(group, row)
            more = page["more"] and bool(page["items"])
            before = (page["items"][0][4:5] or page["items"][0][:1])[0] if more else before


def _take_back(group: Group, row: Row) -> None:
    try:
        header = parse_envelope(row[1]).header
    except SealError:
        return
    if header.author != group.member_id or header.kind not in SAID:
        return
    while not _is_taken_back(group, header):
        time.sleep(PAUSE_SECONDS)


def _is_taken_back(group: Group, header: Header) -> bool:
    """False: a little later, since what one account may send in a minute is limited."""
    epoch, revision = group.state.epoch, header.revision + 1
    last = Header(header.kind, group.id, epoch, header.item_id, header.author, revision, header.parent)
    said = Said(group.position, now_ms(), to_json({"v": 1, "gone": True}))
    try:
        group.device.ask("withdraw", envelope=seal_envelope(last, group.key_of(epoch), said))
    except Trouble as trouble:
        if trouble.code == "stale-epoch":
            group.sync()
        elif trouble.code not in ("exists", "too-many"):
            raise
        return trouble.code == "exists"
    return True
