"""What is seen by who was let in, by who was removed, and at the end of a group."""

from playwright.sync_api import expect

from tests.scenery import MANY, WORDLESS
from tests.states.walk import State, Steps, Walk, in_people, part, to

# Let in, and looks for the first time ---------------------------------------------------------------------------------


def _first_visit(walk: Walk) -> None:
    walk.press("[data-part=long-away] [data-part=seen]")
    walk.group()
    expect(walk.at("#first-visit-title")).to_be_visible()


def _at_share(of: str) -> Steps:
    """Steps to the first share that has this."""

    def steps(walk: Walk) -> None:
        share = walk.page.locator(f"[data-part=shares] > li:has({of})").first
        share.scroll_into_view_if_needed()
        share.evaluate("share => share.scrollIntoView({ behavior: 'instant' })")
        expect(share).to_be_in_viewport()

    return steps


def _at_the_end(walk: Walk) -> None:
    walk.press("#first-visit-title ~ .buttons [data-part=close]")
    walk.page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    expect(walk.at("[data-part=before]")).to_be_in_viewport()


CAME = [
    State("long-away", to("/groups/", "#long-away-title")),
    State("first-visit", _first_visit),
    State("said-before-you-came", _at_the_end),
    State("long-share", lambda walk: _at_share(f'.said:has-text("{MANY[walk.of.language][:20]}")')(walk)),
    State("emoji-share", _at_share(f'.said:text-is("{WORDLESS}")')),
    State("taken-back", _at_share("[data-part=gone]:not([hidden])")),
]

# Removed --------------------------------------------------------------------------------------------------------------

GONE = [
    State("home-message", to("/groups/", "[data-part=notices]")),
    State("message", to("/appeals/", "blockquote")),
    State("group-not-yours", lambda walk: walk.go(f"/groups/{walk.of.group}/")),
]

# The end of a group: who guides it closes it, so this comes last ------------------------------------------------------


def _ended(walk: Walk) -> None:
    walk.press("dialog [value=yes]")
    expect(walk.at(".room > [data-part=closed]")).to_be_visible()


ENDED = [
    State("close", in_people("close")),
    State("ended", _ended),
    State("ended-talk", part("talk", "[data-part=shares] > li")),
    State("home-ended", to("/groups/", "[data-part=groups] [data-part=closed]")),
]
