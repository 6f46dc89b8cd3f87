"""Nothing lies over, under or outside anything else, on every page and in every state, small and wide, from the left and from the right."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.conftest import PATIENCE_MS
from tests.e2e.people import faults
from tests.running import BASE
from tests.scenery import Scenery, network
from tests.states import settle, states

LAYOUT = (BASE / "tests" / "layout.js").read_text()
PHONE: ViewportSize = {"width": 390, "height": 844}
# The phone comes last: at its size the walk goes on.
SIZES: list[ViewportSize] = [{"width": 320, "height": 640}, {"width": 1280, "height": 800}, PHONE]


@pytest.fixture(scope="module")
def scenery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Scenery]]:
    """A group of English words, and one of Arabic ones."""
    with network(tmp_path_factory.mktemp("scenery"), "en", "ar") as made:
        yield made


def at_every_size(page: Page) -> list[str]:
    """What lies wrong, with the width at which it does."""
    wrong: list[str] = []
    for size in SIZES:
        page.set_viewport_size(size)
        settle(page)
        wrong += [f"{size['width']} px: {each}" for each in page.evaluate(LAYOUT)]
    return wrong


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_state_lies_well_and_axe_finds_nothing(
    chromium: Browser, scenery: dict[str, Scenery], language: str
) -> None:
    wrong: dict[str, list[str]] = {}
    seen = set()
    for state, page in states(chromium, scenery[language], patience=PATIENCE_MS, viewport=PHONE):
        found = at_every_size(page) if state.alone else []
        found += faults(page) if state.alone and language == "en" else []
        wrong |= {state.name: found} if found else {}
        seen.add(state.name)
    assert len(seen) > 50
    assert wrong == {}


BAD = {
    "scrolls sideways": '<p style="inline-size: 200vw">Wide</p>',
    "target of": '<button style="all: unset; font-size: 6px">x</button>',
    "overlaps": '<a href="/" style="position: absolute; inset: 0">a</a><button style="position: absolute; inset: 0">b</button>',
    "cut": '<p style="overflow: hidden; white-space: nowrap; inline-size: 50px">Words that do not fit in here</p>',
    "words outside": '<p style="inline-size: 40px; white-space: nowrap">Words that do not fit in here</p>',
    "stays under the bar": (
        '<div class="hurry" style="position: fixed; inset: auto 0 0; block-size: 60px"></div>'
        '<p style="block-size: 100vh; margin: 0; display: flex; align-items: end">Last words</p>'
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_what_lies_wrong_is_seen(chromium: Browser, what: str) -> None:
    page = chromium.new_page(viewport=PHONE)
    page.set_content(f"<!doctype html><body style='margin: 0'>{BAD[what]}")
    assert [each for each in page.evaluate(LAYOUT) if each.startswith(what)]
    page.close()


def test_a_page_that_lies_well_is_seen_as_such(chromium: Browser) -> None:
    page = chromium.new_page(viewport=PHONE)
    page.set_content(
        "<!doctype html><main><h1>Here</h1><p>Words, and <a href='/'>a link</a> in them.</p></main>"
    )
    assert page.evaluate(LAYOUT) == []
    page.close()
