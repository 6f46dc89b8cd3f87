"""A passage between Firefox and the servers it asks: an HTTP proxy in this process, where a test hears each question and may answer it.

Firefox asks the same addresses as without it, so that origins and cookies are those of the server. Sockets are passed through unread:
Playwright stands between their frames.
"""

import secrets
import socket
from contextlib import closing, suppress
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Protocol
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext

from tests.between import hang_up

# By this header a context says whose it is. It goes no further.
WHOSE = "X-Watched-By"
# What concerns one hop alone, or a length that another body does not have.
OF_THIS_HOP = {
    "connection",
    "keep-alive",
    "proxy-connection",
    "transfer-encoding",
    "content-length",
    WHOSE.lower(),
}
OK, WITHOUT_BODY = 200, {204, 304}
CHUNK = 65_536


class Watch(Protocol):
    """Who looks at what one context asks. Called in threads of the passage."""

    def may_ask(self, url: str, sent: bytes) -> bool:
        """Does it get to the server?"""

    def told(self, url: str, sent: bytes, answer: bytes) -> bytes:
        """What comes back instead of a good answer."""


class Passage(ThreadingHTTPServer):
    """`url` is where it begins. What no watched context asks goes through as it is."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self._watches: dict[str, Watch] = {}
        Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def watch(self, context: BrowserContext, watch: Watch) -> None:
        """From now on, all that pages of this context ask."""
        name = secrets.token_hex(8)
        self._watches[name] = watch
        context.set_extra_http_headers({WHOSE: name})

    def watch_of(self, name: str | None) -> Watch | None:
        """Whose request it is."""
        return self._watches.get(name or "")


@cache
def passage() -> Passage:
    """One for the whole run, since a browser is told of it when it begins."""
    return Passage()


class _Passing(BaseHTTPRequestHandler):
    """One connection of the browser's."""

    protocol_version = "HTTP/1.1"
    server: Passage

    def do_GET(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        watch = self.server.watch_of(self.headers.get(WHOSE))
        if watch and not watch.may_ask(self.path, sent):
            self.close_connection = True
            return
        # A server that is away, or a page that was left: the browser learns it by the end of the line.
        try:
            self._pass_on(sent, watch)
        except (OSError, HTTPException):
            self.close_connection = True

    do_POST = do_GET  # noqa: N815

    def do_CONNECT(self) -> None:
        """A socket: bytes both ways, until one side hangs up."""
        host, _, port = self.path.rpartition(":")
        self.close_connection = True
        with suppress(OSError), socket.create_connection((host, int(port))) as far:
            self.send_response(200)
            self.end_headers()
            back = Thread(target=_pour, args=(far, self.connection), daemon=True)
            back.start()
            _pour(self.connection, far)
            back.join()

    def log_message(self, *_args: object) -> None:
        """What fails shows in the test."""

    def _pass_on(self, sent: bytes, watch: Watch | None) -> None:
        answer, body = self._asked(sent)
        if watch and answer.status == OK:
            body = watch.told(self.path, sent, body)
        self._give(answer, body)

    def _asked(self, sent: bytes) -> tuple[HTTPResponse, bytes]:
        """The server's answer. It is not to be packed, since it may be changed."""
        where = urlsplit(self.path)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in OF_THIS_HOP}
        path = f"{where.path}?{where.query}" if where.query else where.path
        with closing(HTTPConnection(where.netloc)) as far:
            far.request(self.command, path, sent or None, {**headers, "Accept-Encoding": "identity"})
            answer = far.getresponse()
            return answer, answer.read()

    def _give(self, answer: HTTPResponse, body: bytes) -> None:
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in OF_THIS_HOP:
                self.send_header(name, value)
        if answer.status not in WITHOUT_BODY:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _pour(here: socket.socket, there: socket.socket) -> None:
    with suppress(OSError):
        while data := here.recv(CHUNK):
            there.sendall(data)
    hang_up(here, there)
