"""Taking turns at a group, where more than one process may write.

SQLite's transactions are alone from their first moment. PostgreSQL's are not: here the group's row is held until the
transaction ends, and what this process remembers of the group is compared with it. So a place in the group's order is
given once, and nobody is let in by a memory of who belonged before another process removed them.
"""

from collections.abc import Iterable

from django.db import connection

from holdspace.groups import access
from holdspace.ui.statements import rows

# Always in the order of the ids, so that two batches never hold what the other waits for.
_HOLD = "SELECT id, seq, item_seq FROM groups_supportgroup WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"


def take_turn(group_ids: Iterable[bytes]) -> None:
    """Hold these groups, before anything of them is looked at."""
    if connection.vendor == "sqlite":
        return
    for group_id, seq, item_seq in rows(_HOLD, [list(set(group_ids))]):
        access.compare(group_id, seq, item_seq)
