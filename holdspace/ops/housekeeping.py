"""What the server does by itself: at its start and once a day it tidies, each minute the directory's dates move on."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.db import connection

from holdspace.conversations.actions import tidy
from holdspace.directory.actions import list_work, own, sent_lists, slots
from holdspace.directory.actions.wishes import end_old_wishes
from holdspace.groups.actions import tidy_requests
from holdspace.live.writer import trace_of

log = logging.getLogger(__name__)
DAY_SECONDS = 24 * 3600
MINUTE_SECONDS = 60


@contextmanager
def at_work() -> Iterator[None]:
    """Do all of it now and again until the end."""
    over = threading.Event()
    thread = threading.Thread(target=_work, args=(over,), name="holdspace-housekeeping", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=10)


def _work(over: threading.Event) -> None:
    tidy_at = time.monotonic()
    while True:
        if time.monotonic() >= tidy_at:
            _try("Tidying", tidy)
            _try("Ending requests", tidy_requests)
            _try("Ending old wishes", end_old_wishes)
            tidy_at += DAY_SECONDS
        for what, act in _EACH_MINUTE:
            _try(what, act)
        connection.close()
        if over.wait(MINUTE_SECONDS):
            return


def _move_dates_on() -> None:
    slots.advance(datetime.now(UTC))


_EACH_MINUTE: list[tuple[str, Callable[[], object]]] = [
    ("Moving dates on", _move_dates_on),
    ("Keeping listings", own.keep_up),
    ("Tidying lists", sent_lists.tidy_lists),
    ("Working on lists", list_work.go_on),
]


def _try(what: str, act: Callable[[], object]) -> None:
    """Whatever breaks breaks alone: were this thread to end, words taken back would never be destroyed."""
    try:
        act()
    except Exception as error:
        # A full disk or a busy database now; there is another time, and `holdspace tidy` is there for a person.
        log.error("%s broke: %s", what, trace_of(error))
