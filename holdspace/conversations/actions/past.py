"""What was accepted before, as far as a batch touches it: two statements for the whole batch, then kept up to date."""

from dataclasses import dataclass
from typing import Any

from holdspace.conversations.models import PRESENCE
from holdspace.sealing.envelope import Envelope, Header
from holdspace.sealing.primitives import ZERO16
from holdspace.ui.statements import Row, rows

Key = tuple[bytes, bytes]
Nonce = tuple[bytes, int, bytes]
Presence = tuple[bytes, bytes, bytes]


@dataclass(slots=True)
class Known:
    """One accepted envelope of an item."""

    seq: int
    revision: int
    kind: int
    author: bytes
    parent: bytes
    epoch: int
    nonce: bytes
    received: int
    first_seq: int = 0
    first_received: int = 0
    is_withdrawal: bool = False

    @property
    def place(self) -> tuple[int, int]:
        """Where and when the item was said first."""
        return (self.first_seq, self.first_received) if self.first_seq else (self.seq, self.received)


class Past:
    """Known items and used nonces around the envelopes of one batch."""

    def __init__(self, items: set[Key], nonces: set[Nonce], presences: set[Presence]) -> None:
        self._items: dict[Key, list[Known]] = {}
        for row in _known(items):
            self._items.setdefault((row[0], row[1]), []).append(Known(*row[2:]))
        self._nonces = {(row[0], row[1], row[2]) for row in _used(nonces)}
        self._presences = {(row[0], row[1], row[2]) for row in _there(presences)}

    @classmethod
    def of(cls, envelopes: list[Envelope]) -> "Past":
        """All that bears on these envelopes."""
        items = {(each.header.group, each.header.item_id) for each in envelopes}
        return cls(
            items | _named(envelopes),
            {(each.header.group, each.header.epoch, each.nonce) for each in envelopes},
            _presences(envelopes),
        )

    @classmethod
    def that_is_named(cls, envelopes: list[Envelope]) -> "Past":
        """Only the items that these name as older than themselves."""
        return cls(_named(envelopes), set(), _presences(envelopes))

    def revisions(self, group: bytes, item_id: bytes) -> list[Known]:
        """What is known of an item, in the order of acceptance."""
        return self._items.get((group, item_id), [])

    def has_nonce(self, header: Header, nonce: bytes) -> bool:
        """Whether this nonce was used under this key."""
        return (header.group, header.epoch, nonce) in self._nonces

    def has_presence(self, header: Header) -> bool:
        """Whether its author is there already for whoever said the parent."""
        return (header.group, header.parent, header.author) in self._presences

    def add(self, header: Header, known: Known) -> None:
        """An envelope of this batch was accepted."""
        self._items.setdefault((header.group, header.item_id), []).append(known)
        self._nonces.add((header.group, header.epoch, known.nonce))
        if header.kind == PRESENCE:
            change = self._presences.discard if known.is_withdrawal else self._presences.add
            change((header.group, header.parent, header.author))


def _named(envelopes: list[Envelope]) -> set[Key]:
    """Parents, and items that are revised."""
    parents = {(each.header.group, each.header.parent) for each in envelopes if each.header.parent != ZERO16}
    return parents | {(each.header.group, each.header.item_id) for each in envelopes if each.header.revision}


def _presences(envelopes: list[Envelope]) -> set[Presence]:
    return {
        (each.header.group, each.header.parent, each.header.author)
        for each in envelopes
        if each.header.kind == PRESENCE
    }


def _known(wanted: set[Key]) -> list[Row]:
    return _matching(
        "SELECT item.group_id, item_id, seq, revision, kind, author, parent, epoch, nonce, received, first_seq,"
        " first_received, is_withdrawal"
        " FROM wanted JOIN conversations_item item ON item.group_id = wanted.a AND item_id = wanted.b ORDER BY seq",
        wanted,
    )


def _used(wanted: set[Nonce]) -> list[Row]:
    return _matching(
        "SELECT item.group_id, epoch, nonce FROM wanted JOIN conversations_item item"
        " ON item.group_id = wanted.a AND epoch = wanted.b AND nonce = wanted.c",
        wanted,
    )


def _there(wanted: set[Presence]) -> list[Row]:
    return _matching(
        "SELECT item.group_id, parent, author FROM wanted JOIN conversations_item item"
        " ON item.group_id = wanted.a AND parent = wanted.b AND author = wanted.c"
        " WHERE kind = 5 AND replaced = 0 AND NOT is_withdrawal",
        wanted,
    )


def _matching(sql: str, wanted: set[Any]) -> list[Row]:
    """One statement for all that is wanted: a join, since SQLite scans for a list of pairs and seeks for a join.

    The values travel as parameters; only their number is written into the SQL.
    """
    if not wanted:
        return []
    width = len(next(iter(wanted)))
    one = "(" + ", ".join(["%s"] * width) + ")"
    head = f"WITH wanted({', '.join('abc'[:width])}) AS (VALUES {', '.join([one] * len(wanted))}) "
    return rows(head + sql, [value for each in wanted for value in each])
