"""What the server does by itself, at its start and once a day."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, connection

from holdspace.conversations.actions import tidy
from holdspace.live.writer import trace_of

log = logging.getLogger(__name__)
DAY_SECONDS = 24 * 3600


@contextmanager
def every_day() -> Iterator[None]:
    """Tidy now and every day until the end."""
    over = threading.Event()
    thread = threading.Thread(target=_work, args=(over,), name="holdspace-housekeeping", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=10)


def _work(over: threading.Event) -> None:
    while True:
        try:
            tidy()
        except Error as error:
            # A full disk or a busy database today; tomorrow is another day, and `holdspace tidy` is there for a person.
            log.error("Tidying broke: %s", trace_of(error))
        finally:
            connection.close()
        if over.wait(DAY_SECONDS):
            return
