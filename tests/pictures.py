"""`make pictures`: the pages as people see them, small and wide, by day, by night and with more contrast.

They are made of the demo, whose people are made up. The chosen few stand in docs/pictures/ and in the README; all of them in
docs/pictures/all/, which is not kept.
"""

import os
import re
import signal
import sys
import tempfile
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.conftest import CHROMIUM
from tests.e2e.rooms import opener, turn_to
from tests.running import BASE
from tests.test_demo import Demo

FOLDER = BASE / "docs" / "pictures"
SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 390, "height": 844},
    "wide": {"width": 1280, "height": 800},
}
LIGHTS: dict[str, dict[str, Any]] = {
    "day": {"color_scheme": "light"},
    "night": {"color_scheme": "dark"},
    "contrast": {"color_scheme": "light", "contrast": "more"},
}
CHOSEN = [
    "first-wide-day",
    "talk-phone-day",
    "talk-phone-night",
    "talk-wide-night",
    "help-phone-day",
    "people-phone-night",
]


class SignIn(NamedTuple):
    """Somebody of the demo."""

    name: str
    passphrase: str


def sign_ins(printed: str) -> dict[str, SignIn]:
    """Who can be signed in as, by role, from what the demo printed."""
    found = re.findall(r"(a member|a facilitator|a coordinator) +(\S+) +(\w.*)", printed)
    return {role.split()[1]: SignIn(name, words.strip()) for role, name, words in found}


def enter(page: Page, who: SignIn) -> None:
    """Sign in, and wait for the groups."""
    page.goto("/sign-in/")
    page.get_by_label("Sign-in name").fill(who.name)
    page.get_by_label("Passphrase", exact=True).fill(who.passphrase)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(re.compile(r"/groups/$"))


def open_group(page: Page) -> None:
    """The first group, with everything one can do in it."""
    page.goto("/groups/")
    page.locator("[data-part=groups] a").first.click()
    expect(opener(page)).to_be_enabled()


def ask_what_helps(page: Page) -> None:
    """The box for a share, opened."""
    open_group(page)
    opener(page).click()


def part_of_group(name: str) -> Callable[[Page], None]:
    """Steps to one part of the group's page."""

    def steps(page: Page) -> None:
        open_group(page)
        turn_to(page, name)
        page.wait_for_timeout(300)

    return steps


def at(address: str) -> Callable[[Page], None]:
    """Steps to an address."""

    def steps(page: Page) -> None:
        page.goto(address)

    return steps


OUTSIDE: dict[str, Callable[[Page], None]] = {
    "first": at("/"),
    "sign-up": at("/sign-up/"),
    "sign-in": at("/sign-in/"),
    "principles": at("/principles/"),
    "not-found": at("/nothing/"),
}
INSIDE: dict[str, Callable[[Page], None]] = {
    "home": at("/groups/"),
    "talk": open_group,
    "help": ask_what_helps,
    "people": part_of_group("People"),
    "agreement": part_of_group("What we agreed"),
    "changes": part_of_group("Member list"),
    "facilitating": part_of_group("For facilitators"),
    "start": at("/groups/start/"),
    "account": at("/account/"),
}


def draw(browser: Browser, url: str, who: SignIn, folder: Path) -> None:
    """Every page in every size and light."""
    for (size, viewport), (light, options) in product(SIZES.items(), LIGHTS.items()):
        context = browser.new_context(base_url=url, locale="en-GB", viewport=viewport, **options)
        page = context.new_page()
        _draw_each(page, OUTSIDE, folder, f"{size}-{light}")
        enter(page, who)
        _draw_each(page, INSIDE, folder, f"{size}-{light}")
        context.close()


def _draw_each(page: Page, pages: dict[str, Callable[[Page], None]], folder: Path, how: str) -> None:
    for name, steps in pages.items():
        steps(page)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=folder / f"{name}-{how}.jpg", type="jpeg", quality=80)


def main() -> None:
    """Make a demo, draw it, and keep the chosen pictures."""
    folder = FOLDER / "all"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        demo = Demo(Path(place) / "data")
        process = demo.start()
        try:
            printed = demo.wait_for(process, "Ctrl-C")
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            draw(browser, demo.url, sign_ins(printed)["facilitator"], folder)
            browser.close()
        finally:
            os.killpg(process.pid, signal.SIGINT)
            process.wait()
    for name in CHOSEN:
        (FOLDER / f"{name}.jpg").write_bytes((folder / f"{name}.jpg").read_bytes())
    sys.stdout.write(f"{len(list(folder.iterdir()))} pictures are in {folder.relative_to(BASE)}\n")


if __name__ == "__main__":
    main()
