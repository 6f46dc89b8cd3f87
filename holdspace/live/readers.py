"""Threads that look things up, each with a database connection of its own."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


class Readers(ThreadPoolExecutor):
    """A pool that closes its connections when it ends."""

    def __init__(self, count: int) -> None:
        super().__init__(count, thread_name_prefix="holdspace-reader", initializer=self._begin)
        self._connections: list[BaseDatabaseWrapper] = []

    def _begin(self) -> None:
        self._connections.append(connections["default"])

    def end(self) -> None:
        """Finish what was begun. Waits, so not in the loop's thread."""
        self.shutdown(wait=True)
        for each in self._connections:
            each.inc_thread_sharing()
            each.close()
