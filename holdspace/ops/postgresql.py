"""PostgreSQL under this server: is it fit, and does nobody else serve from this database?"""

import logging
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from django.db import Error, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from holdspace.ops.trouble import Trouble

log = logging.getLogger(__name__)
OLDEST = 15
# Any number, as long as nothing else in this database takes a lock of the same one ("holdspac" as bytes).
_LOCK = int.from_bytes(b"holdspac")
# PostgreSQL may not have noticed yet that the server before was killed.
_PATIENCE_SECONDS = 3.0
_LOOK_EVERY = 5.0


def is_used() -> bool:
    """Whether the network lives in PostgreSQL."""
    return bool(connection.vendor == "postgresql")


def unfit() -> Iterator[str]:
    """What keeps this PostgreSQL from keeping a network, a sentence each."""
    try:
        asked = _settings("server_version_num", "server_encoding", "synchronous_commit", "fsync")
    except Error as error:
        yield f"The database of DATABASE_URL can't be reached. It says: {_reason(error)}"
        return
    version, encoding, commit, fsync = asked
    if int(version) < OLDEST * 10_000:
        yield f"Holdspace needs PostgreSQL {OLDEST} or newer."
    if encoding != "UTF8":
        yield f"The database holds text as {encoding}. Make one with ENCODING 'UTF8'."
    if commit == "off" or fsync == "off":
        yield (
            "PostgreSQL says that something is kept before it is on the disk. "
            "Set synchronous_commit and fsync to on."
        )


def _settings(*names: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(name) FROM unnest(%s::text[]) AS name", [list(names)])
        return [row[0] for row in cursor.fetchall()]


def _reason(error: Error) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].strip() if lines else type(error).__name__


@contextmanager
def alone() -> Iterator[None]:
    """Keep other servers off this database: news reaches only those who are connected to the process that took it.

    The lock is PostgreSQL's and goes with its connection. Should that break it is taken again, and where somebody else was
    quicker this server ends.
    """
    line = connections.create_connection("default")
    if not _take(line, _PATIENCE_SECONDS):
        line.close()
        raise Trouble("Another Holdspace serves from this database already.")
    over = Event()
    line.inc_thread_sharing()
    watch = Thread(target=_watch, args=(line, over), name="holdspace-alone", daemon=True)
    watch.start()
    try:
        yield
    finally:
        over.set()
        watch.join(timeout=_LOOK_EVERY)
        line.close()


def _take(line: BaseDatabaseWrapper, seconds: float) -> bool:
    end = time.monotonic() + seconds
    with line.cursor() as cursor:
        # Of a machine that vanished PostgreSQL learns only by asking, else it would hold the lock for hours.
        cursor.execute("SET tcp_keepalives_idle = 20")
        cursor.execute("SET tcp_keepalives_interval = 5")
        while True:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
            if cursor.fetchone() == (True,):
                return True
            if time.monotonic() > end:
                return False
            time.sleep(0.1)


def _watch(line: BaseDatabaseWrapper, over: Event) -> None:
    while not over.wait(_LOOK_EVERY):
        if line.is_usable():
            continue
        line.close()
        try:
            is_mine = _take(line, _PATIENCE_SECONDS)
        except Error:
            continue  # the database is away, so nobody else serves from it
        if not is_mine:
            log.error("Another Holdspace serves from this database now. This one ends.")
            os.kill(os.getpid(), signal.SIGTERM)
            return
