"""A group in which much was said: what is far from the screen costs nothing, and misses nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conftest import NewContext, NewPage
from tests.e2e.people import press
from tests.e2e.rooms import MOVED, opener, read_back, sees, share, writing_box
from tests.e2e.seats import sit_down
from tests.members import Someone, admitted, company
from tests.running import Running

pytestmark = pytest.mark.journey

SHARED = 120
# No more than these stand on the page at a time (browser/conversations/stretch.js).
MOST = 300


@pytest.fixture
def ben(server: Running, tmp_path: Path) -> Iterator[Someone]:
    """A facilitator without a browser, whose sheet is put away."""
    with company(server, tmp_path) as somebody:
        ben = somebody(f"ben-{tmp_path.name[-12:].strip('-_')}")
        ben.server.seal("recovery-confirmed")
        yield ben


def opened(page: Page, someone: Someone, group: str) -> None:
    """Their group in a browser."""
    sit_down(page, someone)
    page.goto(f"/groups/{group}/")
    expect(writing_box(page)).to_be_enabled()


def five_days(ben: Someone, person: NewPage, width: int) -> Page:
    """A group of Ben's with a few words in it, open on a screen of this width."""
    group = str(ben.start_group("A few days")["group"])
    for number in range(5):
        ben.share(group, f"Day {number}.")
    page = person(viewport={"width": width, "height": 740})
    opened(page, ben, group)
    return page


def test_what_is_far_away_is_whole_again_when_it_comes_near(ben: Someone, person: NewPage) -> None:
    group = str(ben.start_group("A long year")["group"])
    said = [ben.share(group, f"Day {number}.")["item"] for number in range(SHARED)]
    page = person()
    opened(page, ben, group)
    newest = sees(page, f"Day {SHARED - 1}.")
    newest.get_by_role("button", name="Reply").click()
    newest.get_by_label("Your reply").fill("Half a thought")
    second = sees(page, f"Day {SHARED - 2}.")
    expect(second.get_by_role("button", name="Take back")).to_be_visible()

    read_back(page, SHARED)
    sees(page, "Day 0.").scroll_into_view_if_needed()
    expect(sees(page, "Day 0.").get_by_role("button", name="Take back")).to_be_visible()
    expect(second.locator("[data-part=withdraw]")).to_have_count(0)

    # Words taken back go at once, however far away they stand.
    ben.withdraw(group, said[SHARED - 3])
    expect(page.locator("[data-part=shares] > li")).to_have_count(SHARED - 1)
    expect(page.get_by_text(f"Day {SHARED - 3}.")).to_have_count(0)

    page.evaluate("scrollTo(0, 0)")
    expect(second.get_by_role("button", name="Take back")).to_be_visible()
    expect(newest.get_by_label("Your reply")).to_have_value("Half a thought")


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_once_the_first_words_stand_there(ben: Someone, person: NewPage, width: int) -> None:
    page = five_days(ben, person, width)
    for _ in range(2):  # the first time without a copy of the group, the second time from it
        page.reload()
        expect(opener(page)).to_be_enabled()
        expect(page.get_by_role("button", name="Lock now")).to_be_visible()
        expect(sees(page, "Day 4.").get_by_role("button", name="Take back")).to_be_visible()
        assert page.evaluate(MOVED) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_for_who_has_something_begun(ben: Someone, person: NewPage, width: int) -> None:
    page = five_days(ben, person, width)
    writing_box(page).fill("Half a thought")
    newest = sees(page, "Day 4.")
    newest.get_by_role("button", name="Reply").click()
    newest.get_by_label("Your reply").fill("Half an answer")
    page.reload()
    expect(page.get_by_role("button", name="Go on with what you began")).to_be_enabled()
    expect(newest.get_by_role("button", name="Go on with your reply")).to_be_visible()
    expect(page.get_by_role("button", name="Lock now")).to_be_visible()
    assert page.evaluate(MOVED) == []
    press(page, "Go on with your reply")
    expect(newest.get_by_label("Your reply")).to_have_value("Half an answer")


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_for_who_has_not_signed_yet(
    server: Running, tmp_path: Path, ben: Someone, person: NewPage, width: int
) -> None:
    group = str(ben.start_group("New here")["group"])
    with company(server, tmp_path) as somebody:
        amara = somebody(f"amara-{tmp_path.name[-12:].strip('-_')}")
        amara.server.seal("recovery-confirmed")
        admitted(group, ben, amara)
        for number in range(5):
            ben.share(group, f"Day {number}.")
        page = person(viewport={"width": width, "height": 740})
        sit_down(page, amara)
        page.goto(f"/groups/{group}/")
        before = page.get_by_role("button", name="Before you write here")
        for _ in range(2):
            expect(before).to_be_enabled()
            expect(page.get_by_role("button", name="Lock now")).to_be_visible()
            sees(page, "Day 4.")
            assert page.evaluate(MOVED) == []
            page.reload()
        expect(before).to_be_enabled()
        before.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Before you write here")).to_be_focused()
        press(page, "Not now")
        expect(before).to_be_focused()
        press(page, "Before you write here")
        press(page, "I agree to both")
        expect(opener(page)).to_be_enabled()
        share(page, "I have read it.")


def test_reading_back_without_a_line_says_that_the_rest_comes_later(ben: Someone, device: NewContext) -> None:
    group = str(ben.start_group("Half of it")["group"])
    for number in range(SHARED):
        ben.share(group, f"Day {number}.")
    context = device()
    page = context.new_page()
    opened(page, ben, group)
    shares = page.locator("[data-part=shares] > li")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    context.set_offline(True)
    page.evaluate("dispatchEvent(new Event('offline'))")
    talk = page.get_by_role("region", name="What was shared")
    later = talk.get_by_text("The rest comes when the connection is back.")
    page.wait_for_function(
        """() => {
            scrollTo(0, document.body.scrollHeight);
            return /when the connection is back/.test(document.querySelector("[data-part=rest]").textContent);
        }"""
    )
    expect(later).to_be_visible()
    assert shares.count() < SHARED
    context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    read_back(page, SHARED)
    expect(later).to_have_count(0)


def test_who_reads_far_back_has_no_more_on_the_page_and_finds_the_newest_again(
    ben: Someone, person: NewPage
) -> None:
    newest = f"Day {MOST + 99}."
    page = a_year(ben, person, MOST + 100)
    to_newest = page.get_by_role("button", name="Back to the newest")
    expect(to_newest).to_be_hidden()
    # As a browser that does not keep the place by itself.
    page.evaluate("document.documentElement.style.overflowAnchor = 'none'")
    most, moved = page.evaluate(READ, ["Day 0.", 600])
    assert (most, moved) == (MOST, [])
    expect(shares_on(page).last).to_contain_text("Day 0.")
    expect(page.get_by_text(newest)).to_have_count(0)

    # Up again: what was let go of comes back, and what is read stays where it is.
    page.evaluate("document.documentElement.style.overflowAnchor = ''")
    most, moved = page.evaluate(READ, [newest, -600])
    assert (most, moved) == (MOST, [])
    expect(to_newest).to_be_hidden()


def test_a_press_leads_back_to_the_newest_and_so_does_what_one_says(ben: Someone, person: NewPage) -> None:
    page = a_year(ben, person, MOST + 40)
    page.evaluate(READ, ["Day 0.", 4_000])
    page.get_by_role("button", name="Back to the newest").press("Enter")
    expect(shares_on(page).first).to_contain_text(f"Day {MOST + 39}.")
    expect(shares_on(page).first.locator("[data-part=share]")).to_be_focused()
    page.evaluate(READ, ["Day 0.", 4_000])
    page.get_by_role("button", name="Tell the group something").evaluate("button => button.click()")
    page.get_by_role("textbox", name="Tell the group something").fill("And today.")
    press(page, "Share")
    expect(shares_on(page).first).to_contain_text("And today.")


def test_what_stands_open_far_up_stays_open(ben: Someone, person: NewPage) -> None:
    page = a_year(ben, person, MOST + 40)
    newest = sees(page, f"Day {MOST + 39}.")
    newest.get_by_role("button", name="Reply").click()
    newest.get_by_label("Your reply").fill("Half a thought")
    page.evaluate(READ, ["Day 0.", 4_000])
    expect(shares_on(page)).to_have_count(MOST + 40)
    page.evaluate("scrollTo(0, 0)")
    expect(newest.get_by_label("Your reply")).to_have_value("Half a thought")


# Scrolls so far at a time until these words stand there: how many stood on the page at most, and what moved without a hand.
READ = """
async ([words, far]) => {
  const list = document.querySelector("[data-part=shares]");
  const isThere = () => [...list.children].some((each) => each.textContent.includes(words));
  const topOf = (each) => each.getBoundingClientRect().top;
  const moved = [];
  let most = 0;
  for (let steps = 0; !isThere(); steps += 1) {
    if (steps === 600) throw new Error("These words do not come.");
    scrollTo({ top: Math.max(1, scrollY + far), behavior: "instant" });
    const read = [...list.children].find((each) => each.getBoundingClientRect().bottom > 200);
    const top = read && topOf(read);
    await new Promise((resolve) => setTimeout(resolve, 60));
    if (read?.isConnected && top < innerHeight && Math.abs(topOf(read) - top) > 2) moved.push([read.textContent.slice(0, 40), top, topOf(read)]);
    most = Math.max(most, list.childElementCount);
  }
  return [most, moved];
}
"""


def shares_on(page: Page) -> Locator:
    """What stands on the page."""
    return page.locator("[data-part=shares] > li:not(.left-off)")


def a_year(ben: Someone, person: NewPage, days: int) -> Page:
    """A group of Ben's with a word of each day, open."""
    group = str(ben.start_group("A year")["group"])
    for number in range(days):
        ben.share(group, f"Day {number}.")
    page = person(viewport={"width": 360, "height": 740})
    sit_down(page, ben)
    page.goto(f"/groups/{group}/")
    expect(opener(page)).to_be_enabled()
    expect(shares_on(page).first).to_contain_text(f"Day {days - 1}.")
    return page
