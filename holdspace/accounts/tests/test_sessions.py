"""The session and its share: lock, unlock, sign out, and what the signed-out get."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from freezegun import freeze_time

from conftest import Browser
from holdspace.accounts.access import account_of_session, may_start_group
from holdspace.accounts.actions.sessions import begin_session, end_all_sessions
from holdspace.accounts.models import Account, Network, Session
from holdspace.live import endings

pytestmark = pytest.mark.django_db
DOORS_FOR_THE_SIGNED_IN = [
    ("unlock", {"auth_key": "A" * 43}),
    ("recovery/new", {"auth_key": "A" * 43, "recovery_auth": "A" * 43, "recovery_wrapped": "A" * 112}),
    ("recovery-confirmed", {}),
    ("session-share", {}),
    ("session-share/new", {}),
    ("lock", {}),
    ("keyring", {}),
    ("keyring/put", {"counter": 1, "blob": "AAAA"}),
]


@pytest.mark.parametrize(("door", "body"), DOORS_FOR_THE_SIGNED_IN)
def test_the_signed_out_are_asked_to_sign_in(
    browser: Browser, network: Network, door: str, body: dict[str, object]
) -> None:
    answer = browser.ask(door, body)
    assert (answer.status_code, answer.json()["code"]) == (401, "signed-out")


def test_the_share_comes_after_unlocking_and_goes_with_locking(browser: Browser, amara: Account) -> None:
    browser.signed_in_as(amara)
    assert browser.ask("session-share").json()["code"] == "locked"
    fresh = browser.ask("session-share/new").json()["share"]
    got = browser.ask("session-share").json()
    assert (got["share"], got["name"], len(fresh)) == (fresh, "Amara", 43)
    assert browser.ask("session-share/new").json()["share"] != fresh
    assert browser.ask("lock").json() == {}
    assert browser.ask("session-share").status_code == 423


def test_each_browser_has_a_share_of_its_own(amara: Account) -> None:
    one, other = Browser().signed_in_as(amara), Browser().signed_in_as(amara)
    one.ask("session-share/new")
    assert other.ask("session-share").json()["code"] == "locked"


def test_a_share_nobody_asked_for_in_half_a_day_is_dead(browser: Browser, amara: Account) -> None:
    with freeze_time("2026-11-22 08:00") as clock:
        browser.signed_in_as(amara).ask("session-share/new")
        clock.tick(timedelta(hours=11))
        assert browser.ask("session-share").status_code == 200
        clock.tick(timedelta(hours=11))
        assert browser.ask("session-share").status_code == 200
        clock.tick(timedelta(hours=13))
        assert browser.ask("session-share").status_code == 423
    assert Session.objects.get().share is None


def test_signing_out_ends_the_session_and_tells_its_sockets(
    browser: Browser,
    amara: Account,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: object,
) -> None:
    told: list[str] = []
    monkeypatch.setattr(endings, "end_session", told.append)
    browser.signed_in_as(amara)
    token = browser.cookies[settings.SESSION_COOKIE_NAME].value
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        answer = browser.ask("sign-out")
    assert answer.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 0
    assert told == [token]
    assert account_of_session(token) is None
    assert browser.ask("sign-out").status_code == 200


def test_ending_all_sessions_leaves_other_people_alone(amara: Account, ben: Account) -> None:
    amara_browser, ben_browser = Browser().signed_in_as(amara), Browser().signed_in_as(ben)
    end_all_sessions(amara)
    assert amara_browser.ask("keyring").status_code == 401
    assert ben_browser.ask("keyring").status_code == 200


def test_a_session_ends_by_itself(browser: Browser, amara: Account) -> None:
    with freeze_time("2026-11-22") as clock:
        browser.signed_in_as(amara)
        token = browser.cookies[settings.SESSION_COOKIE_NAME].value
        clock.tick(timedelta(days=settings.SESSION_DAYS - 1))
        assert account_of_session(token) == amara.id
        clock.tick(timedelta(days=2))
        assert account_of_session(token) is None
        assert browser.ask("keyring").status_code == 401


@pytest.mark.parametrize("token", ["", "x", "\ud800", "é" * 50, "0" * 10_000])
def test_a_cookie_nobody_gave_is_nobody(db: None, token: str) -> None:
    assert account_of_session(token) is None


@pytest.mark.parametrize("page", ["/account/", "/account/sheet/", "/unlock/"])
def test_pages_of_the_signed_in_send_others_to_sign_in(browser: Browser, amara: Account, page: str) -> None:
    answer = browser.get(page)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")
    assert browser.signed_in_as(amara).get(page).status_code == 200


def test_the_account_page_says_what_is_kept(browser: Browser, amara: Account) -> None:
    Browser().signed_in_as(amara)
    page = browser.signed_in_as(amara).get("/account/").content.decode()
    assert "2 browsers in which you are signed in" in page
    assert f"{amara.made:%Y}" in page
    assert "You said yes to this on" in page


def test_who_may_start_a_group_is_the_networks_choice(amara: Account, chidi: Account) -> None:
    assert (may_start_group(amara.id), may_start_group(chidi.id), may_start_group(bytes(16))) == (
        True,
        True,
        False,
    )
    Network.objects.update(who_may_start="coordinators")
    assert (may_start_group(amara.id), may_start_group(chidi.id)) == (False, True)


def test_a_session_of_yesterday_is_swept_away(amara: Account) -> None:
    with freeze_time("2026-01-01"):
        Browser().signed_in_as(amara)
    Browser().signed_in_as(amara)
    assert Session.objects.get().ends > timezone.now()


@pytest.mark.parametrize(("shared", "device"), [(True, "shared"), (False, "kept")])
def test_every_page_says_whether_the_device_is_shared(
    browser: Browser, amara: Account, shared: bool, device: str
) -> None:
    assert b"data-device" not in browser.get("/").content
    browser.cookies[settings.SESSION_COOKIE_NAME] = begin_session(amara, shared=shared)
    for page in ("/", "/account/", "/unlock/", "/nowhere/"):
        assert f'data-device="{device}"' in browser.get(page).content.decode(), page
