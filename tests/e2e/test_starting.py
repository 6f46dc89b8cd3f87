"""Somebody starts a group, from a phone: a walk of a few screens, kept on the way, that ends in a group and in pages to print."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.conftest import NewContext, NewPage
from tests.e2e.people import Kit, faults, press, sign_in, sign_up
from tests.e2e.rooms import arrived, ask_to_join, turn_to
from tests.e2e.seats import at_home, company_at, named, sit_down
from tests.e2e.starting import STEPS, screen, walks

PHONE = {"width": 360, "height": 740}
MOST_SCREENS = 12
PURPOSE = "What you want to do together"


def next_screen(page: Page) -> None:
    """Go on."""
    page.get_by_role("button", name="Next").locator("visible=true").click()


def pack_of(page: Page) -> str:
    """What stands on the pages, as one reads it."""
    return page.locator("[data-part=pack]").inner_text()


def test_a_weekly_group_is_started_on_a_phone_in_twelve_screens(person: NewPage, tmp_path: Path) -> None:
    ben, amara = person(viewport=PHONE, timezone_id="Europe/London"), person()
    for page, name in ((ben, "ben"), (amara, "amara")):
        at_home(page, named(name)[0])
    ben.goto("/groups/start/")
    first = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
    passed = walks(
        ben,
        "Lanterns",
        "Ben",
        place=lambda page: page.get_by_label("Where it is, and how").fill("Room 4, by the side door."),
        rhythm=lambda page: page.get_by_label("The first date").fill(first),
        danger=lambda page: page.get_by_label("The emergency number").fill("One two three."),
        agreement=lambda page: page.get_by_label("No pain counts less than another.").check(),
        invite=lambda page: page.get_by_label("I know who.").check(),
    )
    assert tuple(passed) == STEPS and len(passed) <= MOST_SCREENS
    press(ben, "Make a link")
    link = ben.locator("[data-part=link-card] [data-part=link]")
    expect(link).to_be_visible()
    is_printed(ben, tmp_path / "pages.pdf", link.inner_text())
    ask_to_join(amara, link.inner_text(), "Amara")
    found = ben.get_by_role("link", name="What others may find").get_attribute("href")
    assert found and re.fullmatch(r"/groups/[0-9a-f-]{36}/listing/", found)
    press(ben, "I have them. Open the group")
    arrived(ben)
    expect(ben.get_by_role("heading", level=1, name="Lanterns")).to_be_visible()
    turn_to(ben, "When we meet")
    expect(ben.get_by_text("Room 4, by the side door.")).to_be_visible()
    expect(ben.get_by_text("19:00").first).to_be_visible()
    ben.goto(re.sub(r"#.*", "#agreement", ben.url))
    agreed = ben.locator("[data-part=text]").locator("visible=true")
    expect(agreed).to_contain_text("1. What is said here stays here.")
    expect(agreed).to_contain_text("No pain counts less than another.")
    ben.goto("/groups/start/")
    expect(ben.get_by_label(PURPOSE)).to_have_value("")


def is_printed(page: Page, file: Path, link: str) -> None:
    """All that belongs on the pages stands there; what is for the screen alone does not."""
    said = pack_of(page)
    for words in (
        "To talk about the week.",
        "Room 4, by the side door.",
        "One two three.",
        "One person speaks at a time.",
    ):
        assert words in said, words
    assert link not in said
    page.emulate_media(media="print")
    for name in ("Print these pages", "Make a link", "Quick exit"):
        expect(page.get_by_text(name, exact=True)).to_be_hidden()
    expect(page.locator("[data-part=link-card]")).to_be_hidden()
    page.pdf(path=file, format="A4")
    count = len(re.findall(rb"/Type\s*/Page\b", file.read_bytes()))
    assert 8 <= count <= 10, count
    page.emulate_media(media="screen")


@pytest.mark.parametrize("shared", [False, True], ids=["own device", "shared device"])
def test_who_breaks_off_goes_on_where_they_were(device: NewContext, shared: bool) -> None:
    context = device(viewport=PHONE)
    page = context.new_page()
    kit = at_home(page, named("ben")[0])
    if shared:
        context, page = borrowed(device, kit)
    page.goto("/groups/start/")
    page.get_by_label(PURPOSE).fill("To talk about the week.")
    for _ in range(6):
        next_screen(page)
    screen(page, "names")
    page.get_by_label("Name of the group").fill("Lanterns")
    page.get_by_label("Your name in this group").press_sequentially("Ben")
    page.goto("/groups/")
    page.get_by_role("link", name="Go on starting a group").click()
    has_all(page)
    if not shared:
        other = context.new_page()
        other.goto("/groups/")
        expect(other.get_by_role("heading", name="My groups")).to_be_visible()
        with page.expect_event("close"):
            page.close(run_before_unload=True)
        page = other
        page.goto("/groups/start/")
        has_all(page)
    press(page, "Begin anew")
    page.get_by_role("dialog").get_by_role("button", name="Begin anew").click()
    screen(page, "purpose")
    expect(page.get_by_label(PURPOSE)).to_have_value("")


def borrowed(device: NewContext, kit: Kit) -> tuple[Any, Page]:
    """Signed in on a device that others use, too."""
    context = device(viewport=PHONE)
    page = context.new_page()
    sign_in(page, kit, shared=True)
    page.wait_for_url("**/groups/")
    return context, page


def has_all(page: Page) -> None:
    """On the screen that was left, with what was written; and on those before it."""
    screen(page, "names")
    expect(page.get_by_label("Name of the group")).to_have_value("Lanterns")
    expect(page.get_by_label("Your name in this group")).to_have_value("Ben")
    expect(page.get_by_text("You began this before.")).to_be_visible()
    walk_to(page, "purpose")
    expect(page.get_by_label(PURPOSE)).to_have_value("To talk about the week.")
    page.go_back()
    screen(page, "names")


def shows_sheet(page: Page, code: str) -> None:
    """From the card to the sheet's page, and back to where the card was."""
    page.get_by_role("link", name="Check my sheet").click()
    page.get_by_label("The seven parts of your recovery sheet").fill(code)
    press(page, "Try my sheet")
    expect(page.get_by_role("heading", name="Your sheet works")).to_be_focused()
    press(page, "Go on")


def test_who_put_their_sheet_off_shows_it_before_they_start_a_group(person: NewPage) -> None:
    page = person(viewport=PHONE)
    kit = sign_up(page, named("ben")[0], confirm=False)
    page.goto("/groups/start/")
    expect(page.get_by_text("Please check your recovery sheet first.")).to_be_visible()
    expect(page.get_by_label(PURPOSE)).to_have_count(0)
    assert faults(page) == []
    shows_sheet(page, kit.code)
    screen(page, "purpose")


def test_a_facilitator_who_put_their_sheet_off_shows_it_before_they_have_the_tools(person: NewPage) -> None:
    page = person()
    with company_at(page) as somebody:
        ben = somebody(named("ben")[0])
        group = ben.start_group("Lanterns", "Ben")["group"]
        sit_down(page, ben)
    page.goto(f"/groups/{group}/#facilitating")
    expect(page.get_by_text("Please check your recovery sheet first.")).to_be_visible()
    expect(page.get_by_role("heading", name="For facilitators")).to_be_visible()
    expect(page.get_by_role("button", name="Make a link")).to_have_count(0)
    shows_sheet(page, ben.code)
    expect(page.get_by_role("button", name="Make a link")).to_be_visible()
    expect(page.get_by_role("link", name="Check my sheet")).to_have_count(0)


def test_what_does_not_fit_is_said_and_nothing_is_lost(person: NewPage) -> None:
    page = person(viewport=PHONE)
    at_home(page, named("ben")[0])
    page.goto("/groups/start/#look")
    screen(page, "purpose")
    is_told(page, PURPOSE, {"": "Say in a few words", "   ": "Say in a few words"}, "To talk.")
    is_told(
        page,
        "How many people",
        {"": "Say how many", "1": "2 to 16", "400": "2 to 16", "3.5": "2 to 16"},
        "12",
    )
    next_screen(page)
    page.get_by_label("It lasts").select_option("60")
    expect(page.get_by_text("each has less than three minutes")).to_be_visible()
    soon = (datetime.now(UTC) + timedelta(days=9)).date().isoformat()
    is_told(page, "The first date", {"": "Choose the day", "2020-02-02": "This day is over"}, soon)
    walk_to(page, "look")
    screen(page, "names")
    is_told(page, "Your name in this group", {"": "Choose a name for yourself"}, "Ben")
    next_screen(page)
    expect(page.get_by_role("alert")).to_contain_text("Choose one of the two")
    page.get_by_label("We have to report.").check()
    next_screen(page)
    expect(page.locator("[data-part=always]")).to_contain_text("must pass on some things")
    walk_to(page, "purpose")
    expect(page.get_by_label(PURPOSE)).to_have_value("To talk.")


def is_told(page: Page, label: str, wrong: dict[str, str], right: str) -> None:
    """On the screen that is seen: for each wrong filling what is said, where the keyboard stands, and that the right one goes on."""
    field = page.get_by_label(label)
    for filling, said in wrong.items():
        field.fill(filling)
        next_screen(page)
        expect(page.get_by_role("alert")).to_contain_text(said)
        expect(field).to_be_focused()
        expect(field).to_have_value(filling)
    field.fill(right)
    next_screen(page)
    expect(field).to_be_hidden()


def walk_to(page: Page, step: str) -> None:
    """By the address, as with the way back of a phone."""
    page.evaluate("step => (location.hash = step)", step)


def test_a_group_whose_beginning_was_cut_off_is_finished_and_not_made_twice(person: NewPage) -> None:
    page = person()
    at_home(page, named("ben")[0])
    line = CutLine(page)
    page.goto("/groups/start/")
    page.get_by_label(PURPOSE).fill("To talk.")
    for _ in range(6):
        next_screen(page)
    page.get_by_label("Name of the group").fill("Cut in the middle")
    page.get_by_label("Your name in this group").fill("Ben")
    next_screen(page)
    page.get_by_label("Ask first.").check()
    for _ in range(3):
        next_screen(page)
    page.get_by_label("I have read the principles").check()
    line.cuts_after(b"append")
    press(page, "Start the group")
    line.waits_until_cut(page)
    line.mends()
    page.reload()
    walk_to(page, "agreement")
    page.get_by_text("Change the words by hand").click()
    page.get_by_label("One rule on each line").fill("A rule too late.")
    walk_to(page, "look")
    press(page, "Start the group")
    # What was signed before the cut is what the founder prints and the group has.
    signed = page.locator("[data-part=pack] [data-part=agreement]")
    expect(signed).to_contain_text("stays here")
    expect(signed).not_to_contain_text("A rule too late.")
    press(page, "I have them. Open the group")
    arrived(page)
    page.goto("/groups/")
    expect(page.locator("[data-part=groups] > li")).to_have_count(1)
    expect(page.get_by_role("heading", name="Cut in the middle")).to_be_visible()


class CutLine:
    """The line to the server, which may be cut as soon as something was said on it."""

    def __init__(self, page: Page) -> None:
        self._last: bytes | None = None
        self._was_said = self.is_cut = False
        page.route_web_socket("**/live", self._between)

    def _between(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def hear(words: str | bytes) -> None:
            self.is_cut = self.is_cut or self._was_said
            if self.is_cut:
                return
            self._was_said = bool(self._last and isinstance(words, bytes) and self._last in words)
            server.send(words)

        socket.on_message(hear)

    def cuts_after(self, words: bytes) -> None:
        """What comes after these words goes nowhere."""
        self._last = words

    def waits_until_cut(self, page: Page) -> None:
        """Until somebody said more."""
        for _ in range(400):
            if self.is_cut:
                return
            page.wait_for_timeout(50)
        raise AssertionError("nothing more was said")

    def mends(self) -> None:
        """The next line goes through."""
        self._last, self._was_said, self.is_cut = None, False, False
