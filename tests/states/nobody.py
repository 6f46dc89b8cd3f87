"""What is seen by who has no account yet, and while they make one."""

from playwright.sync_api import expect

from tests.scenery import WORDS
from tests.states.walk import ENTER, PROBLEM, State, Walk, press, refused, to

WRONG_PASSPHRASE = {"name": "nobody", "passphrase": "not this one"}
WRONG_SHEET = {"name": "nobody", "code": "K7QF-2222-3333-4444-5555-6666-7777"}
WRONG_PART = {"first-part": "zzzz", "second-part": "zzzz"}


def _name_given(walk: Walk) -> None:
    walk.page.locator("#name").fill(f"guest {walk.of.language}")
    walk.press("[data-step=name] button.button")
    expect(walk.at("[data-part=words] li")).to_be_visible()


def _account_made(walk: Walk) -> None:
    for box in ("of-age", "consent"):
        walk.page.locator(f"#{box}").check()
    walk.press("[data-step=consents] button.button")
    expect(walk.at("[data-part=recovery-sheet] [data-part=code] li")).to_be_visible()


def _listing(walk: Walk) -> None:
    walk.go("/find/?q=lantern", "#list a")
    walk.press("#list a")
    walk.press("#map-title")
    expect(walk.at(".map-here")).to_be_visible()


def _wish(walk: Walk) -> None:
    walk.page.locator("#topic").select_option("grief")
    walk.page.locator("[name=where]").check()
    walk.press("[name=say]")
    expect(walk.at("#code-title")).to_be_visible()


def _no_such_code(walk: Walk) -> None:
    walk.page.locator("#code").fill("K7QF")
    walk.press("main form .button")
    expect(walk.at("#code-problem")).to_be_visible()


def _steward(walk: Walk) -> None:
    walk.page.locator("#network-name").fill(WORDS[walk.of.language][:40])
    walk.press("[data-step=place] button.button")
    expect(walk.at("[data-part=steward-code] li")).to_be_visible()


NOBODY = [
    State("setup", lambda walk: walk.go(walk.of.setup, "#network-name")),
    State("setup-steward", _steward),
    State("reset", lambda walk: walk.go(walk.of.reset, "main form")),
    State("first", to("/")),
    State("sign-in", to("/sign-in/", "#name")),
    State("sign-in-refused", refused(WRONG_PASSPHRASE, ENTER)),
    State("recover", to("/recover/", "#code")),
    State("recover-refused", refused(WRONG_SHEET, "[data-step=code] button.button")),
    State("principles", to("/principles/")),
    State("find", to("/find/", "#found h2")),
    State("find-map", to("/find/?near=K%C3%B6penick", ".map-pin")),
    State("find-none", to("/find/?near=K%C3%B6penick&q=xylophone", "#none-title")),
    State("listing", lambda walk: walk.go(f"/find/{walk.of.listing}/")),
    State("listing-elsewhere", _listing),
    State("ask", lambda walk: walk.go(f"/find/{walk.of.listing}/ask/", "[data-part=signed-out]")),
    State("wish", to("/wishes/", "#topic")),
    State("wish-lacking", press("[name=say]", "#topic-problem")),
    State("wish-said", _wish),
    State("wish-mine", to("/wishes/mine/", "#code")),
    State("wish-no-such-code", _no_such_code),
    State("not-here", to("/nothing/")),
    State("signed-out", to("/signed-out/")),
    State("join-broken-link", to("/join/#nothing", "[data-part=why]")),
    State("join-card", lambda walk: walk.go(walk.of.link, "[data-part=signed-out]")),
    State("sign-up", to("/sign-up/", "#name")),
    State("sign-up-empty", press("[data-step=name] button.button", PROBLEM)),
    State("sign-up-words", _name_given),
    State("sign-up-own", press("[data-part=choose-own]", "#new-passphrase")),
    State("sign-up-back", press("[data-part=offer-words]", "[data-part=words] li")),
    State("sign-up-questions", press("[data-step=passphrase] button.button:not([type])", "#of-age")),
    State("sheet", _account_made),
    State("sheet-asked", press("[data-part=have-it]", "#first-part")),
    State("sheet-wrong", refused(WRONG_PART, "[data-part=ask-back] button.button:not([type])")),
]
