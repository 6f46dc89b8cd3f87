"""Quick exit, and what a tab, a history or a shared screen could tell."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLResolver, get_resolver

from conftest import Browser
from holdspace.accounts.actions.sessions import begin_session
from holdspace.accounts.models import Account, Session
from holdspace.live import endings

pytestmark = pytest.mark.django_db
COOKIES = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME", "KNOWN_COOKIE_NAME")
ALL = '"cache", "cookies", "storage"'


def beacon(browser: Client, **headers: str) -> Any:
    """What a page sends while it goes away: nothing, but that it is our own page."""
    names = {"Sec-Fetch-Site": "same-origin"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return browser.post("/seal/exit", "", content_type="text/plain", headers=names)


def shared(account: Account) -> Browser:
    """On a borrowed device."""
    browser = Browser()
    browser.cookies[settings.SESSION_COOKIE_NAME] = begin_session(account, shared=True)
    return browser


def gone(answer: Any) -> bool:
    """Every cookie of ours is taken away, none is given."""
    return all(answer.cookies[getattr(settings, name)]["max-age"] == 0 for name in COOKIES)


def test_the_beacon_ends_the_session_and_its_sockets(
    amara: Account, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    told: list[bytes] = []
    monkeypatch.setattr(endings, "look_again", told.append)
    with django_capture_on_commit_callbacks(execute=True):
        answer = beacon(Browser().signed_in_as(amara))
    assert (answer.status_code, answer.content, told) == (204, b"", [amara.id])
    assert gone(answer)
    assert not Session.objects.exists()


def test_the_link_does_the_same_and_goes_to_the_neutral_page(amara: Account) -> None:
    answer = Browser().signed_in_as(amara).get("/exit/", headers={"Sec-Fetch-Site": "same-origin"})
    assert (answer.status_code, answer.headers["Location"]) == (302, settings.EXIT_TO)
    assert gone(answer)
    assert not Session.objects.exists()


def test_only_on_a_shared_device_everything_is_cleared(amara: Account) -> None:
    """ "cookies" would reach the host's other places, and "storage" the drafts that wait, sealed, on a device of one's own."""
    at_home = [
        beacon(Browser().signed_in_as(amara)),
        Browser().signed_in_as(amara).get("/exit/"),
        Browser().get("/exit/"),
    ]
    assert {answer.headers["Clear-Site-Data"] for answer in at_home} == {'"cache"'}
    borrowed = [beacon(shared(amara)), shared(amara).get("/exit/")]
    assert {answer.headers["Clear-Site-Data"] for answer in borrowed} == {ALL}


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_signs_nobody_out(amara: Account, site: str) -> None:
    browser = Browser().signed_in_as(amara)
    assert beacon(browser, Sec_Fetch_Site=site).status_code == 403
    answer = browser.get("/exit/", headers={"Sec-Fetch-Site": site})
    assert (answer.status_code, "Clear-Site-Data" in answer.headers) == (302, False)
    assert Session.objects.count() == 1
    assert browser.get("/seal/exit").status_code == 404
    assert browser.post("/exit/", headers={"X-CSRFToken": "a" * 32}).status_code == 405


def test_another_site_signs_nobody_out_with_a_browser_that_names_only_the_origin(amara: Account) -> None:
    browser = Browser().signed_in_as(amara)
    old = {"Origin": "https://elsewhere.example"}
    answer = browser.post("/seal/exit", "", content_type="text/plain", headers=old)
    assert (answer.status_code, "Clear-Site-Data" in answer.headers) == (403, False)
    assert Session.objects.count() == 1
    own = browser.post("/seal/exit", "", content_type="text/plain", headers={"Origin": "http://testserver"})
    assert (own.status_code, Session.objects.count()) == (204, 0)


def test_who_leaves_a_page_that_gave_no_cookie_has_the_cache_cleared_too(db: None) -> None:
    """The directory hands out no token, so none can be asked for (decision 0014)."""
    nobody = Client(enforce_csrf_checks=True)
    assert not nobody.get("/find/").cookies
    answer = beacon(nobody)
    assert (answer.status_code, answer.headers["Clear-Site-Data"]) == (204, '"cache"')


def test_somebody_who_is_signed_out_already_may_leave_too(db: None) -> None:
    assert beacon(Browser()).status_code == 204
    assert Browser().get("/exit/").status_code == 302


# Titles and icons -------------------------------------------------------------------------------------------------------

HEAD = re.compile(r"<head>.*</head>", re.DOTALL)
ICON = re.compile(r'<link rel="[^"]*icon[^"]*"[^>]*>')


def looks(page: str) -> tuple[list[str], list[str]]:
    """The titles and icons of a page."""
    head = HEAD.search(page)
    assert head, page
    assert "<title" not in page.replace(head[0], ""), "a title outside of the head"
    return re.findall(r"<title>(.*?)</title>", head[0]), ICON.findall(head[0])


def is_neutral(page: str) -> bool:
    """Its tab reads "Home" and shows the one mark."""
    icon = f'<link rel="icon" href="{settings.STATIC_URL}ui/icon.svg" type="image/svg+xml">'
    return looks(page) == (["Home"], [icon])


# Every address without a part to fill in, and some of the others as a stranger meets them.
ADDRESSES = [
    str(each.pattern)
    for app in get_resolver().url_patterns
    if isinstance(app, URLResolver)
    for each in app.url_patterns
]
NO_PAGES = ("seal/", "exit/", "language/", "groups/parts/")
# What programs read: there is no tab.
FEEDS = ("find.json", "find.ics", "feeds/", "client_interface/", "hsds/")
PAGES = [f"/{path}" for path in ADDRESSES if not path.startswith(NO_PAGES + FEEDS) and "<" not in path]
PAGES += ["/nowhere/", "/setup/guessed/", "/reset/guessed/", f"/groups/{'0' * 8}-0000-4000-8000-{'0' * 12}/"]


def test_the_addresses_are_all_there() -> None:
    assert {"/", "/sign-in/", "/account/", "/account/own-device/", "/groups/", "/join/"} <= set(PAGES)


@pytest.mark.parametrize("path", PAGES)
def test_no_tab_says_where_somebody_is(amara: Account, path: str) -> None:
    for browser in (Browser(), Browser().signed_in_as(amara)):
        answer = browser.get(path)
        assert answer.status_code in (200, 404) or answer.headers["Location"] == "/sign-in/"
        assert answer.status_code == 302 or is_neutral(answer.content.decode())


@pytest.mark.urls("holdspace.ui.tests.addresses")
def test_neither_does_a_page_for_what_went_wrong(db: None) -> None:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    for path, status in (("/breaks/", 500), ("/refuses/", 422)):
        answer = client.get(path)
        assert (answer.status_code, is_neutral(answer.content.decode())) == (status, True)
    foreign = client.post("/refuses/")
    assert (foreign.status_code, is_neutral(foreign.content.decode())) == (403, True)


def test_the_mark_is_a_shape_without_words() -> None:
    mark = (settings.BROWSER / "ui" / "icon.svg").read_text()
    assert not re.search(r"<text|<title|<desc|<image|href|holdspace", mark, re.IGNORECASE)
    assert mark.startswith("<svg")
