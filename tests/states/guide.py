"""What is seen by who guides a group."""

import re

from playwright.sync_api import expect

from tests.states.walk import (
    ENTER,
    OPEN,
    State,
    Steps,
    Walk,
    in_part,
    in_people,
    part,
    press,
    refused,
    to,
)

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


def _in_a_share(button: str, then: str) -> Steps:
    return in_part("talk", OPEN, f"{MINE} [data-part={button}]", then)


def _in_meeting(button: str, then: str) -> Steps:
    return in_part("meeting", TABS["meeting"], f"[data-part={button}]", then)


def _damaged(walk: Walk) -> None:
    walk.group()
    walk.at(".closed-words").scroll_into_view_if_needed()


def _locked(walk: Walk) -> None:
    walk.go("/account/", "header [data-part=lock]")
    walk.press("header [data-part=lock]")
    walk.page.wait_for_url(re.compile(r"/unlock/$"))
    expect(walk.at("#passphrase")).to_be_visible()


GUIDE = [
    State("home", to("/groups/", "[data-part=groups] li")),
    State("talk", part("talk", OPEN)),
    State("share", _opened),
    State("share-unfinished", _half_written),
    State("reply", _in_a_share("answer", "[data-part=reply] textarea")),
    State("present", _in_a_share("be-present", ".phrases")),
    State("edit", _in_a_share("edit", ".acts textarea")),
    State("go-on", _in_a_share("go-on", ".acts textarea")),
    State("withdraw", _in_a_share("withdraw", "dialog h2")),
    State("damaged", _damaged),
    *(State(name, part(name, title)) for name, title in TABS.items()),
    State("link", press("[data-part=invite-form] button.button", "[data-part=link-card]")),
    State("meeting-times", _in_meeting("add-line", "#times-every")),
    State("meeting-place", _in_meeting("edit-place", "#place-where")),
    State("meeting-pause", _in_meeting("add-pause", "#pause-first")),
    State("meeting-move", _in_meeting("move", "#move-day")),
    State("remove", in_people("remove")),
    State("lost", in_people("lost")),
    State("promote", in_people("promote")),
    State("leave", in_people("leave")),
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
    State("locked-refused", refused({"passphrase": "not this one"}, ENTER)),
]
