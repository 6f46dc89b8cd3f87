"""Somebody at the other end of the gateway, without a network: ASGI in one process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import msgspec
from django.conf import settings

from holdspace.live.gateway import Gateway

PATIENCE = 5.0
Message = dict[str, Any]


def headers_of(session: str | None, **more: str) -> list[tuple[bytes, bytes]]:
    """The headers a browser would send."""
    named = {"host": "holdspace.test"} | {name.replace("_", "-"): value for name, value in more.items()}
    if session is not None:
        named["cookie"] = f"{settings.SESSION_COOKIE_NAME}={session}"
    return [(name.encode(), value.encode()) for name, value in named.items()]


def question(verb: str, ref: Any = 1, args: Any = None) -> bytes:
    return msgspec.msgpack.encode([[ref, verb, {} if args is None else args]])


class Caller:
    """A WebSocket. `async with Caller(gateway, session) as caller`."""

    def __init__(self, gateway: Gateway, session: str | None, **headers: str) -> None:
        scope = {"type": "websocket", "path": "/live", "headers": headers_of(session, **headers)}
        self._inbox: asyncio.Queue[Message] = asyncio.Queue()
        self._outbox: asyncio.Queue[Message] = asyncio.Queue()
        self._run = gateway(scope, self._inbox.get, self._outbox.put)
        self._waiting: list[list[Any]] = []
        self._ref = 0

    async def __aenter__(self) -> "Caller":
        self._inbox.put_nowait({"type": "websocket.connect"})
        self._task = asyncio.ensure_future(self._run)
        return self

    async def __aexit__(self, *error: object) -> None:
        self._inbox.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await asyncio.wait_for(self._task, PATIENCE)

    def put(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._inbox.put_nowait({"type": "websocket.receive", "bytes": data})

    def post(self, verb: str, **args: Any) -> int:
        """Ask, without waiting."""
        self._ref += 1
        self.put(msgspec.msgpack.encode([[self._ref, verb, args]]))
        return self._ref

    async def ask(self, verb: str, **args: Any) -> list[Any]:
        """Ask and wait: `["ok", result]` or `["no", code, sentence]`."""
        ref = self.post(verb, **args)
        return (await self.frame(lambda frame: frame[0] == ref))[1:]

    async def news(self, topic: str) -> Any:
        """The payload of the next news of a topic."""
        return (await self.frame(lambda frame: frame[:2] == [0, topic]))[2]

    async def frame(self, is_wanted: Any) -> list[Any]:
        """The next frame like that; what does not fit is kept."""
        for place, frame in enumerate(self._waiting):
            if is_wanted(frame):
                return self._waiting.pop(place)
        while True:
            for frame in msgspec.msgpack.decode((await self.raw())["bytes"]):
                self._waiting.append(frame)
            for place, frame in enumerate(self._waiting):
                if is_wanted(frame):
                    return self._waiting.pop(place)

    async def raw(self) -> Message:
        """The next ASGI message after `accept`."""
        while True:
            message = await asyncio.wait_for(self._outbox.get(), PATIENCE)
            if message["type"] != "websocket.accept":
                return message

    async def hears(self) -> list[str]:
        """The topics of all news so far. Ask something first: what happened before its answer has arrived by then."""
        return [frame[1] for frame in self._waiting if frame[0] == 0]

    async def closed(self) -> int:
        """The code with which the gateway closes."""
        while True:
            message = await self.raw()
            if message["type"] == "websocket.close":
                return int(message["code"])


async def letter(gateway: Gateway, session: str | None, body: bytes, **headers: str) -> tuple[int, bytes]:
    """One POST: status and body."""
    named = {"content_type": "application/x-holdspace"} | headers
    scope = {
        "type": "http",
        "method": named.pop("method", "POST"),
        "path": "/live",
        "headers": headers_of(session, **named),
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await gateway(scope, receive, send)
    return sent[0]["status"], sent[1]["body"]


@asynccontextmanager
async def callers(gateway: Gateway, *sessions: str) -> AsyncIterator[list[Caller]]:
    """Several at once."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(Caller(gateway, session)) for session in sessions]
