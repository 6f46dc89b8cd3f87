"""What was replaced or withdrawn is destroyed when its time has come (docs/protocol.md 8)."""

from django.db import connection, transaction

from holdspace.groups.clock import now_ms
from holdspace.sealing.envelope import CLEAR_SIZE

DAY_MS = 24 * 3600 * 1000
# For reports: without it, somebody could hurt and withdraw before anybody can show what was said.
LOCKED_MS = 14 * DAY_MS
HEADER_MS = 90 * DAY_MS


def tidy() -> None:
    """Cut to header and stamp what was replaced two weeks ago; forget what was replaced three months ago."""
    now = now_ms()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_FORGET, [now - HEADER_MS])
        cursor.execute(_CUT, [CLEAR_SIZE, now - LOCKED_MS, CLEAR_SIZE])


_FORGET = "DELETE FROM conversations_item WHERE replaced > 0 AND replaced <= %s"
_CUT = (
    "UPDATE conversations_item SET envelope = substr(envelope, 1, %s)"
    " WHERE replaced > 0 AND replaced <= %s AND length(envelope) > %s"
)
