"""The door at `/live`: accept, read frames, hand them to the verbs, deliver what comes back (docs/protocol.md 1).

Raw ASGI. Knows sessions, sizes and rates; has no rule about groups of its own.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import DatabaseError

from holdspace.live import endings, frames
from holdspace.live.allowance import Allowance
from holdspace.live.arrivals import Arrivals
from holdspace.live.desk import Desk
from holdspace.live.hub import GOING_AWAY, SIGNED_OUT, Hub
from holdspace.live.knock import Knock, knock_of
from holdspace.live.letters import Letter, LetterBox, NotTaken, check_cover, questions_in, reply
from holdspace.live.sockets import QUEUE_FULL, Send, Socket
from holdspace.live.topics import Topic
from holdspace.live.verbs import Verb

MALFORMED = 4400

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
T = TypeVar("T")
AccountOf = Callable[[str], bytes | None]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be asked of this process. Sizes in bytes, times in seconds."""

    news_bytes: int = 1 << 20
    answer_bytes: int = 4 << 20
    open_questions: int = 256
    sockets_per_account: int = 64
    letters_per_account: int = 16
    questions_per_minute: int = 3000
    change_bytes_per_day: int = 50 << 20
    waiting_bytes: int = 64 << 20
    waiting_bytes_of_account: int = 8 << 20
    session_check: float = 60.0
    body: float = 60.0


class Gateway:
    """`await gateway(scope, receive, send)` for `/live`, in one loop for its whole life."""

    def __init__(
        self,
        *,
        verbs: Iterable[Verb],
        topics: Iterable[Topic],
        account_of: AccountOf,
        limits: Limits | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self._account_of = account_of
        self._hub = Hub()
        self._letter_box = LetterBox(self.limits.letters_per_account)
        arrivals = Arrivals(self.limits.waiting_bytes, self.limits.waiting_bytes_of_account)
        allowance = Allowance(self.limits.questions_per_minute, self.limits.change_bytes_per_day)
        self._desk = Desk(verbs, topics, self._hub, arrivals, allowance)
        self._guard: asyncio.Task[None] | None = None
        self._looking: set[asyncio.Task[None]] = set()
        self._endings = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._start()
        knock = knock_of(scope)
        if scope["type"] == "websocket":
            await self._open_socket(knock, receive, send)
        else:
            await self._take_letter(scope["method"], knock, receive, send)

    async def look_up(self, ask: Callable[[str], T], given: str) -> T:
        """Ask the database something in a reader's thread, for whoever stands at the front door."""
        return await self._desk.in_reader(ask, given)

    async def stop(self) -> None:
        """Close every socket, finish what was asked, end the threads."""
        if self._guard is None:
            return
        endings.forget(self._end)
        for task in (self._guard, *self._looking):
            task.cancel()
        for socket in self._hub.sockets():
            socket.close(GOING_AWAY)
        await self._desk.stop()
        self._guard = None

    def _start(self) -> None:
        if self._guard is None:
            loop = asyncio.get_running_loop()
            self._desk.start()
            self._guard = loop.create_task(self._check_sessions())
            endings.tell(self._end, loop)

    # WebSocket

    async def _open_socket(self, knock: Knock, receive: Receive, send: Send) -> None:
        await receive()
        if knock.is_foreign:
            await send({"type": "websocket.close", "code": 4403})
            return
        await send({"type": "websocket.accept"})
        account_id = await self._account(knock.session_key)
        if account_id is None or knock.session_key is None:
            await send({"type": "websocket.close", "code": SIGNED_OUT})
            return
        socket = Socket(account_id, knock.session_key, knock.language, send)
        socket.most_news = self.limits.news_bytes
        socket.most_questions, socket.most_bytes = self.limits.open_questions, self.limits.answer_bytes
        if self._hub.enter(socket, self.limits.sockets_per_account):
            await self._converse(socket, receive)
        else:
            socket.close(QUEUE_FULL)
            await socket.say_goodbye()

    async def _converse(self, socket: Socket, receive: Receive) -> None:
        """Hear until the other side goes or the socket is closed."""
        socket.hearing = asyncio.create_task(self._hear(socket, receive))
        try:
            await asyncio.wait((socket.hearing,))
        finally:
            self._hub.leave(socket)
            socket.hearing.cancel()
            await socket.say_goodbye()

    async def _hear(self, socket: Socket, receive: Receive) -> None:
        while True:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                return
            try:
                questions = frames.read_message(message.get("bytes") or b"")
            except frames.Malformed:
                socket.close(MALFORMED)
                return
            socket.asked(len(questions))
            for question in questions:
                if not self._desk.takes_at_once(socket, question):
                    await self._desk.look_up(socket, question)
                if not socket.has_room:
                    await socket.room_for_more()

    # HTTP

    async def _take_letter(self, method: str, knock: Knock, receive: Receive, send: Send) -> None:
        try:
            await reply(send, 200, await self._read_letter(method, knock, receive))
        except NotTaken as why:
            await reply(send, why.status)

    async def _read_letter(self, method: str, knock: Knock, receive: Receive) -> bytes:
        check_cover(method, knock)
        with self._letter_box.place_for(await self._account(knock.session_key)):
            questions = await questions_in(receive, self.limits.body)
            # Asked anew: a body may take a while, and the session may have ended meanwhile.
            return await self._answers(
                Letter(await self._account(knock.session_key), knock.language), questions
            )

    async def _answers(self, letter: Letter, questions: list[frames.Frame]) -> bytes:
        letter.asked(len(questions))
        for question in questions:
            if letter.size > self.limits.answer_bytes:
                letter.answer(letter.refusal(question[0], "too-large"))
            elif not self._desk.takes_at_once(letter, question):
                await self._desk.look_up(letter, question)
        return await letter.reply()

    # Sessions

    async def _account(self, session_key: str | None) -> bytes | None:
        """Whose session this is. Where one ended while the database was asked, it is asked again: a socket opened at the
        very moment of signing out would otherwise enter after its ending was told, and stay."""
        if session_key is None:
            return None
        while True:
            endings_before = self._endings
            account_id = await self._desk.in_reader(self._account_of, session_key)
            if endings_before == self._endings:
                return account_id

    async def _check_sessions(self) -> None:
        """A session that ended without anybody saying so closes its sockets within a minute."""
        while True:
            await asyncio.sleep(self.limits.session_check)
            await self._close_ended(self._hub.sockets())

    def _end(self, account_id: bytes) -> None:
        """A session of this account is over."""
        self._endings += 1
        looking = asyncio.ensure_future(self._close_ended(self._hub.sockets_of(account_id)))
        self._looking.add(looking)
        looking.add_done_callback(self._looking.discard)

    async def _close_ended(self, sockets: list[Socket]) -> None:
        for socket in sockets:
            # The database may be away for a moment: then those who are here stay, and are asked about next time.
            with suppress(DatabaseError):
                if await self._account(socket.session_key) != socket.owner:
                    socket.close(SIGNED_OUT)
