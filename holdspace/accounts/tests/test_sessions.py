"""The session and its share: lock, unlock, sign out, and what the signed-out get."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from freezegun import freeze_time

from conftest import Browser, auth_key
from holdspace.accounts.access import account_of_session, may_start_group
from holdspace.accounts.actions.sessions import begin_session, end_all_sessions
from holdspace.accounts.models import Account, Network, Session
from holdspace.accounts.sessions import key_of
from holdspace.live import endings
from holdspace.sealing.codec import to_b64url

pytestmark = pytest.mark.django_db
DOORS_FOR_THE_SIGNED_IN = [
    ("unlock", {"auth_key": "A" * 43}),
    ("recovery/new", {"auth_key": "A" * 43, "recovery_auth": "A" * 43, "recovery_wrapped": "A" * 112}),
    (
        "passphrase",
        {
            "auth_key": "A" * 43,
            "salt": "A" * 22,
            "profile": 1,
            "new_auth_key": "A" * 43,
            "wrapped": "A" * 112,
        },
    ),
    ("own-device/new", {"auth_key": "A" * 43, "device": "A" * 22, "code_auth": "A" * 43, "share": "A" * 43}),
    ("own-device/open", {"device": "A" * 22, "code_auth": "A" * 43}),
    ("own-device/end", {}),
    ("recovery-confirmed", {}),
    ("session-share", {}),
    ("session-share/new", {}),
    ("lock", {}),
    ("sign-out/everywhere", {}),
    ("sessions/end", {"session": "A" * 43}),
    ("keyring", {}),
    ("keyring/put", {"counter": 1, "blob": "AAAA"}),
]

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/18.0 Mobile/15E148 Safari/604.1"
)


def shown_key(browser: Browser) -> str:
    """The session's key as the account page shows it."""
    return to_b64url(key_of(browser.cookies[settings.SESSION_COOKIE_NAME].value))


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The accounts whose sockets were looked at again."""
    accounts: list[bytes] = []
    monkeypatch.setattr(endings, "look_again", accounts.append)
    return accounts


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
    browser: Browser, amara: Account, told: list[bytes], django_capture_on_commit_callbacks: Any
) -> None:
    browser.signed_in_as(amara)
    token = browser.cookies[settings.SESSION_COOKIE_NAME].value
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.ask("sign-out")
        assert told == [], "not before the commit"
    assert answer.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 0
    assert told == [amara.id]
    assert account_of_session(token) is None
    assert browser.ask("sign-out").status_code == 200


@pytest.mark.parametrize("door", ["sign-out", "sign-out/everywhere"])
def test_only_a_shared_device_is_told_to_forget_everything(amara: Account, door: str) -> None:
    at_home, borrowed = Browser().signed_in_as(amara), Browser()
    borrowed.cookies[settings.SESSION_COOKIE_NAME] = begin_session(amara, shared=True)
    assert "Clear-Site-Data" not in at_home.ask(door).headers
    borrowed.cookies[settings.SESSION_COOKIE_NAME] = begin_session(amara, shared=True)
    assert borrowed.ask(door).headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'


def test_signing_out_everywhere_ends_every_session_and_half(
    amara: Account, ben: Account, told: list[bytes], django_capture_on_commit_callbacks: Any
) -> None:
    phone, library, other = (Browser().signed_in_as(account) for account in (amara, amara, ben))
    for one in (phone, library, other):
        one.ask("session-share/new")
    with django_capture_on_commit_callbacks(execute=True):
        assert phone.ask("sign-out/everywhere").status_code == 200
    assert told == [amara.id]
    assert [one.ask("session-share").status_code for one in (phone, library, other)] == [401, 401, 200]


def test_one_session_is_ended_from_another(
    amara: Account, told: list[bytes], django_capture_on_commit_callbacks: Any
) -> None:
    phone, library = Browser().signed_in_as(amara), Browser().signed_in_as(amara)
    with django_capture_on_commit_callbacks(execute=True):
        assert phone.ask("sessions/end", {"session": shown_key(library)}).json() == {}
    assert told == [amara.id]
    assert (phone.ask("keyring").status_code, library.ask("keyring").status_code) == (200, 401)
    assert phone.ask("sessions/end", {"session": shown_key(library)}).status_code == 404, "gone"


def test_nobody_ends_somebody_elses_session(amara: Account, ben: Account) -> None:
    amaras, bens = Browser().signed_in_as(amara), Browser().signed_in_as(ben)
    foreign, none = (bens.ask("sessions/end", {"session": key}) for key in (shown_key(amaras), "A" * 43))
    assert (foreign.status_code, foreign.content) == (404, none.content)
    assert amaras.ask("keyring").status_code == 200
    assert bens.ask("sessions/end", {"session": "A"}).json()["code"] == "malformed"


def test_signing_in_again_ends_the_session_this_browser_had(browser: Browser, amara: Account) -> None:
    body = {"name": "Amara", "auth_key": auth_key(amara)}
    for _ in range(2):
        assert browser.ask("sign-in", body).status_code == 200
    assert Session.objects.count() == 1
    assert browser.ask("sign-in", {**body, "auth_key": "A" * 43}).status_code == 403
    assert browser.ask("keyring").status_code == 200, "a wrong try signs nobody out"


def test_the_list_of_sessions_is_the_persons_own_and_says_where_and_when(
    amara: Account, ben: Account
) -> None:
    with freeze_time("2026-03-05 10:00"):
        library = Browser()
        library.cookies[settings.SESSION_COOKIE_NAME] = begin_session(amara, True, FIREFOX)
    with freeze_time("2026-03-05 11:00"):
        phone = Browser()
        phone.cookies[settings.SESSION_COOKIE_NAME] = begin_session(amara, False, SAFARI)
        page = phone.get("/account/").content.decode()
    for words in (
        "This device",
        "Safari on iPhone",
        "Firefox on Windows",
        "Signed in on March 5, 2026, last here on",
    ):
        assert words in page
    assert page.count("You said that others use it too.") == 1
    assert page.count("End this one") == 1, "not for the one that is being looked from"
    assert "127.0.0.1" not in page
    bens = Browser().signed_in_as(ben).get("/account/").content.decode()
    assert ("Another program" in bens, "iPhone" in bens, "Firefox" in bens) == (True, False, False)


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


@pytest.mark.parametrize(
    "page", ["/account/", "/account/sheet/", "/account/passphrase/", "/account/own-device/", "/unlock/"]
)
def test_pages_of_the_signed_in_send_others_to_sign_in(browser: Browser, amara: Account, page: str) -> None:
    answer = browser.get(page)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")
    assert browser.signed_in_as(amara).get(page).status_code == 200


def test_the_account_page_says_what_is_kept(browser: Browser, amara: Account) -> None:
    page = browser.signed_in_as(amara).get("/account/").content.decode()
    assert "The browsers in which you are signed in" in page
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
