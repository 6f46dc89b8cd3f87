"""A server that stands between who asks from a group's listing and the group: its own answers open nothing, and its own key is found
by four words that two people read to each other."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Page, expect

from client import asking, ids, joining
from client.joining import read_link
from holdspace.sealing.errors import SENTENCES
from holdspace.sealing.invite import Link, new_secret
from holdspace.sealing.keys import account_keys, new_id, new_seed
from holdspace.sealing.request import open_answer, seal_answer
from tests.e2e.people import press
from tests.e2e.rooms import turn_to
from tests.listed import TITLE, list_group
from tests.lying.conftest import Stage
from tests.running import Running

Answer = dict[str, Any]
STRANGER = account_keys(new_seed())


class Asked(NamedTuple):
    """Amara asked from the listing of another group of Ben's, and Ben let her come."""

    stage: Stage
    group: str

    @property
    def account_x(self) -> bytes:
        """Her public key, which the server knows."""
        return account_keys(self.stage.amara.device.account.seed).x_pub

    def told(self, lie: Callable[[Answer], bytes]) -> Page:
        """Amara's groups, with another answer to what she asked."""

        def change(result: Answer, args: Answer) -> Answer:
            requests = [{**each, "answer": lie(each)} for each in result["requests"]]
            return {**result, "requests": requests}

        self.stage.liar.about(change, "home")
        self.stage.page.goto("/groups/")
        return self.stage.page


@pytest.fixture
def asked(stage: Stage, server: Running) -> Asked:
    """In a group of its own."""
    group = str(stage.ben.start_group("Thursday", stage.ben.name)["group"])
    stage.amara.ask_listing(list_group(server, ids.parse(group)), TITLE)
    stage.ben.let_come(group)
    return Asked(stage, group)


def forget(asked: Asked) -> None:
    """So that the next one asks in peace."""
    asked.stage.liar.honest()
    asked.stage.amara.take_request_back(asked.group)


def flipped(answer: bytes) -> bytes:
    """One bit of it."""
    return answer[:-1] + bytes([answer[-1] ^ 1])


LIES: dict[str, Callable[[Asked, Answer], bytes]] = {
    "changed": lambda asked, each: flipped(each["answer"]),
    "cut": lambda asked, each: each["answer"][:-5],
    "to another ask": lambda asked, each: seal_answer(_own(), asked.account_x, each["group"], new_id()),
    "from another group": lambda asked, each: seal_answer(_own(), asked.account_x, new_id(), each["request"]),
    "to another person": lambda asked, each: seal_answer(_own(), STRANGER.x_pub, each["group"], each["request"]),
    "that leads elsewhere": lambda asked, each: seal_answer(
        _elsewhere(asked), asked.account_x, each["group"], each["request"]
    ),
}  # fmt: skip


def _own() -> Link:
    return Link(new_id(), bytes(16), new_secret())


def _elsewhere(asked: Asked) -> Link:
    """An invite that is whole, into another group than the one she asked."""
    return read_link(asked.stage.ben.invite(asked.stage.group)["link"])


@pytest.mark.parametrize("lie", LIES)
def test_an_answer_that_is_none_to_ones_own_ask_leads_nowhere(asked: Asked, lie: str) -> None:
    page = asked.told(lambda each: LIES[lie](asked, each))
    press(page, "Read the invite")
    expect(page.locator("#told")).to_have_text(str(SENTENCES["answer-foreign"]))
    assert page.url.endswith("/groups/")
    forget(asked)


def test_a_key_of_the_hosts_own_is_found_by_the_words(stage: Stage, server: Running) -> None:
    """It puts its key in the place of hers, opens the answer and seals it on to her: everything goes well, and the words are others."""
    stage.ben.promote(stage.group, ids.text(stage.member_id(stage.amara)))
    listing = list_group(server, stage.group_id)
    stage.eli.ask_listing(listing)

    def swap(result: Answer, args: Answer) -> Answer:
        return {**result, "requests": [{**each, "account_x": STRANGER.x_pub} for each in result["requests"]]}

    stage.liar.about(swap, "waiting")
    page = stage.look(part="#facilitating")
    press(page, "Let them come")
    expect(page.locator("[data-part=wishes] > li")).to_have_count(0)
    stage.liar.honest()
    eli = account_keys(stage.eli.device.account.seed)
    seal_on(stage, eli.x_pub)
    stage.ben.admit(stage.group)
    stage.eli.group(stage.group)
    turn_to(stage.look(), "People")
    press(page, "Compare words")
    words = page.locator("dialog[open] .group-words")
    expect(words).to_have_text(asking.four_words(STRANGER.x_pub).replace(" ", " · "))
    assert asking.four_words(STRANGER.x_pub) != asking.four_words(eli.x_pub)
    press(page, "They are not the same")
    expect(page.get_by_role("dialog", name="If the words are not the same")).to_be_visible()


def seal_on(stage: Stage, account_x: bytes) -> None:
    """The host opens what was sealed to its own key and gives it to the asker, who notices nothing and joins."""
    (told,) = asking.own_requests(stage.eli.device)
    assert told.answer
    place = told.group, told.request
    link = open_answer(told.answer, STRANGER.x, *place)
    passed_on = asking.Asked(*place, "invited", seal_answer(link, account_x, *place))
    joining.join(stage.eli.device, asking.open_answered(stage.eli.device, passed_on), stage.eli.name)
