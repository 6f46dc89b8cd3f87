"""One WebSocket: a bounded queue in front of it, one message for each turn of the loop."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from holdspace.live import frames
from holdspace.live.asker import Asker

QUEUE_FULL = 4413
Send = Callable[[dict[str, Any]], Awaitable[None]]


class Socket(Asker):
    """What waits to be sent to one browser.

    News is bounded: a browser that does not read is dropped (4413) and repairs itself by syncing. Answers are bounded
    by the asker: nothing more is taken in while many are owed or unread (`room_for_more`).
    """

    def __init__(self, account_id: bytes, session_key: str, language: str, queue_bytes: int) -> None:
        super().__init__(account_id, language)
        self.owner = account_id
        self.session_key = session_key
        self.rooms: set[bytes] = set()
        self.close_code: int | None = None
        self._queue_bytes = queue_bytes
        self._waiting: list[bytes] = []
        self._frames = 0
        self._news_bytes = 0
        self._bytes = 0
        self._something = asyncio.Event()
        self._calm = asyncio.Event()
        self._calm.set()

    @property
    def is_open(self) -> bool:
        return self.close_code is None

    def push(self, frame: bytes, count: int = 1) -> None:
        """Queue news (`count` frames, one after the other), or give the socket up."""
        self._news_bytes += len(frame)
        if self._news_bytes > self._queue_bytes:
            self.close(QUEUE_FULL)
        else:
            self._queue(frame, count)

    def answer(self, frame: bytes) -> None:
        self.open_questions -= 1
        self._queue(frame)
        self._calm.set()

    def close(self, code: int) -> None:
        """Say nothing more than this code. The first reason stands."""
        if self.is_open:
            self.close_code = code
            self._waiting.clear()
            self._something.set()
            self._calm.set()

    async def room_for_more(self, most_questions: int, most_bytes: int) -> None:
        """Wait until fewer answers are owed and unread than this."""
        while self.is_open and (self.open_questions > most_questions or self._bytes > most_bytes):
            self._calm.clear()
            await self._calm.wait()

    async def send_all(self, send: Send) -> None:
        """Send what waits, whenever something does, until closed.

        Everything pushed in one turn of the loop leaves as one message: setting the event again costs nothing.
        """
        while True:
            await self._something.wait()
            if self.close_code is not None:
                return
            self._something.clear()
            waiting, self._waiting = self._waiting, []
            count, self._frames = self._frames, 0
            self._news_bytes = self._bytes = 0
            self._calm.set()
            await send({"type": "websocket.send", "bytes": frames.message(count, waiting)})

    def _queue(self, frame: bytes, count: int = 1) -> None:
        if self.is_open:
            self._waiting.append(frame)
            self._frames += count
            self._bytes += len(frame)
            self._something.set()
