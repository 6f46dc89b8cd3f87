"""Between a browser and the honest server: changes what the server answers, one named lie at a time."""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import msgspec
from playwright.sync_api import BrowserContext, Error, Request, Route, WebSocketRoute

Answer = dict[str, Any]
Lie = Callable[[Answer, Answer], Answer]
"""`lie(result, args)`: what the browser is told instead of `result`, when it asked with `args`."""
Rumour = Callable[[Answer], Answer | None]
"""`rumour(payload)`: what the browser hears instead; None withholds the news."""


class Liar:
    """Honest until told otherwise. `asked` holds every verb and every `/seal/` path the browser asked for.

    It stands at a door only while it lies there: who intercepts requests takes a browser its cache.
    """

    def __init__(self, context: BrowserContext) -> None:
        self.asked: list[str] = []
        self._context = context
        self._answers: dict[str, Lie] = {}
        self._rumours: dict[str, Rumour] = {}
        self._doors: dict[str, Callable[[Answer], Answer]] = {}
        context.route_web_socket("**/live", self._between)
        context.on("request", self._note_request)

    def honest(self) -> None:
        """No more lies."""
        places = ["**/live", *(f"**/seal/{path}" for path in self._doors)]
        for told in (self._answers, self._rumours, self._doors):
            told.clear()
        for place in places:
            self._context.unroute(place)

    def about(self, lie: Lie, *verbs: str) -> None:
        """Answer these gateway verbs with a lie."""
        self._at_the_gateway()
        self._answers.update(dict.fromkeys(verbs, lie))

    def hearsay(self, rumour: Rumour, *topics: str) -> None:
        """Change or withhold this news."""
        self._at_the_gateway()
        self._rumours.update(dict.fromkeys(topics, rumour))

    def at_door(self, path: str, lie: Callable[[Answer], Answer]) -> None:
        """Answer `/seal/<path>` with a lie."""
        if path not in self._doors:
            self._context.route(f"**/seal/{path}", self._at_the_door)
        self._doors[path] = lie

    def _between(self, page: WebSocketRoute) -> None:
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

    def _at_the_gateway(self) -> None:
        """A page whose socket does not open asks over HTTP, and is lied to there, too."""
        if not (self._answers or self._rumours):
            self._context.route("**/live", self._over_http)

    def _over_http(self, route: Route) -> None:
        asked: dict[int, tuple[str, Answer]] = {
            ref: (verb, args) for ref, verb, args in _frames(route.request.post_data_buffer)
        }
        reply = route.fetch()
        told = self._told(asked, reply.body()) if reply.ok else reply.body()
        # Where the liar has left this door meanwhile, the question went on without it.
        with suppress(Error):
            route.fulfill(response=reply, body=told)

    def _note_request(self, request: Request) -> None:
        if "/seal/" in request.url:
            self.asked.append(_door(request))
        elif request.url.endswith("/live"):
            self.asked.extend(verb for _ref, verb, _args in _frames(request.post_data_buffer))

    def _at_the_door(self, route: Route) -> None:
        reply = route.fetch()
        route.fulfill(response=reply, body=json.dumps(self._doors[_door(route.request)](reply.json())))

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
        if frame[1] != "ok" or verb not in self._answers:
            return frame
        return [frame[0], "ok", self._answers[verb](frame[2], args)]


def _door(request: Request) -> str:
    return request.url.split("/seal/", 1)[1]


def _frames(message: bytes | None) -> list[list[Any]]:
    frames: list[list[Any]] = msgspec.msgpack.decode(message) if message else []
    return frames


def _bytes(message: str | bytes) -> bytes:
    return message.encode() if isinstance(message, str) else message
