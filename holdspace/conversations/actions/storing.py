"""Writing what was accepted: the one place where a batch is worth a statement of each engine's own."""

from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

ItemFields = tuple[int | bytes, ...]

_ONE_BY_ONE = """
    INSERT INTO conversations_item
        (group_id, seq, item_id, revision, kind, author, epoch, nonce, parent, envelope, received, stamp)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_TOGETHER = """
    INSERT INTO conversations_item
        (group_id, seq, item_id, revision, kind, author, epoch, nonce, parent, envelope, received, stamp)
    SELECT * FROM unnest(
        %s::bytea[], %s::bigint[], %s::bytea[], %s::integer[], %s::smallint[], %s::bytea[],
        %s::integer[], %s::bytea[], %s::bytea[], %s::bytea[], %s::bigint[], %s::bytea[]
    )
"""


def insert_items(cursor: CursorWrapper, items: list[ItemFields]) -> None:
    """Add items, each with a value for every column.

    SQLite is a function call away, and takes one row after the other. PostgreSQL is a journey away: all rows go in one
    statement, a list for each column.
    """
    if connection.vendor == "sqlite":
        cursor.executemany(_ONE_BY_ONE, items)
    else:
        columns: list[Any] = [list(column) for column in zip(*items, strict=True)]
        cursor.execute(_TOGETHER, columns)
