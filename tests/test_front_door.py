"""A real server: what it serves, how it answers what no browser sends, and that its logs hold nothing of it."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from holdspace.asgi import BODY_LIMIT, LISTS, make_gateway
from holdspace.ui.served import served
from tests.running import Running

WORDS = "a-word-nobody-may-keep"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server before its first visit."""
    running = Running(tmp_path_factory.mktemp("server")).start()
    yield running
    running.stop()


def raw(server: Running, request: bytes) -> bytes:
    """Send bytes as they are; what comes back until the other side has nothing to say."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        line.sendall(request)
        line.settimeout(2)
        answer = b""
        try:
            while part := line.recv(65536):
                answer += part
        except TimeoutError:
            pass
        return answer


def test_the_one_time_address_is_printed_and_works(server: Running) -> None:
    address = re.search(r"http://\S+/setup/\S+/", server.log.read_text())
    assert address
    assert httpx.get(address[0], trust_env=False).status_code == 200


def test_modules_are_served_line_for_line_and_for_good(server: Running) -> None:
    page = httpx.get(f"{server.url}/sign-in/", trust_env=False).text
    address = re.findall(r'href="(/static/[0-9a-f]{12}/(\S+?\.js))"', page)[0]
    answer = httpx.get(server.url + address[0], trust_env=False)
    assert answer.content == served(address[1], (Path("browser") / address[1]).read_bytes())
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_tests_of_modules_are_not_served(server: Running) -> None:
    assert not list((server.data / "static").rglob("*.test.js*"))
    assert list((server.data / "static").rglob("*.js.gz"))


def test_the_worker_has_a_policy_of_its_own(server: Running) -> None:
    page = httpx.get(f"{server.url}/sign-in/", trust_env=False).text
    release = re.search(r"/static/([0-9a-f]{12})/", page)
    assert release
    answer = httpx.get(f"{server.url}/static/{release[1]}/sealing/kdf_worker.js", trust_env=False)
    assert "wasm-unsafe-eval" in answer.headers["Content-Security-Policy"]


def test_every_page_sets_the_token_that_the_doors_ask_for(server: Running) -> None:
    answer = httpx.get(f"{server.url}/sign-in/", trust_env=False)
    assert re.match(r"csrf=\w+; Path=/; SameSite=Lax$", answer.headers["Set-Cookie"])


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /?q=\xff HTTP/1.1\r\nHost: localhost\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n", b"400"),
        (b"GET /%00%ff HTTP/1.1\r\nHost: localhost\r\n\r\n", b"404"),
        (
            b"POST /seal/network HTTP/1.1\r\nHost: localhost\r\nContent-Length: 70000\r\n\r\n" + b"x" * 70000,
            b"413",
        ),
        (
            b"POST /seal/network HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
            + b"1000\r\n"
            + b"x" * 4096
            + b"\r\n" * 1
            + (b"1000\r\n" + b"x" * 4096 + b"\r\n") * 20
            + b"0\r\n\r\n",
            b"413",
        ),
        (b"BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n", b"403"),
        (b"\x00\x01\x02\r\n\r\n", b"400"),
    ],
    ids=["query", "host", "path", "large", "chunked", "method", "rubbish"],
)
def test_what_no_browser_sends_gets_a_plain_no(server: Running, request_: bytes, status: bytes) -> None:
    assert raw(server, request_).split(b" ", 2)[1] == status


def test_a_chunked_body_is_read_like_any_other(server: Running) -> None:
    cookie = {"Cookie": "csrf=" + "a" * 32, "X-CSRFToken": "a" * 32, "Content-Type": "application/json"}
    answer = httpx.post(
        f"{server.url}/seal/network", content=iter([b"{", b"}"]), headers=cookie, trust_env=False
    )
    assert answer.json()["code"] == "not-set-up"


def test_another_sites_page_cannot_reach_the_doors(server: Running) -> None:
    headers = {"Cookie": "csrf=" + "a" * 32, "X-CSRFToken": "a" * 32, "Origin": "https://elsewhere.example"}
    answer = httpx.post(f"{server.url}/seal/network", json={}, headers=headers, trust_env=False)
    assert (answer.status_code, answer.json()["code"]) == (403, "foreign-origin")


def test_the_log_holds_nothing_of_what_was_asked(server: Running) -> None:
    httpx.get(f"{server.url}/{WORDS}/?q={WORDS}", trust_env=False)
    httpx.post(f"{server.url}/seal/sign-in", json={"name": WORDS}, trust_env=False)
    raw(server, b"GET /?q=\xff" + WORDS.encode() + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert WORDS not in server.log.read_text()
    assert "/sign-in/" not in server.log.read_text()


def test_behind_a_proxy_cookies_are_for_tls_alone(tmp_path: Path) -> None:
    server = Running(tmp_path, HOLDSPACE_BEHIND_PROXY="yes").start()
    try:
        answer = httpx.get(f"{server.url}/sign-in/", headers={"X-Forwarded-Proto": "https"}, trust_env=False)
    finally:
        server.stop()
    assert re.match(r"__Host-csrf=\w+; Path=/; SameSite=Lax; Secure$", answer.headers["Set-Cookie"])
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_two_servers_never_share_a_folder(server: Running) -> None:
    second = Running(server.data)
    second.log = server.data / "second.log"
    with pytest.raises(AssertionError, match="Another Holdspace serves from"):
        second.start()
    assert second.log.read_text().count("\n") == 1


def test_a_taken_port_is_one_sentence(server: Running, tmp_path: Path) -> None:
    second = Running(tmp_path)
    second.port = server.port
    second._environment["PORT"] = str(server.port)
    with pytest.raises(AssertionError, match="Is Holdspace running already"):
        second.start()
    said = second.log.read_text()
    assert said.count("\n") == 1
    assert "Is Holdspace running already?" in said


def test_the_settings_are_what_the_gateway_keeps_to(settings: Any) -> None:
    settings.QUESTIONS_PER_MINUTE, settings.MEBIBYTES_PER_DAY = 77, 3
    limits = make_gateway().limits
    assert (limits.questions_per_minute, limits.change_bytes_per_day) == (77, 3 << 20)


def test_only_coordinators_send_more_than_a_page_takes(server: Running) -> None:
    """A list of others is large; from anybody else it is turned away before it is in memory."""
    large = b"x" * (BODY_LIMIT + 1)
    answer = httpx.post(
        f"{server.url}{LISTS}", content=large, cookies={"holdspace": "guessed"}, trust_env=False
    )
    assert answer.status_code == 413
