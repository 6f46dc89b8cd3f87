"""What a person does on the account pages, as steps other journeys begin with."""

import re
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Page, expect

from tests.firefox import is_firefox

SIGN_IN = re.compile(r"/sign-in/$")
UNLOCK = re.compile(r"/unlock/$")
SIGNED_OUT = re.compile(r"/signed-out/$")
GROUPS = re.compile(r"/groups/$")
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
# The window of Debian's Firefox ends when axe asks an element for those its ARIA names. The attributes say the same.
WITHOUT_ARIA_ELEMENTS = """Object.getOwnPropertyNames(Element.prototype)
  .filter((name) => /^aria.*Elements?$/.test(name)).forEach((name) => delete Element.prototype[name])"""


class Kit(NamedTuple):
    """What a person has after signing up: what they remember, and what is on their paper."""

    name: str
    passphrase: str
    code: str


def press(page: Page, name: str) -> None:
    """Press the button with exactly this name."""
    page.get_by_role("button", name=name, exact=True).click()


def sign_up(page: Page, name: str, confirm: bool = True, goes_to: str = "/groups/") -> Kit:
    """Make an account with the five offered words; show that the sheet is right, or put that off."""
    page.goto("/sign-up/")
    page.get_by_label("Sign-in name").fill(name)
    press(page, "Next")
    expect(page.locator("[data-part=words] li")).to_have_count(5)
    words = " ".join(page.locator("[data-part=words] li").all_inner_texts())
    press(page, "Next")
    page.get_by_label("I am 18 or older.").check()
    page.get_by_label("You may keep which groups").check()
    press(page, "Make my account")
    kit = Kit(name, words, read_sheet(page))
    if confirm:
        ask_back(page, kit.code)
    else:
        press(page, "I have it on paper")
        press(page, "Not now")
    page.wait_for_url(re.compile(rf"{goes_to}$"))
    return kit


def set_up(page: Page, address: str, name: str) -> str:
    """Make the network where only coordinators start groups. Gives the steward code as the saved file has it."""
    page.goto(address)
    page.get_by_label("Name of the network").fill(name)
    page.get_by_label("Coordinators only").check()
    press(page, "Next")
    with page.expect_download() as download:
        press(page, "Save as a file")
    page.get_by_label("I have the steward sheet").check()
    press(page, "Next")
    page.get_by_label("Sign-in name").fill("chidi")
    press(page, "Next")
    expect(page.locator("[data-part=words] li")).to_have_count(5)
    press(page, "Next")
    page.get_by_label("I am 18 or older.").check()
    page.get_by_label("You may keep which groups").check()
    press(page, "Set up this place")
    ask_back(page, read_sheet(page))
    page.wait_for_url(re.compile(r"/groups/$"))
    return next(line for line in download.value.path().read_text().splitlines() if line.count("-") == 6)


def read_sheet(page: Page) -> str:
    """The code on the sheet, as one copies it."""
    parts = page.locator("[data-part=recovery-sheet] [data-part=code] li")
    expect(parts).to_have_count(7)
    return "-".join(parts.all_inner_texts())


def ask_back(page: Page, code: str) -> None:
    """Type the two parts that are asked for."""
    press(page, "I have it on paper")
    groups = code.split("-")
    for label in page.get_by_label(re.compile(r"^Part \d$")).all():
        number = int((label.locator("xpath=../label").inner_text()).split()[-1])
        label.fill(groups[number - 1].lower())
    press(page, "Check")


def sign_in(page: Page, kit: Kit, passphrase: str | None = None, shared: bool = False) -> None:
    """Fill the sign-in page and send it; what follows is the caller's to look at."""
    page.goto("/sign-in/")
    if shared:
        page.get_by_label("This is a borrowed or shared device").check()
    page.get_by_label("Sign-in name").fill(kit.name)
    page.get_by_label("Passphrase", exact=True).fill(kit.passphrase if passphrase is None else passphrase)
    press(page, "Sign in")


def unlock(page: Page, kit: Kit) -> None:
    """On the locked page."""
    page.get_by_label("Passphrase", exact=True).fill(kit.passphrase)
    press(page, "Open again")


def faults(page: Page) -> list[str]:
    """What axe finds wrong with the page for people who use it otherwise than by eye and mouse."""
    if is_firefox(page.context):
        page.evaluate(WITHOUT_ARIA_ELEMENTS)
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{rule['id']}: {node['html']}" for rule in found["violations"] for node in rule["nodes"]]
