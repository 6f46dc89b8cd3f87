"""The page for those who change how Holdspace looks: there when asked for, whole, and nowhere else."""

from pathlib import Path

import httpx
from playwright.sync_api import expect

from tests.e2e.conftest import NewPage
from tests.running import Running

# Every part at once stands there: names of places and headings come twice, and no page has them so.
NARROW = {"width": 360, "height": 740}


def test_every_part_is_shown_in_every_state_where_a_host_asks_for_it(tmp_path: Path, person: NewPage) -> None:
    running = Running(tmp_path / "data", HOLDSPACE_DESIGN="yes").start()
    try:
        page = person(base_url=running.url, viewport=NARROW)
        page.goto("/design/")
        for part in (
            "share",
            "left-off",
            "unsent",
            "stranded",
            "composer",
            "share-box",
            "chat-view",
            "remove-dialog",
            "join-view",
            "home-group",
            "meeting-view",
            "setting-view",
            "times-form",
            "start-view",
        ):
            shown = page.locator(".specimen").filter(
                has=page.get_by_role("heading", level=2, name=part, exact=True)
            )
            expect(shown).to_be_visible()
            expect(shown.locator("[hidden]")).to_have_count(0)
        for name in ("What is written into", "What is found"):
            expect(page.get_by_role("region", name=name)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    finally:
        running.stop()


def test_it_is_not_there_otherwise(server: Running) -> None:
    assert httpx.get(f"{server.url}/design/", trust_env=False).status_code == 404
