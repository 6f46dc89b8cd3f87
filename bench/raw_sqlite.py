"""What SQLite itself can do on this disk: rows like an item's, 64 to a commit, every commit flushed."""

import os
import time
from pathlib import Path

from bench.prototype import INSERT, TABLE, open_database

ROWS_A_COMMIT = 64
ENVELOPE_BYTES = 396


def rows_per_second(folder: Path, seconds: float) -> float:
    """Insert for so long; rows a second."""
    database = open_database(str(folder / "raw.sqlite3"))
    database.execute(TABLE.replace("TABLE item", "TABLE IF NOT EXISTS item"))
    group, seq, begun = os.urandom(16), 0, time.perf_counter()
    while (spent := time.perf_counter() - begun) < seconds:
        rows = [_row(group, seq + number) for number in range(1, ROWS_A_COMMIT + 1)]
        database.execute("BEGIN IMMEDIATE")
        database.executemany(INSERT, rows)
        database.execute("COMMIT")
        seq += ROWS_A_COMMIT
    database.close()
    return seq / spent


def _row(group: bytes, seq: int) -> tuple[bytes, int, bytes, bytes, bytes, bytes, int]:
    random = os.urandom(16 + 12 + ENVELOPE_BYTES)
    return group, seq, random[:16], bytes(4), random[16:28], random[28:], seq
