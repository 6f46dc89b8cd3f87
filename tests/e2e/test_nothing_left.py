"""A borrowed computer: somebody signs in, reads and writes, and leaves. Then its whole browser profile is read, file by file."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from holdspace.sealing.codec import from_b64url
from tests.e2e.conftest import NewPage
from tests.e2e.people import Kit, press, sign_in
from tests.e2e.profiles import with_profile
from tests.e2e.rooms import start_group, writing_box
from tests.e2e.seats import at_home
from tests.running import Running

NEUTRAL = "https://www.wikipedia.org/"
SAID, BEGUN, GROUP_NAME, OWN_NAME = "zebracanary", "quaggacanary", "okapicanary", "gnucanary"
# What a browser keeps of where somebody has been, and no page can take from it: addresses, and with them a group's random number.
# The pages say so ("a private window keeps no list").
BEEN_TO = re.compile(
    r"^(Default/(History|Favicons|Top Sites|Visited Links|Shortcuts|Network Action Predictor|Sessions/)|segmentation_platform/)"
)
# Chromium writes what a tab keeps to the disk, and what was cleared stays in its journal until it is tidied. Half of a key whose
# other half is destroyed opens nothing.
DEAD = ("tab half", "tab half's bytes")
JOURNAL = "Default/Session Storage/"


@pytest.fixture
def borrowed(chromium: Browser, server: Running, tmp_path: Path) -> Iterator[tuple[BrowserContext, Path]]:
    """A browser whose profile lies on this disk, as in a library."""
    context = with_profile(chromium, tmp_path / "profile", server.url)
    context.route(
        NEUTRAL, lambda route: route.fulfill(body="<title>An encyclopedia</title>", content_type="text/html")
    )
    yield context, tmp_path / "profile"
    context.close()


def spellings(word: str | bytes) -> list[bytes]:
    """Every way a browser writes something down: UTF-8, UTF-16, and bytes as they are."""
    return [word] if isinstance(word, bytes) else [word.encode(), word.encode("utf-16-le")]


def found(profile: Path, secrets: dict[str, str | bytes]) -> dict[str, list[str]]:
    """Which secret lies in which files."""
    lying: dict[str, list[str]] = {}
    for path in sorted(each for each in profile.rglob("*") if each.is_file()):
        held = path.read_bytes()
        for name, word in secrets.items():
            if any(spelling in held for spelling in spellings(word)):
                lying.setdefault(name, []).append(str(path.relative_to(profile)))
    return lying


def a_visit(context: BrowserContext, kit: Kit) -> tuple[Page, dict[str, str | bytes]]:
    """Sign in on the borrowed computer, start a group, say something, begin to say more. Gives what must not stay."""
    page = context.new_page()
    sign_in(page, kit, shared=True)
    page.wait_for_url(re.compile("/groups/$"))
    start_group(page, GROUP_NAME, OWN_NAME)
    group = page.url.rstrip("/").rsplit("/", 1)[1]
    writing_box(page).fill(SAID)
    press(page, "Share")
    expect(page.locator("[data-part=shares]").get_by_text(SAID)).to_be_visible()
    writing_box(page).fill(BEGUN)
    page.wait_for_timeout(
        1_500
    )  # a draft is put away a moment after the last key; here it must be, to be looked for
    half: str = page.evaluate("sessionStorage.getItem('hs')")
    session = next(cookie["value"] for cookie in context.cookies() if "holdspace" in cookie["name"])
    raw = bytes.fromhex(group.replace("-", ""))
    return page, {
        "said": SAID,
        "begun": BEGUN,
        "group's name": GROUP_NAME,
        "own name": OWN_NAME,
        "sign-in name": kit.name,
        "passphrase": kit.passphrase,
        "session": session,
        "tab half": half,
        "tab half's bytes": from_b64url(half, refused="format")[:32],
        "group": group,
        "group in hex": raw.hex(),
        "group's bytes": raw,
    }


def only_where_one_has_been(profile: Path, secrets: dict[str, str | bytes]) -> None:
    """Nothing at all but a group's address in the browser's own lists of addresses, and dead bytes in its journal."""
    lying = found(profile, secrets)
    assert [path for path in lying.pop("group", []) if not BEEN_TO.match(path)] == []
    assert [path for name in DEAD for path in lying.pop(name, []) if not path.startswith(JOURNAL)] == []
    assert lying == {}


def is_dead(server: Running, secrets: dict[str, str | bytes]) -> bool:
    """Whoever finds the cookie's value somewhere is nobody, and the half that would open the tab's is gone."""
    cookies = {"holdspace": str(secrets["session"])}
    answer = httpx.get(f"{server.url}/account/", cookies=cookies, trust_env=False)
    return bool(answer.headers.get("location") == "/sign-in/")


@pytest.mark.parametrize("leave", ["quick exit", "sign out"])
def test_nothing_is_left_on_a_borrowed_computer(
    person: NewPage, server: Running, borrowed: tuple[BrowserContext, Path], leave: str
) -> None:
    kit = at_home(person(), f"ibexcanary {leave}")
    context, profile = borrowed
    page, secrets = a_visit(context, kit)
    if leave == "quick exit":
        page.get_by_role("link", name="Quick exit").click()
        page.wait_for_url(NEUTRAL)
    else:
        press(page, "Sign out")
        expect(page.get_by_text("Nothing of yours is left on this device.")).to_be_visible()
    context.close()
    only_where_one_has_been(profile, secrets)
    assert is_dead(server, secrets)


def test_the_search_finds_what_lies_there(person: NewPage, borrowed: tuple[BrowserContext, Path]) -> None:
    """On a device of one's own something stays, sealed: so the search above can fail."""
    kit = at_home(person(), "ibexcanary stays")
    context, profile = borrowed
    page = context.new_page()
    sign_in(page, kit)
    page.wait_for_url(re.compile("/groups/$"))
    session = next(cookie["value"] for cookie in context.cookies() if "holdspace" in cookie["name"])
    page.evaluate("sessionStorage.setItem('wordcanary', 'here')")
    context.close()
    assert found(
        profile, {"storage": "wordcanary", "address": "/groups/", "never": session[::-1]}
    ).keys() == {
        "storage",
        "address",
    }
