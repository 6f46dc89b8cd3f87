"""What is seen by who writes what others may find of a group, and by who reads it before it is shown."""

import json

from playwright.sync_api import FilePayload, expect

from tests.scenery import PLACE, SMALL, WORDS
from tests.states.walk import State, Walk, press, to

ASK = "main [value=ask]"
# The second row has no time anybody could come at.
SENT = [
    {"name": "Harbour", "slug": "harbour", "day": 1, "time": "19:00", "timezone": "Europe/London", "city": "London", "country": "GB"},
    {"name": "Nowhere", "slug": "nowhere", "day": 1, "time": "late"},
]  # fmt: skip


# Facilitators ---------------------------------------------------------------------------------------------------------


def _empty(walk: Walk) -> None:
    walk.go(f"/groups/{walk.of.small}/listing/", "#title")


def _unfinished(walk: Walk) -> None:
    walk.page.locator("[name=principles]").check()
    walk.press(ASK)
    expect(walk.at("[role=alert]")).to_be_visible()


def _waiting(walk: Walk) -> None:
    words = {"title": SMALL, "host": SMALL, "about": WORDS, "happens": WORDS, "greets": PLACE, "never": WORDS}
    for box, text in words.items():
        walk.page.locator(f"#{box}").fill(text[walk.of.language])
    walk.page.locator("[name=topics]").first.select_option("grief")
    walk.page.locator("[name=languages]").first.select_option(walk.of.language)
    walk.page.locator("[name=online]").check()
    walk.press(ASK)
    expect(walk.page.locator("[role=alert]")).to_have_count(0)
    expect(walk.at("#kept")).to_be_visible()


def _found(walk: Walk) -> None:
    walk.go(f"/groups/{walk.of.group}/listing/", "#until")


def _no_such_day(walk: Walk) -> None:
    walk.page.locator("#until").fill("2001-01-01")
    walk.press("[value=rest]")
    expect(walk.at("[role=alert]")).to_be_visible()


OFFERING = [
    State("offering", _empty),
    State("offering-unfinished", _unfinished),
    State("offering-waiting", _waiting),
    State("offering-found", _found),
    State("offering-no-such-day", _no_such_day),
]

# Coordinators ---------------------------------------------------------------------------------------------------------


def _own_group(walk: Walk) -> None:
    walk.press(f'#waiting-title ~ ul a:has-text("{SMALL[walk.of.language]}")')
    expect(walk.at("#reason")).to_be_visible()


def _read(walk: Walk) -> None:
    file = FilePayload(name="list.json", mimeType="application/json", buffer=json.dumps(SENT).encode())
    walk.page.locator("#file").set_input_files(file)
    walk.page.locator("#source").fill("harbours")
    walk.page.locator("#program").select_option("aa")
    walk.press("#new .button")
    while not walk.page.locator("#report-title").is_visible():
        walk.page.wait_for_timeout(200)
        walk.page.reload()


DESK = [
    State("desk", to("/coordinator/", "#waiting-title ~ ul")),
    State("desk-group", _own_group),
    State("desk-group-no-reason", press("[value=send-back]", "#reason-problem")),
    State("desk-lists", to("/coordinator/lists/", "#file")),
    State("desk-lists-empty", press("#new .button", "#file-problem")),
    State("desk-list", _read),
    State("desk-source", to("/coordinator/lists/of/hat/")),
    State("desk-twice", to("/coordinator/lists/twice/")),
]
