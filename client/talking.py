"""Saying something in a group: anew, again in other words, or taken back (sealing.md 5)."""

from dataclasses import dataclass, replace
from typing import Any

from client import ids
from client.change import Change, change
from client.device import now_ms
from client.group import Group
from client.reading import find, find_presence
from client.trouble import Trouble
from holdspace.sealing import log_draft
from holdspace.sealing.body import MAX_PHRASE, MAX_TEXT, is_gone
from holdspace.sealing.codec import to_json
from holdspace.sealing.envelope import (
    CHAT,
    PRESENCE,
    PROFILE,
    REPLY,
    SHARE,
    STANDING,
    Header,
    Opened,
    Said,
    seal_envelope,
)
from holdspace.sealing.keys import new_id
from holdspace.sealing.primitives import ZERO16

SEAL_AGAIN = ("stale-epoch", "nonce")
SEND, WITHDRAW = "send", "withdraw"
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """What is to be said: its kind, its body's fields, what it answers; of which item it is which revision."""

    kind: int
    body: dict[str, Any]
    parent: bytes = ZERO16
    item: bytes | None = None
    revision: int = 0


def say(group: Group, words: Words, verb: str = SEND) -> Answer:
    """Seal and send; `{item, seq, readers}`. Where somebody has left, the epoch is changed first, so they cannot read it."""
    _get_ready(group, verb)
    words = replace(words, item=words.item or new_id())
    try:
        return _send(group, words, verb)
    except Trouble as trouble:
        if trouble.code not in SEAL_AGAIN:
            raise
    group.sync()
    _get_ready(group, verb)
    return _send(group, words, verb)


def share(group: Group, text: str, help_wanted: str | None = None, *, more: bool = False) -> Answer:
    """Say something to the group; with `more`, its author has more to say when they are ready."""
    return say(group, Words(SHARE, _told(text, help_wanted, more=more)))


def part(
    group: Group, item: bytes, text: str, help_wanted: str | None = None, *, more: bool = False
) -> Answer:
    """Go on with one's own share."""
    _need_own(group, find(group, item), SHARE)
    return say(group, Words(REPLY, _told(text, help_wanted, more=more) | {"part": True}, item))


def reply(group: Group, item: bytes, text: str) -> Answer:
    """Answer a share."""
    return say(group, Words(REPLY, _told(text), item))


def chat(group: Group, text: str) -> Answer:
    """Say something beside the shares."""
    return say(group, Words(CHAT, _told(text)))


def edit(group: Group, item: bytes, text: str) -> Answer:
    """Say one's own words anew, in their place; what was asked for stays."""
    found = find(group, item)
    _need_own(group, found, SHARE, REPLY, CHAT)
    return say(group, _next(found, found.body | _told(text)))


def withdraw(group: Group, item: bytes) -> Answer:
    """Take one's own words, or presence, back."""
    found = find(group, item)
    _need_own(group, found, SHARE, REPLY, CHAT, PRESENCE)
    return say(group, _next(found, {"gone": True}), WITHDRAW)


def presence(group: Group, item: bytes, phrase: str | None = None) -> Answer:
    """Be there for who said something: with a warm phrase, or without words. Once; again, it takes the first one's place."""
    if phrase is not None and not 1 <= len(phrase) <= MAX_PHRASE:
        raise Trouble("long-phrase")
    found = find(group, item)
    if found.header.author == group.member_id:
        raise Trouble("own-item")
    body = {"t": phrase} if phrase else {}
    try:
        return say(group, Words(PRESENCE, body, item))
    except Trouble as trouble:
        if trouble.code != "exists":
            raise
    first = find_presence(group, item)
    return say(group, Words(PRESENCE, body, item, first.item_id, first.revision + 1))


def rekey_after_leavers(group: Group) -> None:
    """Who speaks next re-keys first: nothing is sealed to a key that somebody who left still holds."""

    def build(made: Change) -> None:
        if made.state.leavers():
            made.sign_new_epoch(lambda secret: log_draft.rekey(made.state, made.by, es=secret))

    if group.state.leavers():
        change(group, build)


def _get_ready(group: Group, verb: str) -> None:
    group.check_usable(closed_too=verb == WITHDRAW)
    if not group.state.is_closed:
        rekey_after_leavers(group)


def _send(group: Group, words: Words, verb: str) -> Answer:
    item = words.item or new_id()
    place = group.id, group.state.epoch, item, group.member_id
    header = Header(words.kind, *place, words.revision, words.parent)
    said = Said(group.position, now_ms(), to_json({"v": 1} | words.body))
    envelope = seal_envelope(header, group.key_for(header), said)
    answer = group.device.ask(verb, envelope=envelope)
    row = [answer["seq"], envelope, answer["received"], answer["stamp"]]
    if words.kind in (STANDING, PROFILE):
        group.take_standing(row)
    readers = 2 if words.kind == PRESENCE else len(group.state.active())
    return {"item": ids.text(item), "seq": answer["seq"], "readers": readers}


def _next(found: Opened, body: dict[str, Any]) -> Words:
    header = found.header
    return Words(header.kind, body, header.parent, header.item_id, header.revision + 1)


def _need_own(group: Group, found: Opened, *kinds: int) -> None:
    if found.header.author != group.member_id or found.header.kind not in kinds:
        raise Trouble("not-own")
    if is_gone(found.body):
        raise Trouble("no-item")


def _told(text: str, help_wanted: str | None = None, *, more: bool = False) -> dict[str, Any]:
    """The body's fields; a field that says nothing is left out."""
    wanted = {"h": help_wanted} if help_wanted else {}
    return {"t": _checked(text)} | wanted | ({"more": True} if more else {})


def _checked(text: str) -> str:
    if not text.strip():
        raise Trouble("no-text")
    if len(text) > MAX_TEXT:
        raise Trouble("long-text")
    return text
