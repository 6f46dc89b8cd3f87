"""Reading what was said: rows of the server, opened and checked, into what is shown (sealing.md 8.2).

One thing said, in JSON: `item` `parent` ids, `kind` share | reply | chat | presence, `member` `name` its author, `state` open |
withdrawn | a code (with its `sentence`, and nothing else told), `text` (null: withdrawn, or wordless presence), `help_wanted`,
`part` `more` of a share told in parts, `revision` above 0 edited, `place` `said` the seq and time (ms) of its first envelope,
`seq` `received` of this one, `sent` by its author's clock, `epoch`. Presence is shown to the two it is for.
"""

from collections.abc import Iterator
from typing import Any

from client import ids
from client.group import NO_ITEMS, Group, Row
from client.talk import OPEN, WITHDRAWN, Item, fold, in_order
from client.trouble import Trouble, sentence_of
from holdspace.sealing.body import is_gone
from holdspace.sealing.envelope import (
    CHAT,
    PRESENCE,
    PROFILE,
    REPLY,
    SHARE,
    STANDING,
    Header,
    Opened,
    parse_envelope,
)
from holdspace.sealing.errors import SealError

SAID = {SHARE: "share", REPLY: "reply", CHAT: "chat", PRESENCE: "presence"}
PAGE = 200
FIELDS = (
    "item", "kind", "member", "name", "parent", "epoch", "revision", "text", "help_wanted", "part", "more", "sent",
)  # fmt: skip


def read(group: Group, after: int = 0) -> list[Item]:
    """Everything said after a seq, each in its place; what cannot be shown stands in its place with the reason."""
    rows = list(_rows(group, after))
    # Presence is opened by who said what it answers, which may have been edited since and so come later.
    rows.sort(key=lambda row: _kind_of(row) == PRESENCE)
    items = (shown(group, row) for row in rows)
    return in_order(fold({}, (item for item in items if item is not None)))


def shown(group: Group, row: Row) -> Item | None:
    """One row as it is shown: words, or the reason why not; None for what is not said to people (names, signatures)."""
    at = {"seq": row[0], "received": row[2]} | _place(row)
    try:
        header = parse_envelope(row[1]).header
    except SealError as refused:
        return _not_shown(refused) | at
    if header.kind in (STANDING, PROFILE):
        group.take_standing(row)
    if header.kind not in SAID or _is_own_without_place(group, header):
        return None
    try:
        return _about(group, header) | _words(group.open(row[1])) | at
    except SealError as refused:
        return _not_shown(refused) | at


def find(group: Group, item: bytes) -> Opened:
    """The newest envelope of an item, opened; `no-item`."""
    for header, envelope in _backwards(group):
        if header.item_id == item:
            if _is_own_without_place(group, header):
                find(group, header.parent)
            return group.open(envelope)
    raise Trouble("no-item")


def find_presence(group: Group, parent: bytes) -> Header:
    """This member's own presence at an item; `no-item`."""
    for header, _ in _backwards(group):
        if (header.kind, header.author, header.parent) == (PRESENCE, group.member_id, parent):
            return header
    raise Trouble("no-item")


def _past_rows(group: Group) -> Iterator[Row]:
    """What was said before this member came back under new keys, as far as the keys of then have come."""
    before, more = NO_ITEMS, len(group.me.spans) > 1
    while more:
        page = group.device.ask("past", group=group.id, before=before, limit=PAGE)
        rows, more = page["items"], page["more"] and bool(page["items"])
        yield from rows
        before = min((_place(row)["place"] for row in rows), default=before)


def _rows(group: Group, after: int) -> Iterator[Row]:
    if after == 0:
        yield from _past_rows(group)
    more = True
    while more:
        page = group.device.ask("items", group=group.id, after=after, limit=PAGE)
        rows, more = page["items"], page["more"] and bool(page["items"])
        for row in rows:
            after = max(after, row[0])
            yield row


def _backwards(group: Group) -> Iterator[tuple[Header, bytes]]:
    """Every row that has a header, the newest first."""
    before, more = NO_ITEMS, True
    while more:
        page = group.device.ask("items", group=group.id, before=before, limit=PAGE)
        rows, more = page["items"], page["more"] and bool(page["items"])
        for row in reversed(rows):
            before = min(before, row[0])
            try:
                yield parse_envelope(row[1]).header, row[1]
            except SealError:
                continue


def _is_own_without_place(group: Group, header: Header) -> bool:
    """Own presence is opened with the key of whoever said what it answers, which is not known yet."""
    return (header.kind, header.author) == (PRESENCE, group.member_id) and not group.said_by(header.parent)


def _kind_of(row: Row) -> int | None:
    try:
        return parse_envelope(row[1]).header.kind
    except SealError:
        return None


def _place(row: Row) -> dict[str, Any]:
    """Where and when it was said first: a revision's row tells."""
    first, said = row[4:6] if len(row) > 4 else (row[0], row[2])
    return {"place": first, "said": said}


def _about(group: Group, header: Header) -> dict[str, Any]:
    return {
        "item": ids.text(header.item_id),
        "kind": SAID[header.kind],
        "member": ids.text(header.author),
        "name": group.name_of(header.author),
        "parent": ids.text(header.parent) if any(header.parent) else None,
        "epoch": header.epoch,
        "revision": header.revision,
    }


def _words(opened: Opened) -> dict[str, Any]:
    body = opened.body
    if is_gone(body):
        nothing = dict.fromkeys(("text", "help_wanted", "sent"))
        return nothing | {"state": WITHDRAWN, "part": False, "more": False}
    told = {"text": body.get("t"), "help_wanted": body.get("h"), "sent": opened.sent_ms}
    marks = {"part": body.get("part") is True, "more": body.get("more") is True}
    return told | marks | {"state": OPEN}


def _not_shown(refused: SealError) -> dict[str, Any]:
    """The fields of an item that is not shown. None of its words, not even those that could be read."""
    return dict.fromkeys(FIELDS) | {"state": refused.code, "sentence": sentence_of(refused.code)}
