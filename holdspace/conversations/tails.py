"""The newest rows of the groups that were opened last, kept as they were read.

Members of one group come at one time: after a meeting, after a restart. What they ask for is the same, but for what each of them may
have of it. Every change to what can be read has a seq of its own, so the group's last seq says whether what is kept still is so; each
asker brings it along from the statement that says that they are a member (groups/queries.py), and nothing is kept of who that was.
"""

from threading import Lock
from typing import NamedTuple

from holdspace.conversations.queries import Kept, TailRow, read_tail
from holdspace.groups.queries import Member

_MOST_GROUPS = 128
# A few long shares are read again instead.
_MOST_BYTES = 192 * 1024


class Tail(NamedTuple):
    """The group's last seq when this was asked for, and what was read then or a little later."""

    item_seq: int
    kept: Kept


class Tails:
    """`tails.of(member)` in any reader's thread; not kept up, but read anew when something was said."""

    def __init__(self) -> None:
        self._tails: dict[bytes, Tail] = {}
        self._lock = Lock()

    def of(self, member: Member) -> Kept:
        """What everybody of the group is told from; what this member may have of it is for the reader to say."""
        tail = self._tails.get(member.group_id)
        if tail is None or tail.item_seq != member.item_seq:
            tail = Tail(member.item_seq, read_tail(member.group_id))
            self._keep(member.group_id, tail)
        return tail.kept

    def _keep(self, group_id: bytes, tail: Tail) -> None:
        with self._lock:
            self._tails.pop(group_id, None)
            if _size(tail.kept.rows) + _size(tail.kept.standing) <= _MOST_BYTES:
                self._tails[group_id] = tail
            if len(self._tails) > _MOST_GROUPS:
                del self._tails[next(iter(self._tails))]


def _size(rows: list[TailRow]) -> int:
    return sum(len(row[1]) for row in rows)
