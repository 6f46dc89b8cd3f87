"""Every page and every state a person may see, written once: pictures, layout tests and axe walk the same list.

A state goes on from the one before it, in the browser of the same person. Steps name things by what they are (`data-part`, `id`),
never by their words, so that the list can be walked in any language.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Locator, Page, expect

from tests.scenery import MANY, WORDLESS, WORDS, Person, Scenery

LOCALES = {"en": "en-GB", "ar": "ar-EG"}
Steps = Callable[["Walk"], None]


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

    def group(self, part: str = "talk", until: str = "[data-part=composer] [data-part=open]:enabled") -> None:
        """To a part of the group's page."""
        self.page.goto(f"/groups/{self.of.group}/")
        expect(self.at("[data-part=shares] > li")).to_be_visible()
        if part != "talk":
            self.page.evaluate("part => (location.hash = part)", part)
        expect(self.at(until)).to_be_visible()

    def sign_in(self, person: Person) -> None:
        """With name and passphrase, until the groups are there."""
        self.go("/sign-in/", "#name")
        self.page.locator("#name").fill(person.name)
        self.page.locator("#passphrase").fill(person.passphrase)
        self.press("[data-part=form] button.button:not([data-reveal])")
        self.page.wait_for_url(re.compile(r"/groups/$"))
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


# Nobody yet -----------------------------------------------------------------------------------------------------------


def _wrong_passphrase(walk: Walk) -> None:
    walk.go("/sign-in/", "#name")
    walk.page.locator("#name").fill("nobody")
    walk.page.locator("#passphrase").fill("not this one")
    walk.press("[data-part=form] button.button:not([data-reveal])")
    expect(walk.at("[data-part=problems] p")).to_be_visible()


def _wrong_sheet(walk: Walk) -> None:
    walk.go("/recover/", "#code")
    walk.page.locator("#name").fill("nobody")
    walk.page.locator("#code").fill("K7QF-2222-3333-4444-5555-6666-7777")
    walk.press("[data-step=code] button.button")
    expect(walk.at("[data-part=problems] p")).to_be_visible()


def _name_given(walk: Walk) -> None:
    walk.page.locator("#name").fill(f"guest {walk.of.language}")
    walk.press("[data-step=name] button.button")
    expect(walk.at("[data-part=words] li")).to_be_visible()


def _account_made(walk: Walk) -> None:
    for box in ("of-age", "consent"):
        walk.page.locator(f"#{box}").check()
    walk.press("[data-step=consents] button.button")
    expect(walk.at("[data-part=recovery-sheet] [data-part=code] li")).to_be_visible()


def _wrong_part(walk: Walk) -> None:
    for box in ("first-part", "second-part"):
        walk.page.locator(f"#{box}").fill("zzzz")
    walk.press("[data-part=ask-back] button.button:not([type])")
    expect(walk.at("[data-part=problems] p")).to_be_visible()


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


NOBODY = [
    State("first", to("/")),
    State("sign-in", to("/sign-in/", "#name")),
    State("sign-in-refused", _wrong_passphrase),
    State("recover", to("/recover/", "#code")),
    State("recover-refused", _wrong_sheet),
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
    State("sign-up-empty", press("[data-step=name] button.button", "[data-part=problems] p")),
    State("sign-up-words", _name_given),
    State("sign-up-own", press("[data-part=choose-own]", "#new-passphrase")),
    State("sign-up-back", press("[data-part=offer-words]", "[data-part=words] li")),
    State("sign-up-questions", press("[data-step=passphrase] button.button:not([type])", "#of-age")),
    State("sheet", _account_made),
    State("sheet-asked", press("[data-part=have-it]", "#first-part")),
    State("sheet-wrong", _wrong_part),
]

# New here: goes on in the same browser --------------------------------------------------------------------------------


def _later(walk: Walk) -> None:
    walk.press("[data-part=later]")
    expect(walk.at("#join-name")).to_be_visible()  # back to the link that was opened first
    walk.go("/groups/", "[data-part=empty]")


def _asked(walk: Walk) -> None:
    walk.page.locator("#join-name").fill({"en": "Dana", "ar": "دانا"}[walk.of.language])
    for box in ("join-principles", "join-agreed"):
        walk.page.locator(f"#{box}").check()
    walk.press("[data-part=form] button.button")
    expect(walk.at("#wait-title")).to_be_visible()


def _sheet_right(walk: Walk) -> None:
    """The sheet was put off; its code is on a page that is gone by now, so the browser says for itself that it was right."""
    walk.page.evaluate(CONFIRM)
    walk.go("/groups/start/", "#start-purpose")


def _on(step: str) -> Steps:
    """On to the next screen of the walk in which a group is started."""

    def steps(walk: Walk) -> None:
        for box, text in FILLED[walk.of.language].items():
            if walk.page.locator(f"#{box}").is_visible():
                walk.page.locator(f"#{box}").fill(text)
        for box in ("start-model", "start-principles"):
            if walk.page.locator(f"#{box}").is_visible():
                walk.page.locator(f"#{box}").check()
        walk.press("[data-step] button.button:not([type])")
        expect(walk.at(f"[data-step={step}]" if step != "ready" else "[data-part=pack]")).to_be_visible()

    return steps


CONFIRM = """() => fetch("/seal/recovery-confirmed", {
  method: "POST",
  headers: {"Content-Type": "application/json", "X-CSRFToken": /csrf=([^;]*)/.exec(document.cookie)[1]},
  body: "{}",
}).then((answer) => { if (!answer.ok) throw new Error(answer.status); })"""
FILLED = {
    "en": {
        "start-purpose": "We look after somebody else, and need a place for ourselves.",
        "start-own": "Dana",
    },
    "ar": {"start-purpose": "نعتني بشخص آخر ونحتاج إلى مكان لنا.", "start-own": "دانا"},
}
SCREENS = (
    "people",
    "place",
    "rhythm",
    "shape",
    "meetings",
    "names",
    "danger",
    "agreement",
    "invite",
    "look",
    "ready",
)


def _sent_into_nothing(walk: Walk) -> None:
    walk.page.context.set_offline(True)
    expect(walk.at("#line")).to_be_visible()
    walk.press("[data-part=composer] [data-part=open]")
    walk.page.locator("#share-text").fill(WORDS[walk.of.language])
    walk.press("[data-part=place] button.button:not([type])")
    expect(walk.at("[data-part=outbox] .unsent")).to_be_visible()


def _line_again(walk: Walk) -> None:
    walk.page.context.set_offline(False)
    expect(walk.at("[data-part=shares] > li")).to_be_visible()


def _leave_alone(walk: Walk) -> None:
    """A group of one ends with its last member."""
    walk.page.evaluate("location.hash = 'people'")
    expect(walk.at("#people-title")).to_be_visible()
    walk.press("[data-part=leave]")
    expect(walk.at("dialog h2")).to_be_visible()


NEWCOMER = [
    State("home-empty", _later),
    State("ask-form", lambda walk: walk.go(f"/find/{walk.of.listing}/ask/", "[data-part=form]")),
    State("ask-sent", press("[data-part=form] button.button", "main a[href='/groups/']")),
    State("home-request", to("/groups/", "[data-part=take-back]")),
    State("join", lambda walk: walk.go(walk.of.link, "#join-name")),
    State("join-unticked", press("[data-part=form] button.button", "[data-part=problems] p")),
    State("join-waiting", _asked),
    State("home-asked", to("/groups/", "[data-part=asks] li")),
    State("start-sheet", to("/groups/start/", "[data-part=to-sheet]")),
    State("start", _sheet_right),
    State("start-empty", press("[data-step] button.button:not([type])", "[data-part=problems] p")),
    *(State(f"start-{step}", _on(step)) for step in SCREENS),
    State("start-link", press("[data-part=second-form] button.button", "[data-part=link-card]")),
    State("group-of-one", press("[data-part=go]", "[data-part=composer] [data-part=open]:enabled")),
    State("offline", _sent_into_nothing),
    State("connected-again", _line_again),
    State("leave-alone", _leave_alone),
]

# Who guides a group ---------------------------------------------------------------------------------------------------

MINE = "[data-part=shares] > li"
TABS = {
    "meeting": "[data-part=next]",
    "people": "#people-title",
    "agreement": "#agreement-title",
    "log": "#log-title",
    "host": "#host-title",
    "chat": "#chat-title",
    "facilitating": "#invite-title",
}


def _opened(walk: Walk) -> None:
    walk.group()
    walk.press("[data-part=composer] [data-part=open]")
    expect(walk.at("#share-text")).to_be_visible()


def _half_written(walk: Walk) -> None:
    walk.press(".beginnings summary")
    walk.press("[data-beginning]")
    walk.press("[data-part=place] button.button:not([type])")
    expect(walk.at("[data-part=unfinished]")).to_be_visible()


def _in_a_share(button: str, until: str) -> Steps:
    def steps(walk: Walk) -> None:
        walk.group()
        walk.press(f"{MINE} {button}")
        expect(walk.at(until)).to_be_visible()

    return steps


def _in_people(button: str) -> Steps:
    def steps(walk: Walk) -> None:
        walk.group("people", "#people-title")
        walk.press(button)
        expect(walk.at("dialog h2")).to_be_visible()

    return steps


def _in_meeting(button: str, until: str) -> Steps:
    def steps(walk: Walk) -> None:
        walk.group("meeting", "[data-part=next]")
        walk.press(f"[data-part={button}]")
        expect(walk.at(until)).to_be_visible()

    return steps


def _damaged(walk: Walk) -> None:
    walk.group()
    walk.at(".closed-words").scroll_into_view_if_needed()


def _locked(walk: Walk) -> None:
    walk.go("/account/", "header [data-part=lock]")
    walk.press("header [data-part=lock]")
    walk.page.wait_for_url(re.compile(r"/unlock/$"))
    expect(walk.at("#passphrase")).to_be_visible()


def _wrong_again(walk: Walk) -> None:
    walk.page.locator("#passphrase").fill("not this one")
    walk.press("[data-part=form] button.button:not([data-reveal])")
    expect(walk.at("[data-part=problems] p")).to_be_visible()


GUIDE = [
    State("home", to("/groups/", "[data-part=groups] li")),
    State("talk", part("talk", "[data-part=composer] [data-part=open]:enabled")),
    State("share", _opened),
    State("share-unfinished", _half_written),
    State("reply", _in_a_share("[data-part=answer]", "[data-part=reply] textarea")),
    State("present", _in_a_share("[data-part=be-present]", ".phrases")),
    State("edit", _in_a_share("[data-part=edit]", ".acts textarea")),
    State("go-on", _in_a_share("[data-part=go-on]", ".acts textarea")),
    State("withdraw", _in_a_share("[data-part=withdraw]", "dialog h2")),
    State("damaged", _damaged),
    *(State(name, part(name, title)) for name, title in TABS.items()),
    State("link", press("[data-part=invite-form] button.button", "[data-part=link-card]")),
    State("meeting-times", _in_meeting("add-line", "#times-every")),
    State("meeting-place", _in_meeting("edit-place", "#place-where")),
    State("meeting-pause", _in_meeting("add-pause", "#pause-first")),
    State("meeting-move", _in_meeting("move", "#move-day")),
    State("remove", _in_people("[data-part=remove]")),
    State("lost", _in_people("[data-part=lost]")),
    State("promote", _in_people("[data-part=promote]")),
    State("leave", _in_people("[data-part=leave]")),
    State("no-message", to("/appeals/", "[data-part=empty]")),
    State("wishes-together", to("/wishes/together/")),
    State("account", to("/account/")),
    State("account-sheet", to("/account/sheet/", "#code")),
    State("account-passphrase", to("/account/passphrase/", "#passphrase")),
    State("account-code", to("/account/own-device/", "#code")),
    State("account-calendar", to("/account/calendar/", "[data-part=make]")),
    State("account-calendar-made", press("[data-part=make]", "[data-part=address]")),
    State("account-known", to("/account/somebody-knows/", "#passphrase")),
    State("account-delete", to("/account/delete/", "[data-part=choice]")),
    State("design", to("/design/", ".specimen"), alone=False),
    State("locked", _locked),
    State("locked-refused", _wrong_again),
]

# Who was let in, and looks for the first time ---------------------------------------------------------------------------


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

# Who was removed ------------------------------------------------------------------------------------------------------

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
    State("close", _in_people("[data-part=close]")),
    State("ended", _ended),
    State("ended-talk", part("talk", "[data-part=shares] > li")),
    State("home-ended", to("/groups/", "[data-part=groups] [data-part=closed]")),
]


def states(
    browser: Browser, of: Scenery, patience: int = 20_000, **options: Any
) -> Iterator[tuple[State, Page]]:
    """Walk through all of them, in the language of the scenery; each is given with the page that shows it."""
    small = of._replace(group=of.small)
    walks = [(of, of.guide, GUIDE), (of, of.came, CAME), (of, of.gone, GONE), (small, of.guide, ENDED)]
    for where, who, seen in ((of, None, [*NOBODY, *NEWCOMER]), *walks):
        context = browser.new_context(base_url=of.url, locale=LOCALES[of.language], **options)
        context.set_default_timeout(patience)
        walk = Walk(context.new_page(), where)
        if who:
            walk.sign_in(who)
        for state in seen:
            state.steps(walk)
            settle(walk.page)
            yield state, walk.page
        context.close()


_STILL = """
document.fonts.ready.then(() => new Promise(requestAnimationFrame)).then(() => Promise.allSettled(
    document.getAnimations().filter((each) => each.effect.getComputedTiming().endTime !== Infinity).map((each) => each.finished)))
"""


def settle(page: Page) -> None:
    """Letters are there, and nothing moves any more but what never ends."""
    page.evaluate(_STILL)
