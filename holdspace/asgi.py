"""The front door: `/live` to the gateway, everything else to Django's pages.

Pages are plain WSGI in threads of their own, so a slow page never holds up the gateway's loop. A request's body is
gathered here first, so a slow sender holds up no thread.
"""

import asyncio
import gc
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdspace.settings")
DJANGO: Any = get_wsgi_application()
PAGES: Any = WSGIMiddleware(DJANGO, workers=8)

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

# A page's form or JSON is at most 64 KiB (settings); one byte more is enough to know it is too large.
BODY_LIMIT = 64 * 1024
BODY_SECONDS = 20
ANSWER_SECONDS = 120
# But for a list of meetings, from a coordinator, one at a time: each is held in memory as it comes.
LISTS = "/coordinator/lists/"
LIST_LIMIT = 32 * 1024 * 1024
LIST_SECONDS = 180


class TooLarge(Exception):
    """More body than any page takes."""


async def gather(receive: Receive, limit: int = BODY_LIMIT) -> bytes:
    """The whole body. TooLarge beyond the limit, TimeoutError from somebody too slow, ConnectionError when they went away."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionError
        body += message.get("body", b"")
        if len(body) > limit:
            raise TooLarge
        if not message.get("more_body"):
            return bytes(body)


_one_list = asyncio.Semaphore(1)


async def body_of(scope: Message, receive: Receive) -> bytes:
    """The body, as large as whoever asks may send it here."""
    if scope["method"] != "POST" or scope["path"] != LISTS or not await _may_send_lists(scope):
        return await asyncio.wait_for(gather(receive), BODY_SECONDS)
    async with _one_list:
        return await asyncio.wait_for(gather(receive, LIST_LIMIT), LIST_SECONDS)


async def _may_send_lists(scope: Message) -> bool:
    from holdspace.accounts.access import is_coordinators_session
    from holdspace.live.knock import knock_of

    key = knock_of(dict(scope)).session_key
    return key is not None and await gateway.look_up(is_coordinators_session, key)


async def answer_plainly(send: Send, status: int, code: str) -> None:
    """An answer before Django: programs get a code, and no browser of ours comes here."""
    headers = [
        (b"content-type", b"application/json"),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b'{"code":"%s","sentence":""}' % code.encode()})


def with_body(scope: Message, body: bytes) -> Message:
    """The scope saying how long the body is, also when it came in chunks without a length: WSGI reads nothing without one."""
    headers = [
        (name, value)
        for name, value in scope["headers"]
        if name not in {b"content-length", b"transfer-encoding"}
    ]
    if body:
        headers.append((b"content-length", str(len(body)).encode()))
    return {**scope, "headers": headers}


async def pages(scope: Message, receive: Receive, send: Send) -> None:
    """Django, given a whole request."""
    if not scope["query_string"].isascii():
        return await answer_plainly(send, 400, "format")
    try:
        body = await body_of(scope, receive)
    except TooLarge:
        return await answer_plainly(send, 413, "too-large")
    except TimeoutError:
        return await answer_plainly(send, 408, "format")
    except ConnectionError:
        return None

    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def once() -> Message:
        return waiting.pop() if waiting else await receive()

    await PAGES(with_body(scope, body), once, until_late(send))


def until_late(send: Send) -> Send:
    """What a page sends, for so long. Whoever reads slower hears no more: what is left is dropped, for the thread that writes it is one
    of few and has to go on."""
    end = asyncio.get_running_loop().time() + ANSWER_SECONDS
    is_late = False

    async def in_time(message: Message) -> None:
        nonlocal is_late
        if is_late:
            return
        try:
            await asyncio.wait_for(send(message), max(0.1, end - asyncio.get_running_loop().time()))
        except TimeoutError:
            is_late = True

    return in_time


def make_gateway() -> Any:
    """The gateway with every app's verbs and topics: the one place where apps and `live` meet."""
    from django.conf import settings

    from holdspace.accounts.access import account_of_session
    from holdspace.conversations import topics as conversation_topics
    from holdspace.conversations import verbs as conversations
    from holdspace.directory import verbs as directory
    from holdspace.groups import topics as group_topics
    from holdspace.groups import verbs as groups
    from holdspace.live.gateway import Gateway, Limits
    from holdspace.meetings import topics as meeting_topics
    from holdspace.meetings import verbs as meetings

    return Gateway(
        verbs=[*groups.VERBS, *conversations.VERBS, *meetings.VERBS, *directory.VERBS],
        topics=[*group_topics.TOPICS, *conversation_topics.TOPICS, *meeting_topics.TOPICS],
        account_of=account_of_session,
        limits=Limits(
            questions_per_minute=settings.QUESTIONS_PER_MINUTE,
            change_bytes_per_day=settings.MEBIBYTES_PER_DAY << 20,
        ),
    )


gateway = make_gateway()


def calm_collector() -> None:
    """Python looks for rings among all objects each time some hundreds were made, and a batch of items makes thousands: that took
    a tenth of the server's time and, now and then, 30 ms in one piece. What is loaded by now stays for good and is not looked
    at again; the rest is looked at by the tens of thousands, which is some megabytes of rings at most."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


async def lifespan(receive: Receive, send: Send) -> None:
    """Start, wait, stop: what was asked of the gateway before the end is still written."""
    await receive()
    calm_collector()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await gateway.stop()
    await send({"type": "lifespan.shutdown.complete"})


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """ASGI."""
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
    elif scope["path"] == "/live":
        await gateway(scope, receive, send)
    elif scope["type"] == "http":
        await pages(scope, receive, send)
    else:
        await receive()
        await send({"type": "websocket.close", "code": 4404})
