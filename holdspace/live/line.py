"""The line to the database, which may break: PostgreSQL is restarted, or a network loses its way. SQLite's never does."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import Error, InterfaceError, OperationalError, connection

T = TypeVar("T")
# serialization_failure and deadlock_detected: another transaction was there, and this one would have its turn next time.
_LOST_TURN = {"40001", "40P01"}
# connection_exception; the server is told to stop, has crashed, or is still starting.
_CUT = ("08", "57P0")


def is_cut(error: Exception) -> bool:
    """Whether this error is the line's, by PostgreSQL's code of it, or by its having none: then nobody answered. Django
    may have taken up a new line already, so the line itself is no witness."""
    cause: Any = error.__cause__
    if not isinstance(error, (OperationalError, InterfaceError)) or not hasattr(cause, "sqlstate"):
        return False
    return cause.sqlstate is None or str(cause.sqlstate).startswith(_CUT)


def is_mended() -> bool:
    """Take up a new line; False while the database is away."""
    connection.close()
    try:
        connection.ensure_connection()
    except Error:
        return False
    return True


def lost_its_turn(error: Exception) -> bool:
    """Whether the same transaction may well succeed when it is begun again."""
    return getattr(error.__cause__, "sqlstate", None) in _LOST_TURN


def once_more_if_cut(ask: Callable[[], T]) -> T:
    """Look something up; and where the line broke, once more over a new one."""
    try:
        return ask()
    except Error as error:
        if connection.in_atomic_block or not is_cut(error):
            raise
        connection.close()
        return ask()
