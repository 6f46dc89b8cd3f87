"""Who comes back finds where they left off: a place, no number, known to their own device alone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conftest import NewContext, NewPage
from tests.e2e.people import Kit, sign_in, unlock
from tests.e2e.rooms import MOVED, opener, sees
from tests.e2e.seats import sit_down
from tests.members import Someone, admitted, company
from tests.running import Running

pytestmark = pytest.mark.journey

# When this page last put something away, and whether it has been at rest since, longer than words take to count as read.
WATCH_KEEPING = """
const note = (from, name) => {
  const put = from[name];
  from[name] = function (...given) {
    window.lastKept = performance.now();
    return put.apply(this, given);
  };
};
note(IDBObjectStore.prototype, "put");
note(Storage.prototype, "setItem");
"""
AT_REST = "from => performance.now() - Math.max(window.lastKept ?? Infinity, from) > 2500"
LINE = "This is where you left off."
NEWS = "Something new was said since you were here."


def read_all(page: Page) -> None:
    """Everything stood on the screen for a while, and this device has kept that."""
    page.wait_for_function(AT_REST, arg=page.evaluate("performance.now()"))


class Two:
    """Ben who speaks, and Amara who comes and goes."""

    def __init__(self, ben: Someone, amara: Someone) -> None:
        self.ben, self.amara = ben, amara
        self.group = str(ben.start_group("Now and then")["group"])
        admitted(self.group, ben, amara)
        self.shares = [str(ben.share(self.group, f"Day {number}.")["item"]) for number in range(3)]

    def enter(self, page: Page, shared: bool = False) -> None:
        """Amara signs in, or has signed in on a device of her own, and opens the group."""
        page.add_init_script(WATCH_KEEPING)
        if shared:
            sign_in(page, Kit(self.amara.name, self.amara.passphrase, ""), shared=True)
            page.wait_for_url("**/groups/")
        else:
            sit_down(page, self.amara)
        self.open(page)

    def open(self, page: Page) -> None:
        """Amara opens the group."""
        page.goto(f"/groups/{self.group}/")
        sees(page, "Day 0.")


@pytest.fixture
def two(server: Running, tmp_path: Path) -> Iterator[Two]:
    """A group of two who have no browser yet."""
    with company(server, tmp_path) as somebody:
        name = tmp_path.name[-12:].strip("-_")
        ben, amara = somebody(f"ben-{name}"), somebody(f"amara-{name}")
        for each in (ben, amara):
            each.server.seal("recovery-confirmed")
        yield Two(ben, amara)


def lines(page: Page) -> Locator:
    """Where the page says that one left off."""
    return page.locator("main").get_by_text(LINE)


def above_and_below(page: Page) -> list[str]:
    """The talk from top to bottom: the first words of each share, and the line."""
    told = page.locator("[data-part=shares] > li").all_inner_texts()
    return [re.sub(r"(?s).*?(Day \w+\.|This is where).*", r"\1", each) for each in told]


def test_the_line_stands_between_what_was_read_and_what_is_new(two: Two, person: NewPage) -> None:
    page = person(viewport={"width": 360, "height": 740})
    two.enter(page)
    expect(lines(page)).to_have_count(0)
    read_all(page)
    page.goto("/groups/")
    two.ben.share(two.group, "Day new.")
    two.ben.reply(two.group, two.shares[0], "An answer to the oldest.")
    two.open(page)
    expect(page.get_by_text(NEWS)).to_be_visible()
    assert above_and_below(page) == ["Day new.", "This is where", "Day 2.", "Day 1.", "Day 0."]
    moved = page.evaluate(MOVED)
    assert not moved, moved

    page.get_by_role("button", name="Go to where you left off").press("Enter")
    expect(lines(page).first).to_be_in_viewport()
    page.get_by_role("button", name="Go on to what else is new").press("Enter")
    expect(page.get_by_text("An answer to the oldest.")).to_be_in_viewport()
    assert not re.search(r"\d", " ".join(page.locator(".since, .left-off").all_inner_texts()))


def waits(page: Page) -> Locator:
    """What the page of one's groups says of this one."""
    page.goto("/groups/")
    return page.locator("[data-part=waits] > li")


def test_the_page_of_ones_groups_knows_that_reading_stopped_partway(two: Two, person: NewPage) -> None:
    page = person(viewport={"width": 360, "height": 740})
    two.enter(page)
    read_all(page)
    expect(waits(page)).to_have_text(["Nothing new since you last looked."])
    for name in ("new", "newer", "newest"):
        two.ben.share(two.group, f"Day {name}." + "\nAnd on." * 60)
    expect(waits(page)).to_have_text([re.compile("^Since you last looked, .* wrote here.$")])
    two.open(page)
    read_all(page)
    expect(waits(page)).to_have_text(["You stopped reading partway. Your place is kept."])
    two.open(page)
    for name in ("newest", "newer", "new"):
        sees(page, f"Day {name}.").scroll_into_view_if_needed()
        read_all(page)
    expect(waits(page)).to_have_text(["Nothing new since you last looked."])


def test_a_lock_and_a_reload_leave_the_line_where_it_is(two: Two, person: NewPage) -> None:
    page = person()
    two.enter(page)
    read_all(page)
    page.goto("/groups/")
    two.ben.share(two.group, "Day new.")
    two.open(page)
    expect(lines(page)).to_have_count(1)
    read_all(page)
    page.reload()
    expect(lines(page)).to_have_count(1)
    page.get_by_role("button", name="Lock now").click()
    page.wait_for_url("**/unlock/")
    assert LINE not in page.content()
    unlock(page, Kit(two.amara.name, two.amara.passphrase, ""))
    expect(lines(page)).to_have_count(1)
    assert above_and_below(page)[:2] == ["Day new.", "This is where"]


def test_what_comes_while_one_is_here_and_ones_own_words_make_no_line(two: Two, person: NewPage) -> None:
    page = person()
    two.enter(page)
    read_all(page)
    two.ben.share(two.group, "Day new.")
    sees(page, "Day new.")
    two.amara.share(two.group, "Day mine.")
    sees(page, "Day mine.")
    expect(lines(page)).to_have_count(0)


def test_a_shared_device_knows_it_for_this_session_and_no_longer(two: Two, device: NewContext) -> None:
    context = device()
    page = context.new_page()
    two.enter(page, shared=True)
    read_all(page)
    page.goto("/groups/")
    two.ben.share(two.group, "Day new.")
    two.open(page)
    expect(lines(page)).to_have_count(1)
    expect(opener(page).or_(page.get_by_role("button", name="Before you write here"))).to_be_enabled()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/signed-out/")
    page.wait_for_function(
        "sessionStorage.length === 0 || !Object.keys(sessionStorage).some((key) => key.startsWith('hs-kept'))"
    )
    two.enter(page, shared=True)
    expect(lines(page)).to_have_count(0)


def test_the_server_is_told_nothing_of_it(two: Two, person: NewPage) -> None:
    page = person()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append("frame")))
    two.enter(page)
    read_all(page)
    sent.clear()
    two.ben.share(two.group, "Day new.")
    sees(page, "Day new.")
    read_all(page)
    assert not [each for each in sent if "ping" not in each and "awake" not in each], sent


def ready(page: Page) -> None:
    """All that comes after the first words is there, too."""
    expect(opener(page)).to_be_enabled()
    expect(page.get_by_role("button", name="Lock now")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_for_who_is_with_somebody_and_has_missed_something(
    two: Two, person: NewPage, width: int
) -> None:
    page = person(viewport={"width": width, "height": 740})
    two.enter(page)
    page.get_by_role("button", name="Before you write here").click()
    page.get_by_role("button", name="I agree to both").click()
    ready(page)
    newest = sees(page, "Day 2.")
    newest.get_by_role("button", name="I’m with you").click()
    newest.get_by_role("button", name="You are not alone.").click()
    expect(newest).to_contain_text("You are with")
    read_all(page)
    page.goto("/groups/")
    two.ben.reply(two.group, two.shares[2], "Thank you.")
    two.ben.share(two.group, "Day new.")
    for _ in range(2):
        two.open(page)
        ready(page)
        expect(newest).to_contain_text("You are with")
        expect(newest.get_by_role("button", name="Say it differently")).to_be_visible()
        moved = page.evaluate(MOVED)
        assert not moved, moved
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_was_being_written_to_words_that_were_taken_back_is_not_lost(two: Two, person: NewPage) -> None:
    page = person(viewport={"width": 360, "height": 740})
    two.enter(page)
    page.get_by_role("button", name="Before you write here").click()
    page.get_by_role("button", name="I agree to both").click()
    ready(page)
    mine = str(two.amara.share(two.group, "Day mine.")["item"])
    sees(page, "Day mine.").get_by_role("button", name="Edit").click()
    box = page.get_by_label("Your words, as they should be")
    box.press("Control+End")
    box.press_sequentially(" And more.")
    two.amara.withdraw(two.group, mine)
    stranded = page.get_by_role("listitem").filter(has_text="belonged to words that were taken back")
    expect(stranded).to_contain_text("Day mine. And more.")
    expect(stranded).to_be_focused()
    page.reload()
    expect(stranded).to_contain_text("Day mine. And more.")
    stranded.get_by_role("button", name="Put them in a new share").press("Enter")
    expect(stranded).to_have_count(0)
    share_box = page.get_by_role("textbox", name="Tell the group something")
    expect(share_box).to_have_value("Day mine. And more.")
    expect(share_box).to_be_focused()
    page.reload()
    expect(stranded).to_have_count(0)
    expect(page.get_by_role("button", name="Go on with what you began")).to_be_visible()
