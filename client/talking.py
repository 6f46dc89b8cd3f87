"""Saying something in a group, and reading what was said (sealing.md 5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from client import ids
from client.change import Change, change
from client.device import now_ms
from client.group import Group, Row
from client.trouble import Trouble, sentence_of
from holdspace.sealing import log_draft
from holdspace.sealing.body import MAX_TEXT
from holdspace.sealing.codec import to_json
from holdspace.sealing.envelope import (
    PROFILE,
    REPLY,
    SHARE,
    STANDING,
    Header,
    Said,
    parse_envelope,
    seal_envelope,
)
from holdspace.sealing.errors import SealError
from holdspace.sealing.keys import new_id
from holdspace.sealing.primitives import ZERO16

SAID = {SHARE: "share", REPLY: "reply"}
PAGE = 200
SEAL_AGAIN = ("stale-epoch", "nonce")


@dataclass(frozen=True, slots=True)
class Words:
    """What is to be said: its kind, its body's fields, what it answers."""

    kind: int
    body: dict[str, Any]
    parent: bytes = ZERO16


def say(group: Group, words: Words) -> dict[str, Any]:
    """Seal and send; `{item, seq, ...}`. Where somebody has left, the epoch is changed first, so they cannot read it."""
    group.check_usable()
    rekey_after_leavers(group)
    item_id = new_id()
    try:
        return _send(group, words, item_id)
    except Trouble as trouble:
        if trouble.code not in SEAL_AGAIN:
            raise
    group.sync()
    group.check_usable()
    rekey_after_leavers(group)
    return _send(group, words, item_id)


def share(group: Group, text: str, help_wanted: str | None = None) -> dict[str, Any]:
    """Say something to the group."""
    wanted = {"h": help_wanted} if help_wanted else {}
    return say(group, Words(SHARE, {"t": _checked(text)} | wanted))


def reply(group: Group, item: bytes, text: str) -> dict[str, Any]:
    """Answer a share."""
    return say(group, Words(REPLY, {"t": _checked(text)}, item))


def rekey_after_leavers(group: Group) -> None:
    """Who speaks next re-keys first: nothing is sealed to a key that somebody who left still holds."""

    def build(made: Change) -> None:
        if made.state.leavers():
            made.sign_new_epoch(lambda secret: log_draft.rekey(made.state, made.by, es=secret))

    if group.state.leavers():
        change(group, build)


def read(group: Group, after: int = 0) -> Iterator[dict[str, Any]]:
    """Everything said after a seq, oldest first; what cannot be shown stands in its place with the reason."""
    more = True
    while more:
        page = group.device.ask("items", group=group.id, after=after, limit=PAGE)
        rows, more = page["items"], page["more"] and bool(page["items"])
        for row in rows:
            after = max(after, row[0])
            item = shown(group, row)
            if item is not None:
                yield item


def shown(group: Group, row: Row) -> dict[str, Any] | None:
    """One row as it is shown: words, or the reason why not; None for what is not said to people (names, signatures)."""
    seq, envelope, received = row[0], row[1], row[2]
    try:
        header = parse_envelope(envelope).header
    except SealError as refused:
        return _not_shown(refused) | {"seq": seq, "received": received}
    if header.kind in (STANDING, PROFILE):
        group.take_standing(row)
    if header.kind not in SAID:
        return None
    try:
        opened = group.open(envelope)
        words = {"state": "open", "text": opened.body["t"], "help_wanted": opened.body.get("h")}
        words |= {"sent": opened.sent_ms}
    except SealError as refused:
        words = _not_shown(refused)
    return _about(group, header) | words | {"seq": seq, "received": received}


def _about(group: Group, header: Header) -> dict[str, Any]:
    return {
        "item": ids.text(header.item_id),
        "kind": SAID[header.kind],
        "member": ids.text(header.author),
        "name": group.name_of(header.author),
        "parent": ids.text(header.parent) if any(header.parent) else None,
        "epoch": header.epoch,
    }


def _not_shown(refused: SealError) -> dict[str, Any]:
    """The fields of an item that is not shown. None of its words, not even those that could be read."""
    nothing = dict.fromkeys(
        ("item", "kind", "member", "name", "parent", "epoch", "text", "help_wanted", "sent")
    )
    return nothing | {"state": refused.code, "sentence": sentence_of(refused.code)}


def _send(group: Group, words: Words, item_id: bytes) -> dict[str, Any]:
    header = Header(words.kind, group.id, group.state.epoch, item_id, group.member_id, 0, words.parent)
    body = to_json({"v": 1} | words.body)
    envelope = seal_envelope(header, group.key_of(header.epoch), Said(group.position, now_ms(), body))
    answer = group.device.ask("send", envelope=envelope)
    row = [answer["seq"], envelope, answer["received"], answer["stamp"]]
    if words.kind in (STANDING, PROFILE):
        group.take_standing(row)
    return {"item": ids.text(item_id), "seq": answer["seq"], "readers": len(group.state.active())}


def _checked(text: str) -> str:
    if not text.strip():
        raise Trouble("no-text")
    if len(text) > MAX_TEXT:
        raise Trouble("long-text")
    return text
