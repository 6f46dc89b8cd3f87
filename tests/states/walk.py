"""A walk through pages: the person who goes it, its states, and the steps that many of them share."""

import re
from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Locator, Page, expect

from tests.scenery import Person, Scenery

LOCALES = {"en": "en-GB", "ar": "ar-EG"}
Steps = Callable[["Walk"], None]
ENTER = "[data-part=form] button.button:not([data-reveal])"
OPEN = "[data-part=composer] [data-part=open]:enabled"
PROBLEM = "[data-part=problems] p"


class Walk(NamedTuple):
    """A page in front of somebody, and the network it is of."""

    page: Page
    of: Scenery

    def at(self, css: str) -> Locator:
        """The first such thing that is seen."""
        return self.page.locator(f"{css}:visible").first

    def press(self, css: str) -> None:
        """Press it, once it is there and lets itself be pressed."""
        self.at(css).click()

    def go(self, address: str, until: str = "h1") -> None:
        """To an address, until something is there."""
        self.page.goto(address)
        expect(self.at(until)).to_be_visible()

    def group(self, part: str = "talk", until: str = OPEN) -> None:
        """To a part of the group's page."""
        self.page.goto(f"/groups/{self.of.group}/")
        expect(self.at("[data-part=shares] > li")).to_be_visible()
        if part != "talk":
            self.page.evaluate("part => (location.hash = part)", part)
        expect(self.at(until)).to_be_visible()

    def fill(self, boxes: dict[str, str], button: str) -> None:
        """Write into boxes, by their ids, and press."""
        for box, text in boxes.items():
            self.page.locator(f"#{box}").fill(text)
        self.press(button)

    def sign_in(self, person: Person) -> None:
        """With name and passphrase, until the groups are there, or the sheet that was never asked back."""
        self.go("/sign-in/", "#name")
        self.fill({"name": person.name, "passphrase": person.passphrase}, ENTER)
        self.page.wait_for_url(re.compile(r"/groups/$|/account/sheet/"))
        expect(self.at("main h1")).to_be_visible()


class State(NamedTuple):
    """What one sees, and the steps to it. Not `alone`: a page that shows parts of many pages at once, as no page does."""

    name: str
    steps: Steps
    alone: bool = True


def to(address: str, until: str = "h1") -> Steps:
    """Steps to an address."""
    return lambda walk: walk.go(address, until)


def press(css: str, until: str) -> Steps:
    """Steps that press something and wait for something."""

    def steps(walk: Walk) -> None:
        walk.press(css)
        expect(walk.at(until)).to_be_visible()

    return steps


def part(name: str, until: str) -> Steps:
    """Steps to a part of the group's page."""
    return lambda walk: walk.group(name, until)


def in_part(name: str, until: str, button: str, then: str) -> Steps:
    """Steps to a part of the group's page, and on by a button there."""

    def steps(walk: Walk) -> None:
        walk.group(name, until)
        press(button, then)(walk)

    return steps


def in_people(button: str) -> Steps:
    """Steps to a question about somebody, from the list of people."""
    return in_part("people", "#people-title", f"[data-part={button}]", "dialog h2")


def refused(boxes: dict[str, str], button: str) -> Steps:
    """Steps that send what is refused."""

    def steps(walk: Walk) -> None:
        walk.fill(boxes, button)
        expect(walk.at(PROBLEM)).to_be_visible()

    return steps


_STILL = """
document.fonts.ready.then(() => new Promise(requestAnimationFrame)).then(() => Promise.allSettled(
    document.getAnimations().filter((each) => each.effect.getComputedTiming().endTime !== Infinity).map((each) => each.finished)))
"""


def settle(page: Page) -> None:
    """Letters are there, and nothing moves any more but what never ends."""
    page.evaluate(_STILL)
