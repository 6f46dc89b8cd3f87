"""Making an account: what is taken, what is refused, and that a refusal leaves nothing behind."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from conftest import PASSPHRASE, Browser, new_account, shown
from holdspace.accounts.actions.tries import at_address
from holdspace.accounts.models import Account, Consent, Network, Session, Slot

pytestmark = pytest.mark.django_db
YES = {"of_age": True, "consent": True}


def body(name: Any = "Amara", **other: object) -> dict[str, object]:
    return shown(new_account(name, PASSPHRASE, bytes(16))) | YES | other


def test_an_account_is_made_and_signed_in(browser: Browser, network: Network) -> None:
    answer = browser.ask("sign-up", body())
    assert (answer.status_code, answer.json()) == (200, {})
    account = Account.objects.get(name="Amara")
    assert account.slots.count() == 2
    assert not account.is_coordinator
    assert account.consents.get().purpose == "belonging"
    assert browser.get("/account/").status_code == 200
    cookie = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_on_a_shared_device_the_first_session_ends_with_the_browser(
    browser: Browser, network: Network
) -> None:
    answer = browser.ask("sign-up", body(shared=True))
    assert not answer.cookies[settings.SESSION_COOKIE_NAME]["max-age"]
    assert Session.objects.get().shared_device


def test_neither_the_auth_key_nor_the_open_seed_rests_here(browser: Browser, network: Network) -> None:
    sent = new_account("Amara", PASSPHRASE, bytes(16))
    browser.ask("sign-up", shown(sent) | YES)
    with connection.cursor() as cursor:
        rest = b"".join(bytes(slot.blob) + bytes(slot.verifier) for slot in Slot.objects.all())
        cursor.execute("SELECT salt, x_pub, e_pub FROM accounts_account")
        rest += b"".join(part for row in cursor.fetchall() for part in row)
    for secret in (sent.auth_key, sent.wrapped, sent.wrapped[36:], sent.recovery_auth, sent.recovery_wrapped):
        assert secret not in rest


def test_the_cookie_is_not_in_the_table(browser: Browser, network: Network) -> None:
    browser.ask("sign-up", body())
    token = browser.cookies[settings.SESSION_COOKIE_NAME].value
    assert token.encode() not in bytes(Session.objects.get().key)


@pytest.mark.parametrize(
    ("wrong", "code", "status"),
    [
        ({"of_age": False}, "of-age", 422),
        ({"consent": False}, "consent", 422),
        ({"name": "A"}, "name-bad", 422),
        ({"name": "A" * 41}, "name-bad", 422),
        ({"name": "Am\u202eara"}, "name-bad", 422),
        ({"name": "Am\x00ara"}, "name-bad", 422),
        ({"name": "\u200d\u200d\u200d"}, "name-bad", 422),
        ({"name": "x" * 201}, "malformed", 400),
        ({"profile": 3}, "malformed", 400),
        ({"salt": "AAAA"}, "malformed", 400),
        ({"salt": "not base64!"}, "malformed", 400),
        ({"salt": 5}, "malformed", 400),
        ({"salt": None}, "malformed", 400),
        ({"auth_key": ["A"]}, "malformed", 400),
        ({"auth_key": {}}, "malformed", 400),
        ({"x_pub": "A" * 43}, "bad-public-key", 422),
        ({"e_pub": "A" * 43}, "bad-public-key", 422),
        ({"account_id": "A" * 22}, "malformed", 400),
        ({"wrapped": "A" * 112}, "format", 400),
        ({"surprise": 1}, "malformed", 400),
        ({"setup": "guess"}, "malformed", 400),
    ],
)
def test_a_refusal_leaves_nothing(
    browser: Browser, network: Network, wrong: dict[str, object], code: str, status: int
) -> None:
    answer = browser.ask("sign-up", body(**wrong))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["sentence"]
    assert Account.objects.count() == 1
    assert Slot.objects.count() == 2
    assert Consent.objects.count() == 1


@pytest.mark.parametrize("other", ["amara", "AMARA", " Amara ", "\uff21mara", "Ama\u200dra"])
def test_a_name_is_taken_in_every_spelling(browser: Browser, amara: Account, other: str) -> None:
    answer = browser.ask("sign-up", body(other))
    assert (answer.status_code, answer.json()["code"]) == (409, "name-taken")


@pytest.mark.parametrize("name", ["أمارا", "Ama ra", "🌊🌊", "张伟", "O'Brien-Käfer"])
def test_names_of_the_world_are_welcome(browser: Browser, network: Network, name: str) -> None:
    assert browser.ask("sign-up", body(name)).status_code == 200


def test_an_id_is_taken_once(browser: Browser, amara: Account) -> None:
    again = shown(new_account("Other", PASSPHRASE, bytes(16))) | YES
    first = browser.ask("sign-up", again)
    second = Browser().ask("sign-up", again | {"name": "Another"})
    assert (first.status_code, second.status_code) == (200, 409)


def test_before_setup_there_is_nothing_to_join(browser: Browser, db: None) -> None:
    answer = browser.ask("sign-up", body())
    assert (answer.status_code, answer.json()["code"]) == (409, "not-set-up")


@pytest.mark.parametrize(
    "rubbish",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"a"',
        b"\xff\xfe",
        b'{"name": "\\ud800"}',
        b"[" * 5000,
        b'{"name": {}}',
        b"{} {}",
    ],
)
@pytest.mark.parametrize(
    "door", ["prelogin", "sign-up", "sign-in", "recover", "keyring/put", "network", "lock"]
)
def test_rubbish_is_refused_at_every_door(
    browser: Browser, amara: Account, rubbish: bytes, door: str
) -> None:
    answer = browser.signed_in_as(amara).ask(door, rubbish)
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


def test_too_much_is_refused(browser: Browser, network: Network) -> None:
    answer = browser.ask("sign-up", body(name="A" * 70_000))
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


def test_another_site_cannot_ask(browser: Browser, network: Network) -> None:
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"X-CSRFToken": "b" * 32},
    ):
        answer = browser.ask("sign-up", body(), **headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "foreign-origin")
    assert Account.objects.count() == 1


def test_only_posts_are_answered(browser: Browser, make_account: Callable[[str], Account]) -> None:
    for door in ("prelogin", "sign-up", "sign-in", "keyring", "sign-out"):
        answer = browser.get(f"/seal/{door}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_a_crowd_may_come_from_one_address_and_a_flood_may_not(browser: Browser, network: Network) -> None:
    """The names are no good, so that nothing slow is done; a try counts before it is looked at."""
    nobody = body(name="Am\x00ara")
    for address, last in (("192.0.2.7", "too-many"), ("127.0.0.1", "name-bad")):
        browser.defaults["REMOTE_ADDR"] = address
        answers = [browser.ask("sign-up", nobody).json()["code"] for _ in range(101)]
        assert answers == ["name-bad"] * 100 + [last]


def test_two_addresses_of_the_old_kind_are_not_one_at_a_door_of_the_new(network: Network) -> None:
    assert at_address("::ffff:192.0.2.7") == at_address("192.0.2.7") != at_address("::ffff:192.0.2.8")
    assert at_address("2001:db8::1") == at_address("2001:db8::2") != at_address("2001:db8:0:1::1")
