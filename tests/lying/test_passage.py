"""What stands between Firefox and the server: it tells whose question it is, lies where it is told to, and is not there for all others."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection, RemoteDisconnected
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from threading import Thread
from typing import cast

import pytest
from playwright.sync_api import BrowserContext

from tests.interpreting import done, named
from tests.lying.passage import WHOSE, Passage


class _Server(BaseHTTPRequestHandler):
    """Says what it was asked, and with which headers."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        told = json.dumps({"path": self.path, "body": body.decode(), "headers": dict(self.headers)}).encode()
        self.send_response(404 if self.path == "/nothing" else 200)
        self.send_header("X-Kept", "yes")
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *_args: object) -> None:
        """Nobody reads it."""


class _Context:
    """What a browser's context is asked for."""

    def __init__(self) -> None:
        self.headers: dict[str, str] = {}

    def set_extra_http_headers(self, headers: dict[str, str]) -> None:
        """Sent with each question from now on."""
        self.headers = headers


class _Watch:
    def __init__(self) -> None:
        self.heard: list[tuple[str, bytes]] = []

    def may_ask(self, url: str, sent: bytes) -> bool:
        """Not at the door that is shut."""
        self.heard.append((url, sent))
        return not url.endswith("/shut")

    def told(self, url: str, sent: bytes, answer: bytes) -> bytes:
        """A lie at one door."""
        return b"a lie, longer than what was said" if url.endswith("/lie") else answer


def serving(server: HTTPServer) -> Iterator[str]:
    """Its host and port, while it answers."""
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def far() -> Iterator[str]:
    """A server that is honest."""
    yield from serving(ThreadingHTTPServer(("127.0.0.1", 0), _Server))


@pytest.fixture
def passage() -> Iterator[Passage]:
    """One of our own."""
    passage = Passage()
    yield passage
    passage.shutdown()
    passage.server_close()


Ask = Callable[..., tuple[int, bytes]]


@pytest.fixture
def ask(passage: Passage, far: str) -> Ask:
    """Status and body, as a browser that was told of the passage gets them."""

    def ask(path: str, **headers: str) -> tuple[int, bytes]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(HTTPConnection("127.0.0.1", passage.server_port, timeout=10)) as near:
            near.request("POST", f"http://{far}{path}", b"a word", named)
            answer = near.getresponse()
            assert answer.headers["X-Kept"] == "yes"
            return answer.status, answer.read()

    return ask


@pytest.fixture
def watched(passage: Passage) -> tuple[_Watch, dict[str, str]]:
    """A watch, and what its context sends with each question."""
    watch, context = _Watch(), _Context()
    passage.watch(cast(BrowserContext, context), watch)
    return watch, {WHOSE: context.headers[WHOSE]}


def test_a_question_reaches_the_server_as_it_was_asked(ask: Ask, far: str) -> None:
    status, body = ask("/door?at=1", Cookie="a=b")
    said = json.loads(body)
    assert (status, said["path"], said["body"]) == (200, "/door?at=1", "a word")
    assert (said["headers"]["Host"], said["headers"]["Cookie"]) == (far, "a=b")


def test_whose_question_it_is_stays_in_the_passage(
    ask: Ask, far: str, watched: tuple[_Watch, dict[str, str]]
) -> None:
    watch, own = watched
    _status, body = ask("/door", **own)
    assert WHOSE not in json.loads(body)["headers"]
    assert watch.heard == [(f"http://{far}/door", b"a word")]


def test_the_lie_is_told_to_the_watched_alone(ask: Ask, watched: tuple[_Watch, dict[str, str]]) -> None:
    watch, own = watched
    assert ask("/lie", **own) == (200, b"a lie, longer than what was said")
    watch.heard.clear()
    assert json.loads(ask("/lie")[1])["path"] == "/lie"
    assert watch.heard == []


def test_what_the_server_refuses_is_not_lied_about(ask: Ask, watched: tuple[_Watch, dict[str, str]]) -> None:
    watch, own = watched
    watch.told = lambda url, sent, answer: b"a lie"  # type: ignore[method-assign]
    status, body = ask("/nothing", **own)
    assert (status, json.loads(body)["path"]) == (404, "/nothing")


def test_a_door_that_is_shut_answers_nothing(ask: Ask, watched: tuple[_Watch, dict[str, str]]) -> None:
    watch, own = watched
    with pytest.raises(RemoteDisconnected):
        ask("/shut", **own)
    assert len(watch.heard) == 1
    assert ask("/shut")[0] == 200


def test_a_server_that_is_away_answers_nothing(passage: Passage) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = taken.getsockname()[1]
    with closing(HTTPConnection("127.0.0.1", passage.server_port, timeout=10)) as near:
        near.request("GET", f"http://127.0.0.1:{nobody}/")
        with pytest.raises(RemoteDisconnected):
            near.getresponse()


def test_a_socket_is_passed_through_both_ways(passage: Passage) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        closing(HTTPConnection("127.0.0.1", passage.server_port, timeout=10)) as near,
    ):
        near.set_tunnel(*server.getsockname())
        near.connect()
        far, _ = server.accept()
        with far:
            near.sock.sendall(b"there")
            assert far.recv(100) == b"there"
            far.sendall(b"back")
            assert near.sock.recv(100) == b"back"
        assert near.sock.recv(100) == b""


# The interpreter (tests/interpreting.py) ------------------------------------------------------------------------------


def test_what_firefox_does_not_know_is_called_done() -> None:
    said = done('{"id": 7, "method": "emulation.setMediaFeaturesOverride", "params": {}}')
    assert said
    assert json.loads(said) == {"type": "success", "id": 7, "result": {}}


@pytest.mark.parametrize("method", ["browsingContext.navigate", "emulation.setLocaleOverride"])
def test_all_else_is_for_firefox(method: str) -> None:
    assert done(json.dumps({"id": 7, "method": method, "params": {}})) is None


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ({"navigation": None, "url": "blob:a"}, "blob:a"),
        ({"navigation": "b", "url": "blob:a"}, "b"),
        ({"navigation": None, "url": "blob:a", "download": "c"}, "c"),
    ],
)
@pytest.mark.parametrize("method", ["browsingContext.downloadWillBegin", "browsingContext.downloadEnd"])
def test_a_download_has_a_name(method: str, told: dict[str, str | None], name: str) -> None:
    news = {"type": "event", "method": method, "params": told}
    assert json.loads(named(json.dumps(news))) == {**news, "params": {**told, "download": name}}


def test_other_news_are_passed_on_as_they_came() -> None:
    for message in (
        '{"type":"event", "method":"browsingContext.load", "params":{}}',
        b'{"id":1, "result":{}}',
    ):
        assert named(message) is message
