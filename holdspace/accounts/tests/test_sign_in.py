"""Signing in and unlocking: the right key, the wrong one, a name nobody has, and guesses that get slower."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from freezegun import freeze_time

from conftest import PASSPHRASE, Browser, auth_key, sheet_auth
from holdspace.accounts.access import account_of_session
from holdspace.accounts.actions.tries import wait_after
from holdspace.accounts.models import Account, Session, Tries
from holdspace.sealing import passphrase, wrap
from holdspace.sealing.codec import from_b64url, to_b64url

pytestmark = pytest.mark.django_db
WRONG = to_b64url(bytes(32))


def test_prelogin_gives_what_the_passphrase_is_stretched_with(browser: Browser, amara: Account) -> None:
    answer = browser.ask("prelogin", {"name": " aMARA"}).json()
    assert answer == {"account_id": to_b64url(amara.id), "salt": to_b64url(amara.salt), "profile": 1}


def test_prelogin_is_the_same_for_a_name_nobody_has(browser: Browser, amara: Account) -> None:
    with CaptureQueriesContext(connection) as known:
        browser.ask("prelogin", {"name": "Amara"})
    with CaptureQueriesContext(connection) as unknown:
        first = browser.ask("prelogin", {"name": "Nobody"}).json()
    again = browser.ask("prelogin", {"name": "nobody"}).json()
    other = browser.ask("prelogin", {"name": "Nobody else"}).json()
    assert first == again != other
    assert from_b64url(first["account_id"])[6] >> 4 == amara.id[6] >> 4 == 4
    assert len(from_b64url(first["salt"])) == 16
    assert first["profile"] in (1, 2)
    assert [_shape(query["sql"]) for query in known] == [_shape(query["sql"]) for query in unknown]


def _shape(sql: str) -> str:
    return sql.split(" WHERE ")[0]


def test_the_right_key_gives_a_session_and_the_wrapped_seed(browser: Browser, amara: Account) -> None:
    answer = browser.ask("sign-in", {"name": "amara", "auth_key": auth_key(amara), "shared": False})
    assert answer.status_code == 200
    got = answer.json()
    key = passphrase.wrap_key(passphrase.stretch(PASSPHRASE, amara.salt, 1), amara.id)
    seed = wrap.unwrap_seed(
        from_b64url(got["wrapped"]), key, amara.id, method=1, published=(amara.x_pub, amara.e_pub)
    )
    assert len(seed) == 32
    assert (got["name"], got["keyring"], got["recovery_confirmed"], got["visits"]) == (
        "Amara",
        None,
        False,
        2,
    )
    token = browser.cookies[settings.SESSION_COOKIE_NAME].value
    assert account_of_session(token) == amara.id


@pytest.mark.parametrize(("days", "long"), [(59, False), (60, True), (400, True)])
def test_who_comes_back_after_two_months_is_told_so_once(
    browser: Browser, amara: Account, days: int, long: bool
) -> None:
    Account.objects.update(last_here=timezone.now().date() - timedelta(days=days))
    asked = {"name": "amara", "auth_key": auth_key(amara), "shared": False}
    assert browser.ask("sign-in", asked).json()["long_away"] is long
    browser.ask("session-share/new", {})
    assert browser.ask("sign-in", asked).json()["long_away"] is False


def test_of_a_visit_only_the_day_is_kept(browser: Browser, amara: Account) -> None:
    assert (
        browser.ask("sign-in", {"name": "amara", "auth_key": auth_key(amara), "shared": False}).json()[
            "long_away"
        ]
        is False
    ), "nobody knows of a visit before"
    browser.ask("session-share/new", {})
    amara.refresh_from_db()
    assert amara.last_here == timezone.now().date()
    Account.objects.update(last_here=amara.last_here - timedelta(days=1))
    Session.objects.update(seen=timezone.now() - timedelta(minutes=6))
    browser.ask("session-share", {})
    amara.refresh_from_db()
    assert amara.last_here == timezone.now().date()


def test_on_a_shared_device_the_session_ends_with_the_window(browser: Browser, amara: Account) -> None:
    answer = browser.ask("sign-in", {"name": "amara", "auth_key": auth_key(amara), "shared": True})
    assert answer.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""
    session = Session.objects.get()
    assert session.shared_device
    assert session.ends - session.began == timedelta(hours=12)


@pytest.mark.parametrize("name", ["Amara", "Nobody"])
def test_a_wrong_key_and_a_wrong_name_answer_alike(browser: Browser, amara: Account, name: str) -> None:
    answer = browser.ask("sign-in", {"name": name, "auth_key": WRONG, "shared": False})
    assert (answer.status_code, answer.json()["code"]) == (403, "wrong-key")
    assert settings.SESSION_COOKIE_NAME not in answer.cookies
    assert Session.objects.count() == 0


def test_a_wrong_name_costs_the_same_statements(browser: Browser, amara: Account) -> None:
    def statements(name: str) -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            browser.ask("sign-in", {"name": name, "auth_key": WRONG, "shared": False})
        return [query["sql"].split()[0] for query in asked]

    statements("Somebody")  # the address is known from here on
    assert statements("Amara") == statements("Nobody")


@pytest.mark.parametrize("name", ["Amara", "Nobody"])
def test_after_two_wrong_tries_one_waits_and_is_told_how_long(
    browser: Browser, amara: Account, name: str
) -> None:
    with freeze_time("2026-11-22 12:00") as clock:
        body = {"name": name, "auth_key": WRONG, "shared": False}
        assert [browser.ask("sign-in", body).status_code for _ in range(2)] == [403, 403]
        slowed = browser.ask("sign-in", body)
        assert (slowed.status_code, slowed.json()["code"], slowed.json()["wait"]) == (429, "too-many", 5)
        assert "5 seconds" in slowed.json()["sentence"]
        assert slowed.headers["Retry-After"] == "5"
        clock.tick(6)
        assert browser.ask("sign-in", body).status_code == 403
        assert browser.ask("sign-in", body).json()["wait"] == 10


def test_the_right_key_has_to_wait_too_and_then_all_is_forgotten(browser: Browser, amara: Account) -> None:
    with freeze_time("2026-11-22 12:00") as clock:
        right = {"name": "amara", "auth_key": auth_key(amara), "shared": False}
        for _ in range(2):
            browser.ask("sign-in", right | {"auth_key": WRONG})
        assert browser.ask("sign-in", right).status_code == 429
        clock.tick(6)
        assert browser.ask("sign-in", right).status_code == 200
        assert browser.ask("sign-in", right | {"auth_key": WRONG}).status_code == 403
        assert browser.ask("sign-in", right).status_code == 200


def test_many_names_from_one_address_are_slowed_down(browser: Browser, network: object) -> None:
    answers = [
        browser.ask("sign-in", {"name": f"Nobody {n}", "auth_key": WRONG, "shared": False}).status_code
        for n in range(31)
    ]
    assert answers == [403] * 30 + [429]


def test_a_name_of_ones_own_does_not_wipe_out_guesses_at_others(browser: Browser, amara: Account) -> None:
    for n in range(5):
        browser.ask("sign-in", {"name": f"Nobody {n}", "auth_key": WRONG, "shared": False})
    browser.ask("sign-in", {"name": "amara", "auth_key": auth_key(amara), "shared": False})
    assert sorted(Tries.objects.values_list("count", flat=True)) == [1, 1, 1, 1, 1, 5]


def test_the_waits_grow_to_a_quarter_of_an_hour() -> None:
    assert [wait_after(wrong, 2) for wrong in (0, 1, 2, 3, 4, 9, 10, 999)] == [0, 0, 5, 10, 20, 640, 900, 900]


def test_neither_name_nor_address_can_be_read_in_the_tries(browser: Browser, amara: Account) -> None:
    browser.ask("sign-in", {"name": "Amara", "auth_key": WRONG, "shared": False})
    kept = b"".join(bytes(row.key) for row in Tries.objects.all())
    assert b"amara" not in kept
    assert b"127.0.0.1" not in kept


def test_unlocking_takes_the_same_key(browser: Browser, amara: Account) -> None:
    browser.signed_in_as(amara)
    assert browser.ask("unlock", {"auth_key": WRONG}).json()["code"] == "wrong-key"
    answer = browser.ask("unlock", {"auth_key": auth_key(amara)})
    assert (answer.status_code, answer.json()["account_id"]) == (200, to_b64url(amara.id))


def test_guesses_at_the_name_do_not_lock_the_page_of_somebody_signed_in(
    browser: Browser, amara: Account
) -> None:
    stranger = Browser()
    for _ in range(3):
        stranger.ask("sign-in", {"name": "amara", "auth_key": WRONG, "shared": False})
    assert browser.signed_in_as(amara).ask("unlock", {"auth_key": auth_key(amara)}).status_code == 200


def test_a_key_of_the_sheet_does_not_sign_in(browser: Browser, amara: Account) -> None:
    answer = browser.ask("sign-in", {"name": "amara", "auth_key": sheet_auth(amara), "shared": False})
    assert answer.json()["code"] == "wrong-key"


@pytest.mark.parametrize(
    "name", ["\0", "Amara\0", "\U0010ffff" * 200], ids=["a NUL", "a NUL behind a name", "signs of no script"]
)
def test_signs_that_are_in_no_name_make_a_name_nobody_has(
    browser: Browser, amara: Account, name: str
) -> None:
    """Databases differ in which signs they can be asked for; no page may break over it."""
    assert browser.ask("prelogin", {"name": name}).status_code == 200
    for door, secret in (("sign-in", "auth_key"), ("recover", "recovery_auth")):
        answer = browser.ask(door, {"name": name, secret: WRONG})
        assert (answer.status_code, answer.json()["code"]) == (403, "wrong-key")


# Known browsers


def signed_in_before(account: Account) -> Browser:
    """A browser of this person's own, signed out again."""
    browser = Browser()
    browser.ask("sign-in", {"name": account.name, "auth_key": auth_key(account), "shared": False})
    browser.ask("sign-out")
    return browser


def guesses(browser: Browser, name: str, number: int = 3) -> list[int]:
    """Wrong tries at a name, one after another."""
    body = {"name": name, "auth_key": WRONG, "shared": False}
    return [browser.ask("sign-in", body).status_code for _ in range(number)]


def test_a_strangers_guesses_dont_keep_anybody_out_of_a_browser_they_have_used(amara: Account) -> None:
    own = signed_in_before(amara)
    assert guesses(Browser(), "Amara") == [403, 403, 429]
    body = {"name": "amara", "auth_key": auth_key(amara), "shared": False}
    assert Browser().ask("sign-in", body).status_code == 429
    assert own.ask("sign-in", body).status_code == 200
    # It was the owner's right try, and not the stranger's: who guessed waits on.
    assert guesses(Browser(), "Amara", 1) == [429]


def test_a_known_browser_has_no_more_tries_than_any_other(amara: Account) -> None:
    assert guesses(signed_in_before(amara), "Amara") == [403, 403, 429]


def test_a_mark_counts_for_its_own_name_alone_and_a_made_up_one_for_none(
    amara: Account, ben: Account
) -> None:
    own = signed_in_before(ben)
    assert guesses(Browser(), "Amara") == [403, 403, 429]
    assert guesses(own, "Amara", 1) == [429]
    for made_up in ("", "A" * 64, "\u00fc", to_b64url(bytes(48))):
        stranger = Browser()
        stranger.cookies[settings.KNOWN_COOKIE_NAME] = made_up
        assert guesses(stranger, "Amara", 1) == [429]


def test_a_shared_device_is_not_known_again(amara: Account) -> None:
    answer = Browser().ask("sign-in", {"name": "amara", "auth_key": auth_key(amara), "shared": True})
    assert settings.KNOWN_COOKIE_NAME not in answer.cookies


def test_a_mark_does_not_say_whose_it_is(amara: Account) -> None:
    marks = {signed_in_before(amara).cookies[settings.KNOWN_COOKIE_NAME].value for _ in range(2)}
    assert len(marks) == 2
    assert not any("amara" in mark.lower() for mark in marks)
