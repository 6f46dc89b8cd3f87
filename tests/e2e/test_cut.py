"""A line cut in the middle of a frame, again and again, while two people talk: everything arrives, and once."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import NewContext
from tests.cutting import BadLine, Cut
from tests.e2e.people import press
from tests.e2e.rooms import group_of, turn_to, writing_box
from tests.running import Running

SHARES = "[data-part=shares] > li:not(.left-off)"


@pytest.fixture
def line(server: Running) -> Iterator[BadLine]:
    """In front of the server."""
    with closing(BadLine(server)) as line:
        yield line


def write(page: Page, text: str) -> None:
    """Share, whatever becomes of it."""
    writing_box(page).fill(text)
    press(page, "Share")


def test_two_people_talk_over_a_line_that_is_cut_within_frames(device: NewContext, line: BadLine) -> None:
    pages = [device(base_url=line.url).new_page() for _ in range(2)]
    group_of(pages, ["Ben-90", "Amara-90"])
    for page in pages:
        turn_to(page, "Talk")
        expect(writing_box(page)).to_be_enabled()
    # Within what is asked at first, within the answer, within an envelope on its way, and within the news of one.
    places = [
        Cut("up", 9),
        Cut("down", 30),
        Cut("up", 400),
        Cut("down", 300),
        Cut("up", 700),
        Cut("down", 900),
    ]
    line.plan(places)
    texts: list[str] = []
    # Each waits for its way through, so that every cut is met by words, however quick the machine.
    while len(texts) < 6 or (len(line.made) < 3 and len(texts) < 30):
        texts.append(f"Over a bad line, {len(texts)} of them.")
        page = pages[len(texts) % 2]
        write(page, texts[-1])
        expect(page.locator(SHARES).filter(has_text=texts[-1])).to_have_count(1)
    for page in pages:
        for text in texts:
            expect(page.locator(SHARES).filter(has_text=text)).to_have_count(1)
        expect(page.locator("#stage").get_by_text("Waiting to be sent.")).to_have_count(0)
    assert len(line.made) >= 3, "the line was hardly ever cut"
    for page in pages:
        page.reload()
        expect(page.locator(SHARES)).to_have_count(len(texts))
    shown = [page.locator(f"{SHARES} [data-part=text]").all_text_contents() for page in pages]
    assert shown[0] == shown[1]
