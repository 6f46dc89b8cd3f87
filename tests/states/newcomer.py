"""What is seen with a new account, in the browser in which it was made: asking to join, and starting a group."""

from playwright.sync_api import expect

from tests.scenery import WORDS
from tests.states.walk import OPEN, PROBLEM, State, Steps, Walk, press, to


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
    State("join-unticked", press("[data-part=form] button.button", PROBLEM)),
    State("join-waiting", _asked),
    State("home-asked", to("/groups/", "[data-part=asks] li")),
    State("start-sheet", to("/groups/start/", "[data-part=to-sheet]")),
    State("start", _sheet_right),
    State("start-empty", press("[data-step] button.button:not([type])", PROBLEM)),
    *(State(f"start-{step}", _on(step)) for step in SCREENS),
    State("start-link", press("[data-part=second-form] button.button", "[data-part=link-card]")),
    State("group-of-one", press("[data-part=go]", OPEN)),
    State("offline", _sent_into_nothing),
    State("connected-again", _line_again),
    State("leave-alone", _leave_alone),
]
