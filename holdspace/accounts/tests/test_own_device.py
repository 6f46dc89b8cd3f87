"""A device of one's own: a code of six digits, five tries, and the ends of it."""

import secrets
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from freezegun import freeze_time

from conftest import Browser, auth_key
from holdspace.accounts.actions.own_device import TRIES, open_device
from holdspace.accounts.actions.sessions import begin_session, end_all_sessions
from holdspace.accounts.models import Account, OwnDevice, Session
from holdspace.accounts.sessions import key_of
from holdspace.accounts.tests.test_at_once import at_once
from holdspace.sealing.codec import to_b64url

pytestmark = pytest.mark.django_db
RIGHT, WRONG = to_b64url(b"\x01" * 32), to_b64url(b"\x02" * 32)
SHARE = secrets.token_bytes(32)


def wish(account: Account, **fields: Any) -> dict[str, Any]:
    """What a browser sends to begin."""
    device = to_b64url(secrets.token_bytes(16))
    return {
        "auth_key": auth_key(account),
        "device": device,
        "code_auth": RIGHT,
        "share": to_b64url(SHARE),
    } | fields


def kept(account: Account) -> tuple[Browser, str]:
    """A browser of the account's with a code, and the device's id."""
    browser, body = Browser().signed_in_as(account), wish(account)
    assert browser.ask("own-device/new", body).json() == {}
    return browser, body["device"]


def tried(browser: Browser, device: str, code: str = WRONG) -> str:
    """ "ok", or the code of the refusal."""
    answer = browser.ask("own-device/open", {"device": device, "code_auth": code})
    return "ok" if answer.status_code == 200 else str(answer.json()["code"])


def test_the_right_code_brings_the_half_again_and_again(amara: Account) -> None:
    browser, device = kept(amara)
    for _ in range(2):
        assert browser.ask("own-device/open", {"device": device, "code_auth": RIGHT}).json() == {
            "share": to_b64url(SHARE)
        }


def test_the_half_does_not_lie_open_in_the_database(amara: Account) -> None:
    kept(amara)
    row = OwnDevice.objects.get()
    for secret in (SHARE, b"\x01" * 32):
        assert all(secret not in bytes(value) for value in (row.blob, row.verifier, row.salt2))


def test_the_fifth_wrong_code_in_a_row_ends_it(amara: Account) -> None:
    browser, device = kept(amara)
    assert [tried(browser, device) for _ in range(TRIES)] == ["wrong-code"] * 4 + ["no-device"]
    assert not OwnDevice.objects.exists()
    assert tried(browser, device, RIGHT) == "no-device"
    assert browser.ask("keyring").status_code == 200, "still signed in: the passphrase opens it"


def test_a_right_code_gives_all_tries_back(amara: Account) -> None:
    browser, device = kept(amara)
    codes = [WRONG] * 4 + [RIGHT] + [WRONG] * 4 + [RIGHT]
    assert [tried(browser, device, code) for code in codes] == (["wrong-code"] * 4 + ["ok"]) * 2


@pytest.mark.django_db(transaction=True)
def test_a_hundred_guesses_at_once_are_no_more_than_five(amara: Account) -> None:
    _browser, device = kept(amara)
    session = Session.objects.get(account=amara)
    guesses = at_once([lambda: open_device(session, OwnDevice.objects.get().id, b"\x02" * 32)] * 12)
    assert guesses.count("wrong-code") <= TRIES - 1
    assert set(guesses) == {"wrong-code", "no-device"}
    assert tried(Browser().signed_in_as(amara), device, RIGHT) == "no-device"


def test_a_code_is_good_in_the_browser_it_was_made_in_only(amara: Account, ben: Account) -> None:
    browser, device = kept(amara)
    for other in (Browser().signed_in_as(amara), Browser().signed_in_as(ben)):
        assert tried(other, device, RIGHT) == "no-device"
    assert tried(Browser(), device, RIGHT) == "signed-out"
    assert tried(browser, to_b64url(bytes(16)), RIGHT) == "no-device"
    assert OwnDevice.objects.get().tries_left == TRIES, "nobody else uses up tries"


def test_it_wants_the_passphrase_and_no_shared_device(amara: Account) -> None:
    browser = Browser().signed_in_as(amara)
    assert browser.ask("own-device/new", wish(amara, auth_key=WRONG)).json()["code"] == "wrong-key"
    borrowed = Browser()
    borrowed.cookies[settings.SESSION_COOKIE_NAME] = begin_session(amara, shared=True)
    assert borrowed.ask("own-device/new", wish(amara)).json()["code"] == "not-found"
    assert not OwnDevice.objects.exists()


def test_another_code_takes_the_place_of_the_first(amara: Account) -> None:
    browser, device = kept(amara)
    second = wish(amara, code_auth=WRONG)
    browser.ask("own-device/new", second)
    assert [tried(browser, device, RIGHT), tried(browser, second["device"], WRONG)] == ["no-device", "ok"]


def test_nobody_takes_the_id_of_somebody_elses_device(amara: Account, ben: Account) -> None:
    browser, device = kept(amara)
    assert (
        Browser().signed_in_as(ben).ask("own-device/new", wish(ben, device=device)).json()["code"] == "exists"
    )
    assert tried(browser, device, RIGHT) == "ok"


def test_it_ends_with_the_session_whoever_ends_it(amara: Account) -> None:
    def sign_out(browser: Browser) -> None:
        browser.ask("sign-out")

    def end_from_elsewhere(browser: Browser) -> None:
        key = to_b64url(key_of(browser.cookies[settings.SESSION_COOKIE_NAME].value))
        assert Browser().signed_in_as(amara).ask("sessions/end", {"session": key}).status_code == 200

    def take_it_back(browser: Browser) -> None:
        assert browser.ask("own-device/end").json() == {}

    def everywhere(browser: Browser) -> None:
        end_all_sessions(amara)

    for end in (sign_out, end_from_elsewhere, take_it_back, everywhere):
        end(kept(amara)[0])
        assert not OwnDevice.objects.exists(), end.__name__


def test_locking_keeps_it_and_thirty_days_end_it(amara: Account) -> None:
    with freeze_time("2026-11-22") as clock:
        browser = Browser().signed_in_as(amara)
        clock.tick(timedelta(days=20))
        body = wish(amara)
        answer = browser.ask("own-device/new", body)
        assert answer.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == settings.SESSION_DAYS * 86_400
        assert Session.objects.get().ends == timezone.now() + timedelta(days=30)
        browser.ask("lock")
        clock.tick(timedelta(days=29))
        assert tried(browser, body["device"], RIGHT) == "ok"
        clock.tick(timedelta(days=2))
        assert tried(browser, body["device"], RIGHT) == "signed-out"


def test_the_pages_ask_for_the_code_only_where_there_is_one(amara: Account) -> None:
    without = Browser().signed_in_as(amara)
    assert "data-device-id" not in without.get("/unlock/").content.decode()
    browser, device = kept(amara)
    assert f'data-device-id="{device}"' in browser.get("/unlock/").content.decode()
    assert "A code opens it until" in browser.get("/account/").content.decode()
    words = "Whoever steals this device and also breaks into the server opens it."
    assert words in without.get("/account/own-device/").content.decode()
    borrowed = Browser()
    borrowed.cookies[settings.SESSION_COOKIE_NAME] = begin_session(amara, shared=True)
    assert words not in borrowed.get("/account/own-device/").content.decode()
