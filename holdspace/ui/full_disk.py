"""A disk without room: whatever was to be written is refused, nothing of it is kept, and it works again once there is room."""

import errno
import logging
import sqlite3
import time

from django.db import DatabaseError

log = logging.getLogger(__name__)
# Besides "full": a quota, or a limit to the size of a file. SQLite calls those failed writes; which pages it had written by
# then it takes back by itself.
_OF_SQLITE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE}
_OF_POSTGRESQL = "53100"  # disk_full
_OF_FILES = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_BETWEEN_LINES = 60.0
_told_at = -_BETWEEN_LINES


def is_full(error: BaseException | None) -> bool:
    """Whether this happened because there was no room."""
    if isinstance(error, OSError):
        return error.errno in _OF_FILES
    if not isinstance(error, DatabaseError):
        return False
    cause = error.__cause__
    return (
        getattr(cause, "sqlite_errorcode", None) in _OF_SQLITE
        or getattr(cause, "sqlstate", None) == _OF_POSTGRESQL
    )


def tell_host() -> None:
    """A line in the log, once a minute at most: it would only help to fill the disk."""
    global _told_at
    if time.monotonic() - _told_at < _BETWEEN_LINES:
        return
    _told_at = time.monotonic()
    log.error("The disk is full. What people send is refused until there is room.")
