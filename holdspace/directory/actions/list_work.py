"""A list that was sent is read or taken beside the pages, so that its coordinator may go away meanwhile."""

import logging
import threading

from django.db import Error, connection

from holdspace.directory.actions import sent_lists
from holdspace.live.writer import trace_of

log = logging.getLogger(__name__)
# One list at a time: each may hold its whole file in memory.
_at_work = threading.Lock()
_begun: set[str] = set()


def work_on_list(key: str, wait: float = 0) -> None:
    """Begin, and wait so many seconds for the end: most lists are done by then."""
    if key in _begun:
        return
    _begun.add(key)
    thread = threading.Thread(target=_work, args=(key,), name="holdspace-list", daemon=True)
    thread.start()
    thread.join(timeout=wait)


def go_on() -> None:
    """What stood still is worked on again."""
    for key in sent_lists.left_alone():
        work_on_list(key)


def _work(key: str) -> None:
    with _at_work:
        try:
            sent_lists.work_on(key)
        except Error as error:
            # A full disk or a busy database now: the next minute goes on.
            log.error("Working on a list broke: %s", trace_of(error))
        finally:
            _begun.discard(key)
            connection.close()
