"""A phone at the edge of the network: what is there first is of use, nothing is said twice, and nothing written is lost."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import NewContext
from tests.e2e.people import press
from tests.e2e.rooms import group_of, opener, sees, share, turn_to, writing_box
from tests.running import Running
from tests.slowing import SlowLine

pytestmark = pytest.mark.journey

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
SHARES = "[data-part=shares] > li:not(.left-off)"


@pytest.fixture
def line(server: Running) -> Iterator[SlowLine]:
    """In front of the server."""
    with closing(SlowLine(server)) as line:
        yield line


def writes_at_once(page: Page, text: str) -> None:
    """As soon as there is somewhere to write, and pressed twice, as one does when nothing seems to happen."""
    writing_box(page).fill(text)
    page.get_by_role("button", name="Share", exact=True).dblclick()


def test_a_talk_over_a_slow_line(device: NewContext, line: SlowLine) -> None:
    ben = device().new_page()
    amara = device(base_url=line.url, **PHONE).new_page()
    group_of([ben, amara], ["Ben-slow", "Amara-slow"])
    share(ben, "Is it quiet where you are?")
    # The whole page anew. While its modules are on their way it says so, and the way out is there.
    amara.reload(wait_until="commit")
    expect(amara.get_by_role("link", name="Quick exit")).to_be_visible()
    expect(amara.locator("#stage")).to_contain_text("Opening")
    expect(opener(amara)).to_have_count(0)
    sees(amara, "Is it quiet where you are?")
    for number in range(3):
        writes_at_once(amara, f"Very quiet, {number}.")
        expect(amara.locator("#stage").get_by_text(f"Very quiet, {number}.")).to_be_visible()
    # Gone and back while the last words are on their way.
    amara.goto("/help/")
    amara.go_back()
    turn_to(amara, "Talk")
    for page in (amara, ben):
        for number in range(3):
            expect(page.locator(SHARES).filter(has_text=f"Very quiet, {number}.")).to_have_count(1)
    expect(amara.locator("#stage").get_by_text("Waiting to be sent.")).to_have_count(0)
    press(amara, "Lock now")
