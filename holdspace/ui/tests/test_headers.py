"""What every answer wears, and the pages for what went wrong."""

import logging
import re
from wsgiref.headers import Headers

import pytest
from django.test import Client

from conftest import Browser
from holdspace.sealing.errors import SENTENCES
from holdspace.ui.headers import PAGE_HEADERS, WORKER_POLICY, add_static_headers

WORDS = "a-word-nobody-may-keep"
odd = pytest.mark.urls("holdspace.ui.tests.addresses")


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/", "/sign-in/", "/nothing-here/", "/setup/x/"])
def test_every_page_wears_the_headers(browser: Browser, page: str) -> None:
    answer = browser.get(page)
    assert {name: answer.headers[name] for name in PAGE_HEADERS} == PAGE_HEADERS


@pytest.mark.django_db
def test_the_doors_wear_them_too(browser: Browser) -> None:
    assert browser.ask("network").headers["Cache-Control"] == "no-store"


def test_the_policy_lets_nothing_in_from_elsewhere() -> None:
    policy = PAGE_HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'")
    assert not re.search(r"https?:|\*", policy)


def test_only_the_worker_that_makes_keys_may_use_wasm() -> None:
    policies = {}
    for name in ("kdf_worker", "envelope"):
        headers = Headers([])
        add_static_headers(headers, "", f"/static/0/sealing/{name}.js")
        policies[name] = headers["Content-Security-Policy"]
    assert policies == {"kdf_worker": WORKER_POLICY, "envelope": "default-src 'none'"}


@pytest.mark.django_db
def test_what_is_not_here_looks_the_same_everywhere(browser: Browser) -> None:
    group = "00000000-0000-4000-8000-000000000000"
    bodies = {browser.get(page).content for page in ("/a/", "/b/c/", "/setup/guess/", f"/static/{group}.js")}
    assert len(bodies) == 1


@odd
@pytest.mark.django_db
def test_a_broken_page_has_a_reference_and_the_log_has_no_word(caplog: pytest.LogCaptureFixture) -> None:
    client = Client(raise_request_exception=False)
    answer = client.get(f"/breaks/?q={WORDS}")
    reference = re.search(r"<strong>([0-9a-f]{8})</strong>", answer.content.decode())
    assert (answer.status_code, bool(reference)) == (500, True)
    assert reference and reference[1] in caplog.text
    assert WORDS not in answer.content.decode()
    for record in caplog.records:
        assert WORDS not in _as_we_log(record)


@odd
@pytest.mark.django_db
def test_a_broken_door_answers_in_json() -> None:
    answer = Client(raise_request_exception=False).post("/seal/breaks")
    assert (answer.status_code, answer.json()["code"]) == (500, "broken")


@odd
@pytest.mark.django_db
def test_a_refusal_is_a_page_with_its_sentence_or_json_at_a_door(client: Client) -> None:
    page, door = client.get("/refuses/"), client.get("/seal/refuses")
    assert (page.status_code, door.status_code) == (422, 422)
    assert SENTENCES["full"] in page.content.decode()
    assert door.json() == {"code": "full", "sentence": SENTENCES["full"]}
    assert client.get("/seal/refuses-by-twin").json()["code"] == "log-chain"


@pytest.mark.django_db
def test_another_sites_form_gets_a_page_that_says_so() -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"a": "b"})
    assert answer.status_code == 403
    assert "another website" in answer.content.decode()


def test_a_line_of_the_log_is_cut_before_the_query() -> None:
    record = logging.LogRecord("django", 40, "", 1, "Internal Server Error: %s", (f"/find/?q={WORDS}",), None)
    assert _as_we_log(record).endswith("Internal Server Error: /find/?...")


@pytest.mark.parametrize("address", [f"/calendar/{WORDS}.ics", f"/reset/{WORDS}/", f"/setup/{WORDS}/"])
def test_an_address_that_is_a_key_is_cut_before_its_secret(address: str) -> None:
    record = logging.LogRecord("django", 40, "", 1, "Internal Server Error: %s", (address,), None)
    assert WORDS not in _as_we_log(record)
    assert address.split("/")[1] in _as_we_log(record)


def _as_we_log(record: logging.LogRecord) -> str:
    """A record as it leaves by the handler of the settings."""
    from holdspace.ui.logs import Plain, WithoutWords

    record.exc_text = None
    WithoutWords().filter(record)
    return Plain("{message}", style="{").format(record)
