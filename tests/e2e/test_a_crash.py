"""The browser dies, as on an old phone with too little memory: what was written and what waited is there again."""

import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.conftest import NewPage
from tests.e2e.people import press, sign_in
from tests.e2e.profiles import with_profile
from tests.e2e.rooms import has_begun, in_a_group, sees, writing_box
from tests.running import Running

Launch = Callable[[], BrowserContext]


@pytest.fixture
def launch(chromium: Browser, server: Running, tmp_path: Path) -> Iterator[Launch]:
    """One profile on this disk; each call starts its browser anew."""
    begun: list[BrowserContext] = []

    def start() -> BrowserContext:
        begun.append(with_profile(chromium, tmp_path / "profile", server.url))
        return begun[-1]

    yield start
    begun[-1].close()


def kill(profile: Path) -> None:
    """End the browser that has this profile, all its processes at once and without a word: as when a phone runs out of memory."""
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = command.read_bytes().split(b"\0")
            if f"--user-data-dir={profile}".encode() in words and not any(
                word.startswith(b"--type=") for word in words
            ):
                os.killpg(os.getpgid(int(command.parent.name)), signal.SIGKILL)
                return
    raise AssertionError("no browser has this profile")


def begins_and_sends(page: Page) -> None:
    """One thing waits to be sent, another stands half written."""
    expect(writing_box(page)).to_be_visible()
    page.context.set_offline(True)
    expect(page.get_by_text("Not connected.").first).to_be_visible()
    writing_box(page).fill("Said without a line.")
    press(page, "Share")
    expect(page.locator(".unsent").filter(has_text="Said without a line.")).to_be_visible()
    writing_box(page).press_sequentially("Half a thought")
    # A draft rests on the device a moment after the last key.
    page.wait_for_timeout(1_500)


def test_what_was_written_outlives_a_browser_that_is_killed(
    person: NewPage, launch: Launch, tmp_path: Path
) -> None:
    home = person()
    kit = in_a_group(home, "ben-crash", "After all", "Ben")
    page = launch().new_page()
    sign_in(page, kit)
    page.wait_for_url(re.compile("/groups/$"))
    page.goto(home.url)
    begins_and_sends(page)
    kill(tmp_path / "profile")
    again = launch().new_page()
    # A browser writes cookies down from time to time only, so she may be signed out by now.
    sign_in(again, kit)
    again.wait_for_url(re.compile("/groups/$"))
    again.goto(home.url)
    sees(again, "Said without a line.")
    has_begun(again, "Half a thought")
    expect(again.locator(".unsent")).to_have_count(0)
    sees(home, "Said without a line.")
