"""Between a browser and the honest server: changes what the server answers, one named lie at a time."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import msgspec
from playwright.sync_api import BrowserContext, CDPSession, Error, Page, Request, WebSocketRoute

from holdspace.sealing.errors import SENTENCES

Answer = dict[str, Any]
Lie = Callable[[Answer, Answer], Answer]
"""`lie(result, args)`: what the browser is told instead of `result`, when it asked with `args`."""
Rumour = Callable[[Answer], Answer | None]
"""`rumour(payload)`: what the browser hears instead; None withholds the news."""

ABOUT_LENGTH = {"content-length", "content-encoding", "transfer-encoding"}


class Liar:
    """Honest until told otherwise. `asked` holds every verb and every `/seal/` path the browser asked for.

    It stands at a door only while it lies there, and at no other: Playwright's own routes stop every request of every page, and take
    the browser its cache, so that a page takes four times as long.
    """

    def __init__(self, context: BrowserContext) -> None:
        self.asked: list[str] = []
        self._context = context
        self._answers: dict[str, Lie] = {}
        self._refusals: dict[str, str] = {}
        self._rumours: dict[str, Rumour] = {}
        self._doors: dict[str, Callable[[Answer], Answer]] = {}
        self._is_cut = False
        self._windows: list[CDPSession] = []
        context.route_web_socket("**/live", self._between)
        context.on("request", self._note_request)
        for page in context.pages:
            self._look_through(page)

    def new_page(self) -> Page:
        """A page it stands before from the first. To stand at a door of one that is on its way somewhere is too late for that page."""
        page = self._context.new_page()
        self._look_through(page)
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

    def _look_through(self, page: Page) -> None:
        """A window onto what this page asks for."""
        window = self._context.new_cdp_session(page)
        window.on("Fetch.requestPaused", lambda paused: self._answer_instead(window, paused))
        self._windows.append(window)
        page.on("close", lambda _page: self._windows.remove(window))
        self._stand_at_doors(window)

    def _stand_at_doors(self, *windows: CDPSession) -> None:
        """Where it lies now, for these pages or for all. A page whose socket does not open asks over HTTP, and is lied to there, too."""
        lies = [f"*/seal/{path}" for path in self._doors]
        if self._answers or self._refusals or self._rumours:
            lies.append("*/live")
        doors = [{"urlPattern": door, "requestStage": "Response"} for door in lies]
        if self._is_cut:
            doors.append({"urlPattern": "*/live", "requestStage": "Request"})
        for window in windows or self._windows:
            if doors:
                window.send("Fetch.enable", {"patterns": doors})
            else:
                window.send("Fetch.disable")

    def _answer_instead(self, window: CDPSession, paused: dict[str, Any]) -> None:
        """The server has answered, unless it was cut off; the page gets what the liar makes of it."""
        which, status = {"requestId": paused["requestId"]}, paused.get("responseStatusCode")
        # A page may have gone, and the liar may have left this door: then the answer went on without it.
        with suppress(Error):
            if status == 200:
                body = self._told_at(paused["request"], _whole(window.send("Fetch.getResponseBody", which)))
                window.send("Fetch.fulfillRequest", {**which, **_as_it_came(paused), "body": _text(body)})
            elif self._is_cut and status is None:
                window.send("Fetch.failRequest", {**which, "errorReason": "ConnectionRefused"})
            else:
                window.send("Fetch.continueRequest", which)

    def _told_at(self, request: dict[str, Any], body: bytes) -> bytes:
        path = request["url"].partition("/seal/")[2]
        if path:
            lie = self._doors.get(path)
            return json.dumps(lie(json.loads(body))).encode() if lie else body
        asked = {ref: (verb, args) for ref, verb, args in _frames(_sent(request))}
        return self._told(asked, body) or msgspec.msgpack.encode([])

    def _note_request(self, request: Request) -> None:
        if "/seal/" in request.url:
            self.asked.append(_door(request))
        elif request.url.endswith("/live"):
            self.asked.extend(verb for _ref, verb, _args in _frames(request.post_data_buffer))

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


def _sent(request: dict[str, Any]) -> bytes:
    """What a page sent with this request, as the browser's tools tell it."""
    return b"".join(b64decode(part["bytes"]) for part in request.get("postDataEntries", []))


def _whole(answer: dict[str, Any]) -> bytes:
    """The server's answer, as the browser's tools tell it."""
    return b64decode(answer["body"]) if answer["base64Encoded"] else answer["body"].encode()


def _as_it_came(paused: dict[str, Any]) -> dict[str, Any]:
    """Status and headers of an answer whose body is another."""
    headers = [each for each in paused["responseHeaders"] if each["name"].lower() not in ABOUT_LENGTH]
    return {"responseCode": 200, "responseHeaders": headers}


def _text(body: bytes) -> str:
    """As the browser's tools take it."""
    return b64encode(body).decode()


def _door(request: Request) -> str:
    return request.url.split("/seal/", 1)[1]


def _frames(message: bytes | None) -> list[list[Any]]:
    frames: list[list[Any]] = msgspec.msgpack.decode(message) if message else []
    return frames


def _bytes(message: str | bytes) -> bytes:
    return message.encode() if isinstance(message, str) else message
