"""The two doors of a server: JSON under `/seal/` for the account, frames at `/live` for the groups."""

import secrets
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import certifi
import httpx
from websockets.exceptions import InvalidHandshake, WebSocketException
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from client import frames
from client.trouble import Trouble

TIMEOUT_SECONDS = 30
Cookies = dict[str, str]


class Server:
    """A server as one account's browser would meet it: its cookies, its own origin."""

    def __init__(self, url: str, cookies: Cookies | None = None) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Trouble("unreachable")
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.cookies = dict(cookies or {})
        self._trust = trust() if parts.scheme == "https" else None
        verify = self._trust or False
        self._http = httpx.Client(
            base_url=self.origin, timeout=TIMEOUT_SECONDS, trust_env=False, verify=verify
        )
        # A double-submit token: the server compares cookie and header, and a browser's page would have got both from
        # it. A program has no foreign pages to be protected from, so it may make its own.
        name = "__Host-csrf" if parts.scheme == "https" else "csrf"
        self._csrf = self.cookies.setdefault(name, secrets.token_hex(16))

    def close(self) -> None:
        """Let go of the connection."""
        self._http.close()

    def seal(self, path: str, **body: Any) -> dict[str, Any]:
        """Ask `/seal/<path>`; a refusal is `Trouble` with the server's code and sentence."""
        reply = self._post(f"/seal/{path}", json=body, headers={"X-CSRFToken": self._csrf})
        answer = _object(reply)
        if reply.is_success:
            return answer
        raise Trouble(str(answer.get("code", "answer")), answer.get("sentence"))

    def ask(self, verb: str, **args: Any) -> dict[str, Any]:
        """Ask the gateway one thing over HTTP."""
        message = frames.encode([(1, verb, args)])
        reply = self._post("/live", content=message, headers={"Content-Type": frames.CONTENT_TYPE})
        if not reply.is_success:
            raise Trouble("answer")
        return _result(_decoded(reply.content), 1)

    @contextmanager
    def socket(self) -> Iterator["Socket"]:
        """An open WebSocket to the gateway."""
        scheme = "wss" if self.origin.startswith("https") else "ws"
        try:
            connection = connect(
                f"{scheme}://{urlsplit(self.origin).netloc}/live",
                origin=Origin(self.origin),
                additional_headers={"Cookie": self._cookie_header()},
                ssl=self._trust,
                compression=None,  # sealed bytes do not shrink
                max_size=None,
                proxy=None,
            )
        except (OSError, InvalidHandshake, TimeoutError):
            raise Trouble("unreachable") from None
        with connection:
            yield Socket(connection)

    def _post(self, path: str, headers: dict[str, str], **request: Any) -> httpx.Response:
        own = {"Origin": self.origin, "Referer": self.origin + "/", "Cookie": self._cookie_header()}
        try:
            reply = self._http.post(path, headers=headers | own, **request)
        except httpx.HTTPError:
            raise Trouble("unreachable") from None
        self.cookies.update(reply.cookies)
        self._http.cookies.clear()
        return reply

    def _cookie_header(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


def trust() -> ssl.SSLContext:
    """Which certificates are believed: this computer's (also those of SSL_CERT_FILE), and the public list httpx uses."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


class Socket:
    """One open connection: asks in order, and the news between."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._news: list[tuple[str, dict[str, Any]]] = []
        self._ref = 0

    def ask(self, verb: str, **args: Any) -> dict[str, Any]:
        """Ask one thing and wait for its answer; news that comes before is kept for `news`."""
        self._ref += 1
        try:
            self._connection.send(frames.encode([(self._ref, verb, args)]))
            while True:
                answers = self._receive()
                if any(frame[0] == self._ref for frame in answers):
                    return _result(answers, self._ref)
        except (WebSocketException, OSError):
            raise Trouble("unreachable") from None

    def close(self) -> None:
        """Hang up, from any thread; whoever waits for news is told that the line is cut."""
        self._connection.close()

    def news(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """`(topic, payload)` as it comes, until the line is cut."""
        while True:
            while self._news:
                yield self._news.pop(0)
            self._wait()

    def _wait(self) -> None:
        try:
            self._receive()
        except (WebSocketException, OSError):
            raise Trouble("unreachable") from None

    def _receive(self) -> list[list[Any]]:
        message = self._connection.recv()
        if isinstance(message, str):
            raise Trouble("answer")
        answers = []
        for frame in _decoded(message):
            if frame[0] == 0:
                self._news.append((frame[1], frame[2]))
            else:
                answers.append(frame)
        return answers


def _decoded(message: bytes) -> list[list[Any]]:
    try:
        return frames.decode(message)
    except ValueError:
        raise Trouble("answer") from None


def _result(answers: list[list[Any]], ref: int) -> dict[str, Any]:
    for frame in answers:
        if frame[0] == ref and frame[1] == "ok":
            result: dict[str, Any] = frame[2]
            return result
        if frame[0] == ref and frame[1] == "no":
            raise Trouble(frame[2], frame[3])
    raise Trouble("answer")


def _object(reply: httpx.Response) -> dict[str, Any]:
    try:
        answer = reply.json()
    except ValueError:
        raise Trouble("answer") from None
    if not isinstance(answer, dict):
        raise Trouble("answer")
    return answer
