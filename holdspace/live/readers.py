"""Threads that look things up, each with a database connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import Error, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

T = TypeVar("T")


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


def once_more_if_cut(ask: Callable[[], T]) -> T:
    """Ask; and where the line to the database broke meanwhile (it was restarted), ask again over a new one."""
    try:
        return ask()
    except Error:
        if connection.in_atomic_block or connection.connection is None or connection.is_usable():
            raise
        connection.close()
        return ask()
