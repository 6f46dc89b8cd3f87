"""A page kept open while the host brings the server to another release, newer or older: what is typed stays, talk goes on, and
where the page needs what is gone it says to reload."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from holdspace.sealing.errors import SENTENCES
from tests.conftest import NewContext
from tests.e2e.people import press
from tests.e2e.rooms import ask_to_join, sees, share, turn_to, writing_box
from tests.e2e.seats import at_home
from tests.members import company, said
from tests.running import BASE, Running

pytestmark = pytest.mark.journey

PARTS = ("holdspace", "browser", "docs", "client")


@pytest.fixture
def other_code(tmp_path: Path) -> Path:
    """Another release: one file that browsers get is different, and so is every address."""
    for part in PARTS:
        shutil.copytree(BASE / part, tmp_path / "code" / part, ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "code" / "browser" / "css" / "base.css").open("a") as css:
        css.write("main { min-block-size: 1px }\n")
    return tmp_path / "code"


@pytest.fixture(params=["newer", "older"])
def releases(
    request: pytest.FixtureRequest, other_code: Path, tmp_path: Path
) -> Iterator[tuple[Running, Running]]:
    """A server that runs, and the same network at another release."""
    this = Running(tmp_path / "data")
    this.set_up()
    both = (this, this.with_code(other_code))
    first, then = both if request.param == "newer" else both[::-1]
    first.start()
    yield first, then
    first.stop()
    then.stop()


def test_a_page_kept_open_over_another_release_talks_on_keeps_what_is_typed_and_says_to_reload(
    device: NewContext, releases: tuple[Running, Running], tmp_path: Path
) -> None:
    first, then = releases
    amara = device(base_url=first.url).new_page()
    with company(first, tmp_path) as somebody:
        ben = somebody("ben")
        group = str(ben.start_group("Tuesday evening")["group"])
        at_home(amara, "amara")
        ask_to_join(amara, str(ben.invite(group)["link"]), "Amara")
        while not ben.admit(group)["admitted"]:
            amara.wait_for_timeout(200)
        share(amara, "Before.")
        first.stop()
        then.start()
        ben.share(group, "Is anybody here?")
        sees(amara, "Is anybody here?")
        share(amara, "I am.")
        writing_box(amara).fill("Half a thought")
        turn_to(amara, "Member list")
        expect(amara.locator("#told")).to_have_text(SENTENCES["version"])
        expect(writing_box(amara)).to_have_value("Half a thought")
        amara.reload()
        expect(amara.get_by_role("heading", name="Member list")).to_be_visible()
        turn_to(amara, "Talk")
        expect(writing_box(amara)).to_have_value("Half a thought")
        press(amara, "Share")
        sees(amara, "Half a thought")
        texts = [item["text"] for item in said(ben, group)]
        assert texts == ["Before.", "Is anybody here?", "I am.", "Half a thought"]
