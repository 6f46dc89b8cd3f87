"""Between a browser and the honest server: changes what the server answers, one named lie at a time."""

import json
from collections.abc import Callable
from typing import Any

import msgspec
from playwright.sync_api import BrowserContext, Page, WebSocketRoute

from holdspace.sealing.errors import SENTENCES
from tests.lying.doors import doors_of

Answer = dict[str, Any]
Lie = Callable[[Answer, Answer], Answer]
"""`lie(result, args)`: what the browser is told instead of `result`, when it asked with `args`."""
Rumour = Callable[[Answer], Answer | None]
"""`rumour(payload)`: what the browser hears instead; None withholds the news."""

LIVE, SEAL = "/live", "/seal/"


class Liar:
    """Honest until told otherwise. `asked` holds every verb and every `/seal/` path the browser asked for.

    It stands at a door only while it lies there, and at no other, so that pages are as quick as with nobody between.
    """

    def __init__(self, context: BrowserContext) -> None:
        self.asked: list[str] = []
        self._context = context
        self._answers: dict[str, Lie] = {}
        self._refusals: dict[str, str] = {}
        self._rumours: dict[str, Rumour] = {}
        self._doors: dict[str, Callable[[Answer], Answer]] = {}
        self._is_cut = False
        self._at = doors_of(context, self)
        context.route_web_socket(f"**{LIVE}", self._between)
        for page in context.pages:
            self._at.stand_before(page)

    def new_page(self) -> Page:
        """A page it stands before from the first. To stand at a door of one that is on its way somewhere is too late for that page."""
        page = self._context.new_page()
        self._at.stand_before(page)
        return page

    def honest(self) -> None:
        """No more lies."""
        for told in (self._answers, self._refusals, self._rumours, self._doors):
            told.clear()
        self._is_cut = False
        self._stand_at_doors()

    def cut(self) -> None:
        """The gateway does not answer at all; other doors are open."""
        self._is_cut = True
        self._stand_at_doors()

    def about(self, lie: Lie, *verbs: str) -> None:
        """Answer these gateway verbs with a lie."""
        self._answers.update(dict.fromkeys(verbs, lie))
        self._stand_at_doors()

    def refuse(self, verb: str, code: str) -> None:
        """Say no to this verb, whatever the server did."""
        self._refusals[verb] = code
        self._stand_at_doors()

    def hearsay(self, rumour: Rumour, *topics: str) -> None:
        """Change or withhold this news."""
        self._rumours.update(dict.fromkeys(topics, rumour))
        self._stand_at_doors()

    def at_door(self, path: str, lie: Callable[[Answer], Answer]) -> None:
        """Answer `/seal/<path>` with a lie."""
        self._doors[path] = lie
        self._stand_at_doors()

    def _between(self, page: WebSocketRoute) -> None:
        if self._is_cut:
            page.close()
            return
        server, asked = page.connect_to_server(), dict[int, tuple[str, Answer]]()

        def ask(message: str | bytes) -> None:
            self._note(asked, message)
            server.send(message)

        def answer(message: str | bytes) -> None:
            told = self._told(asked, message)
            if told is not None:
                page.send(told)

        page.on_message(ask)
        server.on_message(answer)

    def _stand_at_doors(self) -> None:
        """Where it lies now. A page whose socket does not open asks over HTTP, and is lied to there, too."""
        lies = [f"{SEAL}{path}" for path in self._doors]
        if self._answers or self._refusals or self._rumours:
            lies.append(LIVE)
        self._at.stand_at(lies, shut=[LIVE] if self._is_cut else [])

    def hear(self, door: str, sent: bytes) -> None:
        """A page asks over HTTP."""
        if door == LIVE:
            self.asked.extend(verb for _ref, verb, _args in _frames(sent))
        elif door.startswith(SEAL):
            self.asked.append(door.removeprefix(SEAL))

    def tell(self, door: str, sent: bytes, answer: bytes) -> bytes:
        """What it makes of the server's answer over HTTP."""
        if door == LIVE:
            asked = {ref: (verb, args) for ref, verb, args in _frames(sent)}
            return self._told(asked, answer) or msgspec.msgpack.encode([])
        lie = self._doors.get(door.removeprefix(SEAL))
        return json.dumps(lie(json.loads(answer))).encode() if lie else answer

    def _note(self, asked: dict[int, tuple[str, Answer]], message: str | bytes) -> None:
        for ref, verb, args in _frames(_bytes(message)):
            self.asked.append(verb)
            asked[ref] = (verb, args)

    def _told(self, asked: dict[int, tuple[str, Answer]], message: str | bytes) -> bytes | None:
        frames = [self._frame(asked, frame) for frame in msgspec.msgpack.decode(_bytes(message))]
        kept = [frame for frame in frames if frame is not None]
        return msgspec.msgpack.encode(kept) if kept or not frames else None

    def _frame(self, asked: dict[int, tuple[str, Answer]], frame: list[Any]) -> list[Any] | None:
        if frame[0] == 0:
            _ref, topic, payload = frame
            told = self._rumours[topic](payload) if topic in self._rumours else payload
            return None if told is None else [0, topic, told]
        verb, args = asked.get(frame[0], ("", {}))
        if verb in self._refusals:
            return [frame[0], "no", self._refusals[verb], str(SENTENCES[self._refusals[verb]])]
        if frame[1] != "ok" or verb not in self._answers:
            return frame
        return [frame[0], "ok", self._answers[verb](frame[2], args)]


def _frames(message: bytes | None) -> list[list[Any]]:
    frames: list[list[Any]] = msgspec.msgpack.decode(message) if message else []
    return frames


def _bytes(message: str | bytes) -> bytes:
    return message.encode() if isinstance(message, str) else message
