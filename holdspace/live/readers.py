"""Threads that look things up, each with a database connection of its own."""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

T = TypeVar("T")
Asked = tuple[Callable[[], Any], "asyncio.Future[Any]"]
# Of what waits, a thread takes its part at once, and no more than so many.
_LARGEST_SHARE = 16


class Readers:
    """`await readers.run(ask)`, in the loop's thread.

    When many ask, the way from thread to thread and back costs as much as the look-up: a thread takes several questions with
    it and brings their answers in one go.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._threads = ThreadPoolExecutor(
            count, thread_name_prefix="holdspace-reader", initializer=self._begin
        )
        self._connections: list[BaseDatabaseWrapper] = []
        self._waiting: deque[Asked] = deque()
        # Changed in the loop's thread alone.
        self._busy = 0

    def run(self, ask: Callable[[], T]) -> "asyncio.Future[T]":
        """What `ask` returns or raises, in its own time."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()
        self._waiting.append((ask, answer))
        if self._busy < self._count:
            self._set_out(loop)
        return answer

    def end(self) -> None:
        """Finish what was begun. Waits, so not in the loop's thread."""
        self._threads.shutdown(wait=True)
        for each in self._connections:
            each.inc_thread_sharing()
            each.close()

    def _begin(self) -> None:
        self._connections.append(connections["default"])

    def _set_out(self, loop: asyncio.AbstractEventLoop) -> None:
        self._busy += 1
        self._threads.submit(self._look_up, loop)

    def _look_up(self, loop: asyncio.AbstractEventLoop) -> None:
        """In a reader's thread: until nothing waits."""
        while share := self._share():
            loop.call_soon_threadsafe(_bring, [(answer, *_outcome(ask)) for ask, answer in share])
        loop.call_soon_threadsafe(self._rest, loop)

    def _share(self) -> list[Asked]:
        most = min(_LARGEST_SHARE, -(-len(self._waiting) // self._count))
        share: list[Asked] = []
        try:
            while len(share) < most:
                share.append(self._waiting.popleft())
        except IndexError:
            pass  # another thread was quicker
        return share

    def _rest(self, loop: asyncio.AbstractEventLoop) -> None:
        """One thread is done. What was asked after it last looked is not left lying."""
        self._busy -= 1
        if self._waiting:
            self._set_out(loop)


def _outcome(ask: Callable[[], Any]) -> tuple[Any, Exception | None]:
    try:
        return ask(), None
    except Exception as error:
        return None, error


def _bring(answers: list[tuple["asyncio.Future[Any]", Any, Exception | None]]) -> None:
    for answer, result, error in answers:
        if answer.done():
            continue  # whoever asked went away
        if error is None:
            answer.set_result(result)
        else:
            answer.set_exception(error)
