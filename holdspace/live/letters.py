"""One HTTP request that carries frames: for first loads and networks that do not like sockets."""

import asyncio

from holdspace.live import frames
from holdspace.live.asker import Asker


class Letter(Asker):
    """Gathers the answers to one POST."""

    def __init__(self, account_id: bytes | None, language: str) -> None:
        super().__init__(account_id, language)
        self.size = 0
        self._answers: list[bytes] = []
        self._count = 0
        self._complete = asyncio.Event()

    def answer(self, frame: bytes, count: int = 1) -> None:
        self.open_questions -= count
        self._count += count
        self.size += len(frame)
        self._answers.append(frame)
        if not self.open_questions:
            self._complete.set()

    async def reply(self) -> bytes:
        """All answers, once the last one is in."""
        await self._complete.wait()
        return frames.message(self._answers, self._count)
