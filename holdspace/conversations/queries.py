"""Reading items: by the group and the place in it, never by a scan of what a reader may not have.

Epochs only rise, so "from my first epoch on" is "behind the seq at which I came": the bound keeps a newcomer's first
look as cheap as anybody's, the epoch keeps it right whatever the bound says.
"""

from collections.abc import Collection, Sequence
from itertools import takewhile
from typing import Any, NamedTuple

from holdspace.groups.queries import Member
from holdspace.ui.statements import Question, ask_together, rows

# seq, envelope, received, stamp; of a revision also where and when its item was said first.
ItemRow = tuple[int, bytes, int, bytes] | tuple[int, bytes, int, bytes, int, int]
MOST_BYTES = 768 * 1024

_ROW = "SELECT seq, envelope, received, stamp, first_seq, first_received FROM conversations_item"
# What stands, was first said after I came, and is not between two others. The plus sign keeps PostgreSQL from gathering all of an
# epoch by another index to sort out fifty: it walks back from the newest.
_MINE = (
    " WHERE group_id = %s AND seq > %s AND +epoch >= %s AND replaced = 0 AND (first_seq = 0 OR first_seq > %s)"
    " AND (recipient IS NULL OR recipient = %s OR author = %s)"
)


def behind(member: Member, after: int, limit: int) -> tuple[list[ItemRow], bool]:
    """The first `limit` items behind `after`, and whether there are more."""
    found = _rows(_ROW + _MINE + " ORDER BY seq LIMIT %s", _mine(member, after, limit + 1))
    taken = _within_size(found[:limit])
    return taken, len(taken) < len(found)


def ahead(member: Member, before: int, limit: int) -> tuple[list[ItemRow], bool]:
    """The last `limit` items ahead of `before`, oldest first, and whether there are more."""
    sql = _ROW + _MINE + " AND seq < %s ORDER BY seq DESC LIMIT %s"
    return _backwards(_rows(sql, _mine(member, 0, before, limit + 1)), limit)


# An item row with both places (0 where there is one), and what says who may have it: epoch, recipient, author.
TailRow = tuple[int, bytes, int, bytes, int, int, int, bytes | None, bytes]
_TAIL = 64


class Kept(NamedTuple):
    """The newest rows of a group, newest first, and what stands in it, in order; `is_all`: there are no older ones."""

    rows: list[TailRow]
    standing: list[TailRow]
    is_all: bool


def read_tail(group_id: bytes) -> Kept:
    """As it is now, for nobody in particular."""
    rows, standing = ask_together(tail_rows(group_id), standing_rows(group_id))
    return Kept(rows, standing, len(rows) < _TAIL)


def tail_rows(group_id: bytes) -> Question[list[TailRow]]:
    """The newest of all there are, newest first."""
    return Question(_NEWEST, [group_id, _TAIL], list)


def standing_rows(group_id: bytes) -> Question[list[TailRow]]:
    """The newest that carries what stands (kind 8), and each person's newest profile (kind 9), in order."""
    return Question(_STANDING, [group_id, group_id], list)


_TAIL_ROW = _ROW.replace(" FROM", ", epoch, recipient, author FROM")
_NEWEST = f"{_TAIL_ROW} WHERE group_id = %s AND replaced = 0 ORDER BY seq DESC LIMIT %s"
# "kind IN (8, 9)" is spelt as the index spells it, and nothing narrower: SQLite uses a partial index only then.
_STANDING = f"""
    WITH latest AS (
        SELECT kind, MAX(seq) AS seq FROM conversations_item WHERE group_id = %s AND kind IN (8, 9) GROUP BY kind, author
    )
    {_TAIL_ROW} WHERE group_id = %s AND seq IN (
        SELECT MAX(seq) FROM latest WHERE kind = 8 UNION ALL SELECT seq FROM latest WHERE kind = 9
    ) ORDER BY seq
"""  # noqa: S608


def newest(member: Member, kept: Kept, after: int, limit: int) -> tuple[list[ItemRow], bool]:
    """The newest `limit` items behind `after`, oldest first, and whether there are older ones behind it."""
    behind = max(after, member.from_item)
    mine = [row for row in takewhile(lambda row: row[0] > behind, kept.rows) if _may_have(member, row)]
    if len(mine) > limit or kept.is_all or kept.rows[-1][0] <= behind:
        return _backwards(_cut(mine[: limit + 1]), limit)
    return _backwards(
        _rows(_ROW + _MINE + " ORDER BY seq DESC LIMIT %s", _mine(member, after, limit + 1)), limit
    )


def standing(member: Member, kept: Kept, held: Collection[int] = ()) -> list[ItemRow]:
    """What stands, but those rows whose seq is `held`."""
    here = set(held)
    return _cut([row for row in kept.standing if row[0] not in here and _may_have(member, row)])


def _may_have(member: Member, row: TailRow) -> bool:
    """What `_MINE` says, of a row that stands."""
    seq, _, _, _, first, _, epoch, recipient, author = row
    me, came = member.member_id, member.from_item
    is_after = epoch >= member.from_epoch and seq > came and (first == 0 or first > came)
    return is_after and (recipient is None or me in (recipient, author))


def past(member: Member, before: int, limit: int) -> tuple[list[ItemRow], bool]:
    """As `ahead`, of the times before a member came back under new keys, as far as they were given the keys of then."""
    me = member.member_id
    place = [member.group_id, me, member.group_id, before, member.from_item, member.from_epoch, me, me]
    return _backwards(_rows(_PAST, [*place, limit + 1]), limit)


# Where an item was said first says whether it is of a time whose key was given; a newer revision of it may be of any time of
# mine, and the first may have been tidied away by then.
_PAST = """
    WITH given AS (SELECT epoch FROM groups_epochbox WHERE group_id = %s AND member_id = %s),
    placed AS (
        SELECT item.*, CASE WHEN first_seq = 0 THEN seq ELSE first_seq END AS place FROM conversations_item item
        WHERE group_id = %s AND replaced = 0
    )
    SELECT placed.seq, placed.envelope, placed.received, placed.stamp, placed.first_seq, placed.first_received
    FROM placed LEFT JOIN conversations_item said ON said.group_id = placed.group_id AND said.seq = placed.place
    WHERE placed.place < %s AND placed.place <= %s
      AND (said.epoch IS NULL OR said.epoch IN (SELECT epoch FROM given))
      AND (placed.epoch >= %s OR placed.epoch IN (SELECT epoch FROM given))
      AND (placed.recipient IS NULL OR placed.recipient = %s OR placed.author = %s)
    ORDER BY placed.place DESC LIMIT %s
"""


def _mine(member: Member, after: int, *more: int) -> list[Any]:
    came, me = member.from_item, member.member_id
    return [member.group_id, max(after, came), member.from_epoch, came, me, me, *more]


def _rows(sql: str, parameters: list[Any]) -> list[ItemRow]:
    return _cut(rows(sql, parameters))


def _cut(found: Sequence[tuple[Any, ...]]) -> list[ItemRow]:
    """Without the place of the first where there is only one."""
    return [row[:6] if row[4] else row[:4] for row in found]


def _backwards(found: list[ItemRow], limit: int) -> tuple[list[ItemRow], bool]:
    taken = _within_size(found[:limit])
    return taken[::-1], len(taken) < len(found)


def _within_size(found: list[ItemRow]) -> list[ItemRow]:
    """As many as fit an answer, at least one: whoever asked goes on behind the last."""
    if sum([len(row[1]) for row in found]) <= MOST_BYTES:
        return found
    size = 0
    for place, row in enumerate(found):
        size += len(row[1])
        if size > MOST_BYTES and place:
            return found[:place]
    return found
