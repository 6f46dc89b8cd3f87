"""The page on which facilitators write what others may find: who comes in, what doesn't fit, and that nothing is lost."""

import re
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from conftest import Browser
from holdspace.accounts.models import Account
from holdspace.directory import queries
from holdspace.directory.actions.places import build
from holdspace.directory.models import Listing, OwnListing, OwnState
from holdspace.directory.offer import Offer
from holdspace.directory.tests.geonames import wheel
from holdspace.directory.tests.own import OFFER, group_of, shown
from holdspace.groups.tests.cast import Circle
from holdspace.ui.ids import text

pytestmark = pytest.mark.django_db
SAID = {name: value for name, value in asdict(OFFER).items() if value not in (None, False, ())}


@pytest.fixture
def circle(ben: Account, amara: Account) -> Circle:
    """Ben guides, Amara is a member."""
    return group_of(ben, amara)


@pytest.fixture
def bens(browser: Browser, ben: Account) -> Browser:
    """Ben's browser."""
    return browser.signed_in_as(ben)


def address(circle: Circle) -> str:
    """Of the page."""
    return f"/groups/{text(circle.id)}/listing/"


def send(browser: Browser, circle: Circle, act: str = "", **said: Any) -> Any:
    """Send the form, or do something with the whole."""
    body = said if act else {"do": "ask", "principles": "on", **SAID, **said}
    return browser.post(address(circle) + act, {"csrfmiddlewaretoken": "a" * 32, **body})


def own_of(circle: Circle) -> OwnListing:
    """Its row."""
    row = queries.own_listing(circle.id)
    assert row is not None
    return row


def test_facilitators_alone_come_in(
    circle: Circle, ben: Account, amara: Account, dana: Account, chidi: Account
) -> None:
    answers = {
        account.name: Browser().signed_in_as(account).get(address(circle)).status_code
        for account in (ben, amara, dana, chidi)
    }
    assert answers == {"Ben": 200, "Amara": 404, "Dana": 404, "Chidi": 404}
    assert Browser().get(address(circle)).status_code == 404
    assert send(Browser().signed_in_as(amara), circle).status_code == 404
    assert send(Browser().signed_in_as(amara), circle, "act/", do="take-down").status_code == 404


def test_a_form_from_elsewhere_changes_nothing(circle: Circle, ben: Account) -> None:
    browser = Browser().signed_in_as(ben)
    assert browser.post(address(circle), {"do": "save", **SAID}).status_code == 403
    assert not OwnListing.objects.exists()


def test_the_page_lets_its_form_show_where_it_came_from(bens: Browser, circle: Circle) -> None:
    assert bens.get(address(circle)).headers["Referrer-Policy"] == "same-origin"


def test_what_was_written_waits_for_a_coordinator(bens: Browser, circle: Circle) -> None:
    answer = send(bens, circle)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{address(circle)}#kept")
    row = own_of(circle)
    assert (row.state, row.drafted(), row.principles) == (OwnState.WAITING, OFFER, 1)
    assert "A coordinator reads it." in bens.get(address(circle)).content.decode()


def test_half_a_draft_is_kept(bens: Browser, circle: Circle) -> None:
    send(bens, circle, do="save", title="Only this", about="", topics="", languages="")
    row = own_of(circle)
    assert (row.state, row.drafted().title, row.drafted().topics) == (OwnState.DRAFT, "Only this", ())
    assert 'value="Only this"' in bens.get(address(circle)).content.decode()


@pytest.mark.parametrize(
    "missing", ["title", "host", "topics", "about", "happens", "greets", "never", "languages", "online"]
)
def test_nothing_is_asked_for_that_is_not_whole_and_all_is_kept(
    bens: Browser, circle: Circle, missing: str
) -> None:
    page = send(bens, circle, **{missing: ""}).content.decode()
    assert "Something is still missing." in page
    assert page.count("field-problem") == 1
    assert 'name="principles" value="on" checked' in page
    assert own_of(circle).state == OwnState.DRAFT
    if missing != "about":
        assert OFFER.about in page


def test_who_has_not_said_yes_to_the_principles_is_asked_to(bens: Browser, circle: Circle) -> None:
    assert "read the principles" in send(bens, circle, principles="").content.decode()
    assert own_of(circle).state == OwnState.DRAFT


def test_without_a_lead_the_page_says_what_is_lacking(ben: Account, bens: Browser) -> None:
    circle = group_of(ben, leads=())
    assert "it needs a lead" in bens.get(address(circle)).content.decode()
    assert "it needs a lead" in send(bens, circle).content.decode()
    assert own_of(circle).state == OwnState.DRAFT


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("title", "x" * 81, "80 signs is the most"),
        ("about", "x\0y", "nobody can see"),
        ("topics", "astrology", "choose from the list"),
        ("topics", ["grief", "anxiety", "alcohol", "loneliness"], "Three are the most"),
        ("languages", "tlh-x", "choose from the list"),
        ("link", "javascript:alert(1)", "begins with https://"),
        ("link", "http://meet.example/a", "begins with https://"),
        ("link", "https://ben:secret@meet.example/", "begins with https://"),
        ("phone_number", "call Sam", "a number one can dial"),
        ("youngest", "17", "18 or older"),
        ("youngest", "old", "a number, such as 18"),
        ("oldest", "500", "an age that people reach"),
        ("openness", "maybe", "choose from the list"),
        ("places", "7", "choose from the list"),
        ("access", "stairs", "choose from the list"),
    ],
)
def test_what_does_not_fit_is_a_sentence_and_nothing_is_lost(
    bens: Browser, circle: Circle, name: str, value: Any, sentence: str
) -> None:
    page = send(bens, circle, **{name: value}).content.decode()
    assert sentence in page
    assert "Nothing you wrote is lost." in page
    assert OFFER.happens in page
    assert not OwnListing.objects.exists()


def test_ages_follow_one_another(bens: Browser, circle: Circle) -> None:
    assert "below the first one" in send(bens, circle, youngest="40", oldest="30").content.decode()


def test_a_town_is_found_on_the_map_and_never_exactly(
    bens: Browser, circle: Circle, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    build(wheel(tmp_path))
    assert (
        "We know no town of this name" in send(bens, circle, in_person="on", city="Xyzzyx").content.decode()
    )
    send(bens, circle, in_person="on", city="Köpenick")
    offer = own_of(circle).drafted()
    assert (offer.country, offer.lat, offer.lon) == ("DE", 52.44, 13.58)
    page = send(bens, circle, in_person="on", city="").content.decode()
    assert "Please write the town" in page


def test_a_program_is_told_in_json(bens: Browser, circle: Circle) -> None:
    body = {"csrfmiddlewaretoken": "a" * 32, **SAID}
    json = {"Accept": "application/json"}
    kept = bens.post(address(circle), {**body, "do": "save"}, headers=json)
    assert (kept.status_code, kept.json()) == (200, {"state": "draft"})
    refused = bens.post(address(circle), {**body, "do": "ask", "principles": "on", "title": ""}, headers=json)
    assert refused.status_code == 422
    assert refused.json()["code"] == "listing-unfinished"
    assert list(refused.json()["problems"]) == ["title"]


def test_the_page_of_a_listing_tells_a_newcomer_what_will_happen(
    circle: Circle, ben: Account, chidi: Account
) -> None:
    row = shown(circle.id, ben, chidi)
    assert row.listing is not None
    page = Browser().get(f"/find/{row.listing.slug}/").content.decode()
    for words in (
        OFFER.happens,
        OFFER.greets,
        OFFER.never,
        "There are a few places",
        "Ask first",
        "of this network",
    ):
        assert words in page
    assert text(circle.id) not in page


def test_a_group_that_rests_says_until_when(
    bens: Browser, circle: Circle, ben: Account, chidi: Account
) -> None:
    row = shown(circle.id, ben, chidi)
    assert row.listing is not None
    until = timezone.now().date() + timedelta(days=30)
    assert send(bens, circle, "act/", do="rest", until=str(until)).status_code == 303
    assert f"rests until {until.day}" in Browser().get(f"/find/{row.listing.slug}/").content.decode()
    send(bens, circle, "act/", do="go-on")
    assert "rests" not in Browser().get(f"/find/{row.listing.slug}/").content.decode()


def test_what_is_being_written_is_kept_when_something_beside_it_is_pressed(
    bens: Browser, circle: Circle, ben: Account, chidi: Account
) -> None:
    shown(circle.id, ben, chidi)
    written = SAID | {"title": "Another title"}
    send(bens, circle, "act/", **written | {"do": "rest"})
    assert own_of(circle).rests
    assert own_of(circle).drafted().title == "Another title"
    send(bens, circle, **written)
    assert own_of(circle).state == OwnState.WAITING
    # The same words again take nothing back from the coordinators.
    send(bens, circle, "act/", **written | {"do": "go-on"})
    assert own_of(circle).state == OwnState.WAITING
    assert not own_of(circle).rests


def test_what_does_not_fit_yet_stays_on_the_page_and_keeps_nobody_from_taking_it_down(
    bens: Browser, circle: Circle, ben: Account, chidi: Account
) -> None:
    shown(circle.id, ben, chidi)
    page = send(bens, circle, "act/", **SAID | {"link": "no link", "do": "take-down"}).content.decode()
    assert "whole address" in page
    assert 'value="no link"' in page
    assert own_of(circle).state == OwnState.ENDED


@pytest.mark.parametrize("until", ["2001-01-01", "tomorrow", "2999-01-01"])
def test_a_day_that_makes_no_sense_changes_nothing(
    bens: Browser, circle: Circle, ben: Account, chidi: Account, until: str
) -> None:
    shown(circle.id, ben, chidi)
    page = send(bens, circle, "act/", do="rest", until=until).content.decode()
    assert set(re.findall(r'action="([^"]*/listing/[^"]*)"', page)) == {
        address(circle),
        address(circle) + "act/",
    }
    assert "the day like" in page or "within the next year" in page
    assert not own_of(circle).rests


def test_after_some_months_facilitators_are_asked_whether_it_is_still_true(
    bens: Browser, circle: Circle, ben: Account, chidi: Account
) -> None:
    shown(circle.id, ben, chidi)
    assert "still true?" not in bens.get(address(circle)).content.decode()
    OwnListing.objects.update(confirmed=timezone.now() - timedelta(days=130))
    assert "still true?" in bens.get(address(circle)).content.decode()
    send(bens, circle, "act/", do="still-true")
    assert "still true?" not in bens.get(address(circle)).content.decode()
    confirmed = Listing.objects.get().confirmed
    assert confirmed is not None
    assert timezone.now() - confirmed < timedelta(minutes=5)


def test_facilitators_take_it_down_themselves(
    bens: Browser, circle: Circle, ben: Account, chidi: Account
) -> None:
    shown(circle.id, ben, chidi)
    send(bens, circle, "act/", do="take-down")
    assert not own_of(circle).is_found
    assert own_of(circle).drafted() == OFFER
    assert isinstance(own_of(circle).offered(), Offer)


def test_an_act_there_is_not_does_nothing(
    bens: Browser, circle: Circle, ben: Account, chidi: Account
) -> None:
    assert send(bens, circle, "act/", do="take-down").status_code == 422
    shown(circle.id, ben, chidi)
    assert send(bens, circle, "act/", do="explode").status_code == 404
    assert bens.get(address(circle) + "act/").status_code == 405
    assert own_of(circle).is_found
