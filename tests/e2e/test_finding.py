"""Looking for a group: with JavaScript and without, by keyboard alone, on a small screen, and nothing stays of it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from holdspace.directory.tests.geonames import wheel
from tests.conftest import NewPage
from tests.e2e.people import faults
from tests.running import Running

MEETINGS = [
    {"name": "Lantern circle", "slug": "lantern", "day": 2, "time": "18:00", "end_time": "19:30", "timezone": "Europe/Berlin",
     "types": ["O", "EN"], "location": "Old school", "formatted_address": "Am Markt 1, Berlin, Germany", "city": "Berlin",
     "country": "DE", "latitude": 52.45, "longitude": 13.58},
    {"name": "Evening line", "slug": "evening", "day": 3, "time": "13:00", "end_time": "14:00", "timezone": "America/New_York",
     "types": ["O", "ONL", "EN"], "conference_url": "https://zoom.us/j/1", "formatted_address": "New York, NY, USA"},
]  # fmt: skip


@pytest.fixture(scope="module")
def listed(server: Running, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A network that lists two groups and knows a few towns."""
    folder = tmp_path_factory.mktemp("lists")
    (folder / "meetings.json").write_text(json.dumps(MEETINGS))
    server.console("directory", "places", str(wheel(folder)))
    server.console(
        "directory", "import", str(folder / "meetings.json"), "--format", "meeting-guide", "--source", "two", "--program", "aa"
    )  # fmt: skip
    yield server
    Path(server.data / "places.sqlite3").unlink()


def look(page: Page) -> None:
    """Send the form."""
    page.get_by_role("button", name="Look for groups").click()


def cards(page: Page) -> list[str]:
    """The names of the groups that were found."""
    expect(page.get_by_role("link", name="Link to this search")).to_be_visible()
    return page.locator("#found h3 a").all_inner_texts()


def test_a_group_is_found_without_javascript_and_nothing_stays(listed: Running, person: NewPage) -> None:
    page = person(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page.goto("/find/")
    page.get_by_label("Near a town").fill("Köpenick")
    look(page)
    assert cards(page) == ["Lantern circle"]
    assert page.url.endswith("/find/#found"), "the address holds nothing of what was looked for"
    expect(page.locator("#found")).to_contain_text("Times are as on a clock in Berlin.")
    page.get_by_role("link", name="Lantern circle", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lantern circle")
    expect(page.get_by_text("Old school")).to_be_visible()
    assert page.context.cookies() == []
    assert "penick" not in listed.log.read_text()


def test_the_clock_of_the_device_is_chosen_for_me(listed: Running, person: NewPage) -> None:
    page = person(timezone_id="Asia/Tokyo")
    page.goto("/find/")
    expect(page.get_by_label("Your clock")).to_have_value("Asia/Tokyo")
    page.get_by_label("Online or by phone").check()
    look(page)
    assert cards(page) == ["Evening line"]
    expect(page.locator("#found")).to_contain_text("(Tokyo)")
    expect(page.locator("#found")).to_contain_text("1 p.m. in New York")
    assert page.context.cookies() == []


def test_the_keyboard_alone_finds_a_group(listed: Running, person: NewPage) -> None:
    page = person()
    page.goto("/find/")
    page.get_by_label("Or in your own words").focus()
    page.keyboard.type("lantren")
    page.keyboard.press("Enter")
    assert cards(page) == ["Lantern circle"]
    expect(page.get_by_text("No group says “lantren”.")).to_be_visible()
    page.get_by_role("link", name="Lantern circle", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lantern circle")


def test_the_map_leads_to_a_group_without_javascript_and_by_keyboard(
    listed: Running, person: NewPage
) -> None:
    page = person(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page.goto("/find/")
    page.get_by_label("Near a town").fill("Köpenick")
    page.get_by_label("How far would you go?").select_option("10")
    look(page)
    expect(page.get_by_role("group", name="The groups on a map")).to_be_visible()
    pin = page.get_by_role("link", name="1: Lantern circle")
    box = pin.locator("circle").bounding_box()
    assert box and min(box["width"], box["height"]) >= 24, "a thumb meets it"
    page.get_by_role("button", name="Closer: within 5 km").click()
    assert page.url.endswith("/find/#found")
    expect(page.locator("#found")).to_contain_text("Within 5 km of Köpenick")
    page.get_by_text("The groups on a map").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip the map")).to_be_focused()
    page.keyboard.press("Tab")
    expect(pin).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lantern circle")
    assert page.context.cookies() == []
    assert "penick" not in listed.log.read_text()


def test_when_nothing_fits_it_says_what_to_do_next(listed: Running, person: NewPage) -> None:
    page = person()
    page.goto("/find/?q=xylophone")
    expect(page.get_by_role("heading", name="No group fits all of this yet")).to_be_visible()
    expect(page.get_by_label("Or in your own words")).to_have_value("xylophone")


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_the_directory_fits_and_axe_finds_nothing(
    listed: Running, person: NewPage, width: int, scheme: str
) -> None:
    page = person(viewport={"width": width, "height": 700}, color_scheme=scheme)
    for address in (
        "/find/",
        "/find/?q=lantern",
        "/find/?near=Nowhereville",
        "/find/?near=K%C3%B6penick&km=5",
        "/find/?q=xylophone",
    ):
        page.goto(address)
        _fits(page, address)
    page.goto("/find/?q=lantern")
    page.get_by_text("What else you need").click()
    _fits(page, "more")
    page.get_by_role("link", name="Lantern circle", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lantern circle")
    _fits(page, "listing")


def _fits(page: Page, where: str) -> None:
    expect(page.locator("h1")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), where
    assert faults(page) == [], where
