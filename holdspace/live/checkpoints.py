"""SQLite's log of the last commits is copied into its file beside the writer, so that nobody waits for it.

A commit is on the disk as soon as the log is flushed; copying the log into the file (a checkpoint, sqlite.org/wal.html section 2.1) may
come at any time. Left to SQLite, the commit that fills the log does it, and whoever sends something in those tens of milliseconds
waits. SQLite's own stays as it was set in holdspace/databases.py, for a log that grows faster than it is copied here.
"""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor

from django.db import DatabaseError, connection

log = logging.getLogger(__name__)
SECONDS_BETWEEN = 5.0
# What is committed during one pass is left to the next. A log that was copied to its end is begun anew instead of growing.
_PASSES = 3


class Checkpoints:
    """`note` every batch; a checkpoint follows within seconds. On PostgreSQL, which has its own, nothing happens."""

    def __init__(self, seconds_between: float = SECONDS_BETWEEN) -> None:
        self._seconds_between = seconds_between
        self._written = asyncio.Event()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="holdspace-checkpoints")
        self._work: asyncio.Task[None] | None = None

    def start(self) -> None:
        if connection.vendor == "sqlite":
            self._work = asyncio.get_running_loop().create_task(self._copy_now_and_then())

    def note(self) -> None:
        """Something was committed."""
        self._written.set()

    async def stop(self) -> None:
        """End; what is in the log is safe there."""
        if self._work is not None:
            self._work.cancel()
        self._thread.submit(connection.close)
        await asyncio.to_thread(self._thread.shutdown)

    async def _copy_now_and_then(self) -> None:
        loop = asyncio.get_running_loop()
        while await self._written.wait():
            await asyncio.sleep(self._seconds_between)
            self._written.clear()
            await loop.run_in_executor(self._thread, copy_log)


def copy_log() -> None:
    """Copy what is committed. PASSIVE waits for nobody, and nobody waits for it."""
    try:
        with connection.cursor() as cursor:
            for _ in range(_PASSES):
                cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
                _, pages, copied = cursor.fetchone()
                if pages == copied:
                    return
    except DatabaseError as error:
        # The log holds everything; the next one tries again. Its message could quote what is stored.
        log.error("the database's log could not be copied: %s", type(error).__name__)
