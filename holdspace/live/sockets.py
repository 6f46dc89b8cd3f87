"""One WebSocket: a bounded queue in front of it, one message for each turn of the loop."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from holdspace.live import frames
from holdspace.live.asker import Asker

QUEUE_FULL = 4413
GOODBYE_SECONDS = 5
Send = Callable[[dict[str, Any]], Awaitable[None]]


class Socket(Asker):
    """What waits to be sent to one browser.

    News is bounded: a browser that does not read is dropped (4413) and repairs itself by syncing. Answers are bounded
    by the asker: nothing more is taken in while many are owed or unread (`room_for_more`). A quiet socket holds one
    task, `hearing`; sending is a task only while there is something to send.
    """

    def __init__(self, account_id: bytes, session_key: str, language: str, send: Send) -> None:
        super().__init__(account_id, language)
        self.owner = account_id
        self.session_key = session_key
        self.rooms: set[bytes] = set()
        self.most_news = self.most_bytes = frames.MESSAGE_BYTES
        self.most_questions = frames.MESSAGE_FRAMES
        self.close_code: int | None = None
        self.hearing: asyncio.Task[None] | None = None
        self._send = send
        self._waiting: list[bytes] = []
        self._count = self._bytes = self._news_bytes = 0
        self._sending: asyncio.Task[None] | None = None
        self._calm: asyncio.Future[None] | None = None

    @property
    def is_open(self) -> bool:
        return self.close_code is None

    def push(self, news: bytes, count: int) -> None:
        """Queue news (`count` frames, one after the other), or give the socket up."""
        self._news_bytes += len(news)
        if self._news_bytes > self.most_news:
            self.close(QUEUE_FULL)
        else:
            self._queue(news, count)

    def answer(self, frame: bytes, count: int = 1) -> None:
        self.open_questions -= count
        self._queue(frame, count)
        self._calm_down()

    def close(self, code: int) -> None:
        """Say nothing more than this code, and hear nothing more. The first reason stands."""
        if self.is_open:
            self.close_code = code
            self._waiting.clear()
            if self.hearing is not None:
                self.hearing.cancel()

    @property
    def has_room(self) -> bool:
        """Whether no more answers are owed and unread than may be."""
        return self.open_questions <= self.most_questions and self._bytes <= self.most_bytes

    async def room_for_more(self) -> None:
        """Wait until there is room."""
        while not self.has_room:
            self._calm = asyncio.get_running_loop().create_future()
            await self._calm

    async def say_goodbye(self) -> None:
        """Close with the code. Somebody who does not read is not waited for long."""
        if self._sending is not None:
            self._sending.cancel()
        if self.close_code is not None:
            # Whoever went away first, or never reads again, is told nothing: they are gone either way.
            with suppress(OSError, RuntimeError, TimeoutError):
                goodbye = {"type": "websocket.close", "code": self.close_code}
                await asyncio.wait_for(self._send(goodbye), GOODBYE_SECONDS)

    def _queue(self, frame: bytes, count: int) -> None:
        if self.is_open:
            self._waiting.append(frame)
            self._count += count
            self._bytes += len(frame)
            if self._sending is None:
                self._sending = asyncio.get_running_loop().create_task(self._send_all())

    async def _send_all(self) -> None:
        """Everything queued in one turn of the loop leaves as one message; then what was queued meanwhile."""
        with suppress(OSError, RuntimeError):  # the other side went away; `hearing` ends by itself then
            while self._waiting:
                waiting, count = self._waiting, self._count
                self._waiting = []
                self._count = self._bytes = self._news_bytes = 0
                self._calm_down()
                await self._send({"type": "websocket.send", "bytes": frames.message(waiting, count)})
        self._sending = None

    def _calm_down(self) -> None:
        if self._calm is not None and not self._calm.done():
            self._calm.set_result(None)
