"""Between a browser and the honest server: changes what the server answers, one named lie at a time."""

import json
from collections.abc import Callable
from typing import Any

import msgspec
from playwright.sync_api import BrowserContext, Route, WebSocketRoute

Answer = dict[str, Any]
Lie = Callable[[Answer, Answer], Answer]
"""`lie(result, args)`: what the browser is told instead of `result`, when it asked with `args`."""
Rumour = Callable[[Answer], Answer | None]
"""`rumour(payload)`: what the browser hears instead; None withholds the news."""


class Liar:
    """Honest until told otherwise. `asked` holds every verb and every `/seal/` path the browser asked for."""

    def __init__(self, context: BrowserContext) -> None:
        self.asked: list[str] = []
        self.honest()
        context.route_web_socket("**/live", self._between)
        context.route("**/live", self._over_http)
        context.route("**/seal/**", self._at_the_door)

    def honest(self) -> None:
        """No more lies."""
        self._answers: dict[str, Lie] = {}
        self._rumours: dict[str, Rumour] = {}
        self._doors: dict[str, Callable[[Answer], Answer]] = {}

    def about(self, lie: Lie, *verbs: str) -> None:
        """Answer these gateway verbs with a lie."""
        self._answers.update(dict.fromkeys(verbs, lie))

    def hearsay(self, rumour: Rumour, *topics: str) -> None:
        """Change or withhold this news."""
        self._rumours.update(dict.fromkeys(topics, rumour))

    def at_door(self, path: str, lie: Callable[[Answer], Answer]) -> None:
        """Answer `/seal/<path>` with a lie."""
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

    def _over_http(self, route: Route) -> None:
        asked: dict[int, tuple[str, Answer]] = {}
        self._note(asked, route.request.post_data_buffer or b"")
        reply = route.fetch()
        told = self._told(asked, reply.body()) if reply.ok else reply.body()
        route.fulfill(response=reply, body=told)

    def _at_the_door(self, route: Route) -> None:
        path = route.request.url.split("/seal/", 1)[1]
        self.asked.append(path)
        if path not in self._doors:
            return route.continue_()
        reply = route.fetch()
        return route.fulfill(response=reply, body=json.dumps(self._doors[path](reply.json())))

    def _note(self, asked: dict[int, tuple[str, Answer]], message: str | bytes) -> None:
        for ref, verb, args in msgspec.msgpack.decode(_bytes(message)):
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


def _bytes(message: str | bytes) -> bytes:
    return message.encode() if isinstance(message, str) else message
