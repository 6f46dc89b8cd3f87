"""One HTTP request that carries frames: for first loads and networks that do not like sockets."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from holdspace.live import frames
from holdspace.live.asker import Asker
from holdspace.live.knock import Knock
from holdspace.live.sockets import Send

CONTENT_TYPE = "application/x-holdspace"
Receive = Callable[[], Awaitable[dict[str, Any]]]


class NotTaken(Exception):
    """The letter as a whole is refused, with an HTTP status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


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


class LetterBox:
    """How many letters of one account are here at a time. Everybody without a session shares one account's share."""

    def __init__(self, most_of_account: int) -> None:
        self._most_of_account = most_of_account
        self._here: Counter[bytes | None] = Counter()

    @contextmanager
    def place_for(self, account_id: bytes | None) -> Iterator[None]:
        """Hold a place while the letter is read and answered, or 429."""
        if self._here[account_id] >= self._most_of_account:
            raise NotTaken(429)
        self._here[account_id] += 1
        try:
            yield
        finally:
            self._here[account_id] -= 1
            if not self._here[account_id]:
                del self._here[account_id]


def check_cover(method: str, knock: Knock) -> None:
    """What can be said before a letter is opened."""
    if method != "POST":
        raise NotTaken(405)
    if knock.is_foreign:
        raise NotTaken(403)
    if knock.content_type != CONTENT_TYPE:
        raise NotTaken(400)


async def questions_in(receive: Receive, seconds: float) -> list[frames.Frame]:
    """The frames of a body that arrives within so long."""
    try:
        return frames.read_message(await asyncio.wait_for(_body(receive), seconds))
    except TimeoutError:
        raise NotTaken(408) from None
    except frames.Malformed:
        raise NotTaken(400) from None


async def _body(receive: Receive) -> bytes:
    """The whole body, refused as soon as it is too large."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b""
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > frames.MESSAGE_BYTES:
            raise NotTaken(413)
        if not message.get("more_body", False):
            return b"".join(parts)


async def reply(send: Send, status: int, body: bytes = b"") -> None:
    """Answer the request."""
    headers = [
        (b"content-type", CONTENT_TYPE.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"cross-origin-resource-policy", b"same-origin"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
