"""A group that wants to be found: its facilitator writes, a coordinator sends it back, it is mended, shown, found, and taken down."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import NewPage
from tests.e2e.people import faults, press
from tests.e2e.rooms import turn_to
from tests.e2e.seats import seated, sit_down
from tests.members import Someone, company
from tests.running import Running

WORDS = {
    "Title": "Lantern evening",
    "Who holds it?": "Friends by the river",
    "What is it for?": "For people who lost somebody.",
    "What happens, minute by minute?": "We light a lamp. Each who wants to speaks for five minutes.",
    "Who greets you, and how do you know them?": "Call Sam P. 555-123-4567",
    "What does nobody have to do?": "You need not speak.",
}


@pytest.fixture
def run_by_chidi(tmp_path: Path) -> Iterator[tuple[Running, Someone]]:
    """A network, and Chidi, who runs it."""
    server = Running(tmp_path / "data")
    told = server.set_up("--coordinator", "chidi")
    server.start()
    with Someone(server, tmp_path, "chidi") as chidi:
        chidi.file.write_text(told.partition("Passphrase")[2].split("\n")[0].strip())
        chidi.sign_in("chidi", chidi.file)
        yield server, chidi
    server.stop()


def write(page: Page) -> None:
    """What Ben writes for everybody, on the page without a script."""
    for label, words in WORDS.items():
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_label("What is it about? 1").select_option("grief")
    page.get_by_label("Languages 1").select_option("en")
    page.get_by_label("Online", exact=True).check()
    press(page, "Ask a coordinator to show it")


def _ask(ben: Page) -> None:
    """From the group's page to a coordinator, with something forgotten on the way."""
    turn_to(ben, "For facilitators")
    ben.get_by_role("link", name="What others may find").click()
    write(ben)
    expect(ben.get_by_text("Please read the principles and say yes")).to_be_visible()
    expect(ben.get_by_label("Title", exact=True)).to_have_value("Lantern evening")
    assert faults(ben) == []
    ben.get_by_label("We have read the principles").check()
    press(ben, "Ask a coordinator to show it")
    expect(ben.get_by_text("A coordinator reads it.")).to_be_visible()


def _send_back(desk: Page) -> None:
    """Chidi reads it, says no without saying why, and then why."""
    desk.goto("/account/")
    desk.get_by_role("link", name="What others find when they look for a group").click()
    desk.get_by_role("link", name="Lantern evening").click()
    expect(desk.get_by_text("These words may name somebody")).to_be_visible()
    press(desk, "Send it back")
    expect(desk.get_by_text("Please say why.")).to_be_visible()
    assert faults(desk) == []
    desk.get_by_label("If not: why?").fill("Please name nobody who greets.")
    press(desk, "Send it back")
    expect(desk.get_by_text("No group waits.")).to_be_visible()


def _mend(ben: Page) -> None:
    """Ben reads why, and asks again."""
    ben.reload()
    expect(ben.get_by_text("Please name nobody who greets.")).to_be_visible()
    ben.get_by_label("Who greets you, and how do you know them?").fill("Somebody in a green scarf.")
    press(ben, "Ask a coordinator to show it")
    expect(ben.get_by_text("A coordinator reads it.")).to_be_visible()


def _find(stranger: Page) -> None:
    """Without JavaScript, and nothing stays of it."""
    stranger.goto("/find/")
    stranger.get_by_label("What is it about?").select_option("grief")
    press(stranger, "Look for groups")
    stranger.get_by_role("link", name="Lantern evening").click()
    expect(stranger.get_by_text("Somebody in a green scarf.")).to_be_visible()
    assert stranger.context.cookies() == []


def test_a_group_is_shown_after_a_coordinator_read_it_and_found_without_javascript(
    run_by_chidi: tuple[Running, Someone], tmp_path: Path, person: NewPage
) -> None:
    server, chidi = run_by_chidi
    ben = person(base_url=server.url)
    desk = person(base_url=server.url, viewport={"width": 320, "height": 640})
    stranger = person(base_url=server.url, java_script_enabled=False)
    sit_down(desk, chidi)
    with company(server, tmp_path) as somebody:
        someone = somebody("ben")
        group = someone.start_group("Tuesday", "Ben")["group"]
        seated(ben, someone)
    ben.goto(f"/groups/{group}/")
    _ask(ben)
    _send_back(desk)
    _mend(ben)
    desk.reload()
    desk.get_by_role("link", name="Lantern evening").click()
    press(desk, "Show it to everybody")
    expect(desk.get_by_text("No group waits.")).to_be_visible()
    _find(stranger)
    assert group[:8] not in stranger.content() + stranger.url
    ben.reload()
    ben.get_by_label("Title", exact=True).fill("Evening of lanterns")
    press(ben, "Take it down")
    expect(ben.get_by_text("Nobody finds it now.")).to_be_visible()
    # What he was writing meanwhile is there still.
    expect(ben.get_by_label("Title", exact=True)).to_have_value("Evening of lanterns")
    answer = stranger.goto(stranger.url)
    assert answer is not None
    assert answer.status == 404
