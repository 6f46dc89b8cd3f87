"""From the directory into a group, without a link: a stranger asks, waits, is told "later", is let in, and words are compared."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from client import ids
from tests.conftest import NewPage
from tests.e2e.people import faults, press, sign_up
from tests.e2e.rooms import GROUP, fill_join, in_a_group, let_in, readers, turn_to
from tests.e2e.seats import at_home, named
from tests.listed import TITLE, list_group
from tests.running import Running


@pytest.fixture
def ben(person: NewPage) -> Page:
    """Ben has a group, open before him."""
    page = person()
    in_a_group(page, named("ben")[0], "Tuesday evening", "Ben")
    return page


@pytest.fixture
def slug(ben: Page, server: Running) -> str:
    """His group stands in the directory."""
    return list_group(server, ids.parse(ben.url.rstrip("/").rsplit("/", 1)[1]))


def wishes(page: Page) -> Locator:
    """What Ben sees of those who asked from the directory."""
    turn_to(page, "For facilitators")
    found = page.get_by_role("region", name="Asked from the public list")
    expect(found).to_be_visible()
    return found


def comes_from_the_listing(amara: Page, slug: str) -> Locator:
    """A stranger finds the listing, makes an account and asks. What she reads about it among her groups."""
    amara.goto(f"/find/{slug}/")
    amara.get_by_role("link", name="Bring me here").click()
    expect(amara.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    assert faults(amara) == []
    amara.get_by_role("link", name="Make an account").click()
    sign_up(amara, named("amara")[0], goes_to=f"/find/{slug}/ask/")
    press(amara, "Ask to join")
    expect(amara.get_by_role("heading", level=1, name="You asked to join")).to_be_visible()
    amara.get_by_role("link", name="My groups").last.click()
    return amara.get_by_role("region", name="Asked to join")


def goes_on(ben: Page, amara: Page) -> None:
    """With her invite, like anybody with a link."""
    press(amara, "Read the invite")
    expect(amara.get_by_role("heading", level=1, name="Tuesday evening")).to_be_visible()
    fill_join(amara, "Amara")
    expect(ben.get_by_text("They found this group in the public list.")).to_be_visible()
    let_in(ben, "Amara")
    amara.wait_for_url(GROUP)
    readers(ben, 2)


def in_the_list(ben: Page) -> Locator:
    """Amara, as Ben sees her among the people."""
    turn_to(ben, "People")
    hers = ben.locator("[data-part=members] > li").filter(has_text="Amara")
    expect(hers).to_be_visible()
    return hers


def test_a_stranger_asks_waits_for_a_place_is_let_in_and_words_are_compared(
    ben: Page, person: NewPage, slug: str
) -> None:
    amara = person()
    stands = comes_from_the_listing(amara, slug)
    expect(stands).to_contain_text(f"{TITLE}: you asked to join from the public list.")
    asked = wishes(ben)
    press(ben, "Later, when there is a place")
    expect(asked).to_contain_text("You told them: later, when there is a place.")
    expect(stands).to_contain_text("you can come later, when there is a place.")
    assert faults(ben) == []
    press(ben, "Let them come")
    expect(stands).to_contain_text("you may come.")
    assert faults(amara) == []
    goes_on(ben, amara)
    turn_to(amara, "People")
    own = amara.get_by_role("region", name="Your four words").locator(".group-words")
    expect(own).to_have_text(re.compile(r"^\S+( · \S+){3}$"))
    hers = in_the_list(ben)
    expect(hers).to_contain_text("Came through the public list, words not compared.")
    assert faults(ben) == []
    press(ben, "Compare words")
    expect(ben.get_by_role("dialog").locator(".group-words")).to_have_text(own.inner_text())
    press(ben, "The words are the same")
    expect(hers.get_by_text("words not compared")).to_be_hidden()
    ben.reload()
    expect(in_the_list(ben).get_by_text("words not compared")).to_be_hidden()


def test_an_ask_is_taken_back_and_a_no_is_told_kindly(ben: Page, person: NewPage, slug: str) -> None:
    amara = person()
    at_home(amara, named("amara")[0])
    amara.goto(f"/find/{slug}/ask/")
    press(amara, "Ask to join")
    amara.goto("/groups/")
    asked = wishes(ben)
    press(amara, "Take my ask back")
    expect(amara.get_by_text("You are not in a group yet.")).to_be_visible()
    expect(asked).to_be_hidden()
    amara.goto(f"/find/{slug}/ask/")
    press(amara, "Ask to join")
    expect(amara.get_by_role("heading", level=1, name="You asked to join")).to_be_visible()
    wishes(ben).get_by_role("button", name="Say no").click()
    ben.get_by_role("dialog").get_by_role("button", name="Say no").click()
    expect(asked).to_be_hidden()
    amara.goto("/groups/")
    expect(amara.get_by_role("region", name="Asked to join")).to_contain_text("this time the answer was no.")
    expect(amara.get_by_role("button", name="Take my ask back")).to_be_hidden()
