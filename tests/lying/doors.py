"""At a server's HTTP doors, between it and a browser: how what a page asks for is heard, and how another answer gets in.

Each browser has a way of its own, and who lies need not know which. A door is the path of an address: `/live`, `/seal/prelogin`.
"""

from abc import ABC, abstractmethod
from base64 import b64decode, b64encode
from contextlib import suppress
from typing import Any, Protocol
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, CDPSession, Error, Page, Request

from tests.firefox import is_firefox
from tests.lying.passage import passage

ABOUT_LENGTH = {"content-length", "content-encoding", "transfer-encoding"}


class Mouth(Protocol):
    """Who hears everything, and answers where they stand."""

    def hear(self, door: str, sent: bytes) -> None:
        """A page asks at this door."""

    def tell(self, door: str, sent: bytes, answer: bytes) -> bytes:
        """What the page gets in the place of the server's answer."""


class Doors(ABC):
    """Those of the server, as the pages of one context see them."""

    def __init__(self, context: BrowserContext, mouth: Mouth) -> None:
        self._context = context
        self._mouth = mouth

    @abstractmethod
    def stand_before(self, page: Page) -> None:
        """This page, too; to be said before it asks for anything."""

    @abstractmethod
    def stand_at(self, lies: list[str], shut: list[str]) -> None:
        """From now on other answers come from these doors, none from those, and the server's own from all others."""


def doors_of(context: BrowserContext, mouth: Mouth) -> Doors:
    """As this browser lets one stand there."""
    return FirefoxDoors(context, mouth) if is_firefox(context) else ChromiumDoors(context, mouth)


class ChromiumDoors(Doors):
    """By the browser's own tools: Playwright's routes stop every request of every page, and take the browser its cache, so that a page
    takes four times as long."""

    def __init__(self, context: BrowserContext, mouth: Mouth) -> None:
        super().__init__(context, mouth)
        self._shut: list[str] = []
        self._patterns: list[dict[str, str]] = []
        self._windows: list[CDPSession] = []
        context.on("request", self._hear)

    def stand_before(self, page: Page) -> None:
        """A window onto what this page asks for."""
        window = self._context.new_cdp_session(page)
        window.on("Fetch.requestPaused", lambda paused: self._answer_instead(window, paused))
        self._windows.append(window)
        page.on("close", lambda _page: self._windows.remove(window))
        self._look(window)

    def stand_at(self, lies: list[str], shut: list[str]) -> None:
        """In every window: before the answer goes in, or before the question goes out."""
        self._shut = shut
        self._patterns = [{"urlPattern": f"*{door}", "requestStage": "Response"} for door in lies]
        self._patterns += [{"urlPattern": f"*{door}", "requestStage": "Request"} for door in shut]
        for window in self._windows:
            self._look(window)

    def _look(self, window: CDPSession) -> None:
        if self._patterns:
            window.send("Fetch.enable", {"patterns": self._patterns})
        else:
            window.send("Fetch.disable")

    def _hear(self, request: Request) -> None:
        self._mouth.hear(_door(request.url), request.post_data_buffer or b"")

    def _answer_instead(self, window: CDPSession, paused: dict[str, Any]) -> None:
        """The server has answered, unless the door is shut; the page gets what is told."""
        which, status = {"requestId": paused["requestId"]}, paused.get("responseStatusCode")
        door, sent = _door(paused["request"]["url"]), _sent(paused["request"])
        # A page may have gone, and nobody may stand at this door any more: then the answer went on without us.
        with suppress(Error):
            if status == 200:
                answer = _whole(window.send("Fetch.getResponseBody", which))
                told = self._mouth.tell(door, sent, answer)
                window.send("Fetch.fulfillRequest", {**which, **_as_it_came(paused), "body": _text(told)})
            elif status is None and door in self._shut:
                window.send("Fetch.failRequest", {**which, "errorReason": "ConnectionRefused"})
            else:
                window.send("Fetch.continueRequest", which)


class FirefoxDoors(Doors):
    """By a passage all its requests go through (passage.py): BiDi tells nothing of what a page sends."""

    def __init__(self, context: BrowserContext, mouth: Mouth) -> None:
        super().__init__(context, mouth)
        self._lies: list[str] = []
        self._shut: list[str] = []
        passage().watch(context, self)

    def stand_before(self, page: Page) -> None:
        """Every page of the context goes through the passage anyway."""

    def stand_at(self, lies: list[str], shut: list[str]) -> None:
        """Looked up with every request."""
        self._lies, self._shut = lies, shut

    def may_ask(self, url: str, sent: bytes) -> bool:
        """Nobody asks at a door that is shut; it is heard all the same."""
        self._mouth.hear(_door(url), sent)
        return _door(url) not in self._shut

    def told(self, url: str, sent: bytes, answer: bytes) -> bytes:
        """The server's own words where nobody stands."""
        door = _door(url)
        return self._mouth.tell(door, sent, answer) if door in self._lies else answer


def _door(url: str) -> str:
    return urlsplit(url).path


def _sent(request: dict[str, Any]) -> bytes:
    """What a page sent with this request, as Chromium's tools tell it."""
    return b"".join(b64decode(part["bytes"]) for part in request.get("postDataEntries", []))


def _whole(answer: dict[str, Any]) -> bytes:
    """The server's answer, as Chromium's tools tell it."""
    return b64decode(answer["body"]) if answer["base64Encoded"] else answer["body"].encode()


def _as_it_came(paused: dict[str, Any]) -> dict[str, Any]:
    """Status and headers of an answer whose body is another."""
    headers = [each for each in paused["responseHeaders"] if each["name"].lower() not in ABOUT_LENGTH]
    return {"responseCode": 200, "responseHeaders": headers}


def _text(body: bytes) -> str:
    """As Chromium's tools take it."""
    return b64encode(body).decode()
