"""Asking without a link, between people without a browser: the whole way, the waiting list, and a server that lies in between."""

from typing import Any

import pytest

from client import asking, ids
from client.tests.conftest import People, Person
from client.trouble import Trouble
from holdspace.sealing.errors import SealError
from holdspace.sealing.invite import Link, new_secret
from holdspace.sealing.keys import account_keys, new_id, new_seed
from holdspace.sealing.request import Note, open_answer, seal_answer, seal_note
from tests.listed import TITLE, list_group
from tests.running import Running

STRANGER = account_keys(new_seed())


@pytest.fixture
def listing(running: Running, group: str) -> str:
    """Ben's group stands in the directory."""
    return list_group(running, ids.parse(group))


def code_of(act: Any) -> str:
    try:
        act()
    except (SealError, Trouble) as refused:
        return refused.code
    raise AssertionError("it was not refused")


def state(person: Person) -> list[str]:
    return [each["state"] for each in person.requests()["requests"]]


def let_in(ben: Person, amara: Person, group: str) -> None:
    """With the invite that answered her, Amara asks at the door, and Ben lets her in."""
    amara.come(group, "Amara")
    assert [each["name"] for each in ben.admit(group)["admitted"]] == ["Amara"]


def words_of(person: Person) -> str:
    """What somebody reads as their own four words."""
    return asking.four_words(account_keys(person.device.account.seed).x_pub)


def words_shown(facilitator: Person, group: str, name: str) -> str:
    """What a facilitator reads as somebody's four words."""
    found = facilitator.group(group)
    note = asking.note_of(found, found.find(name))
    assert note
    return asking.four_words(note.account_x)


def test_who_found_the_listing_asks_is_let_in_and_words_are_compared(
    ben: Person, amara: Person, group: str, listing: str
) -> None:
    assert amara.ask_listing(listing, TITLE)["state"] == "waiting"
    ben.let_come(group)
    assert state(amara) == ["invited"]
    let_in(ben, amara, group)
    assert state(amara) == []
    found = ben.group(group)
    member = found.find("Amara")
    assert words_shown(ben, group, "Amara") == words_of(amara)
    note = asking.note_of(found, member)
    assert note
    assert not note.is_compared
    asking.compared(found, member)
    again = asking.note_of(ben.group(group), member)
    assert again
    assert again.is_compared
    assert asking.note_of(found, found.me) is None


def test_another_facilitator_sees_what_was_compared(
    ben: Person, amara: Person, person: People, group: str, listing: str
) -> None:
    chidi = person("chidi")
    chidi.join(ben.invite(group)["link"], "Chidi")
    ben.admit(group)
    amara.ask_listing(listing)
    ben.let_come(group)
    let_in(ben, amara, group)
    found = ben.group(group)
    asking.compared(found, found.find("Amara"))
    ben.promote(group, "Chidi")
    seen = chidi.group(group)
    note = asking.note_of(seen, seen.find("Amara"))
    assert note
    assert note.is_compared


def test_later_then_a_place_and_no(
    ben: Person, amara: Person, person: People, group: str, listing: str
) -> None:
    dana = person("dana")
    for each in (amara, dana):
        each.ask_listing(listing)
    found = ben.group(group)
    first, second = asking.wishes(found)
    asking.answer(found, first, "later")
    asking.answer(found, second, "declined")
    assert (state(amara), state(dana)) == (["later"], ["declined"])
    assert [wish.is_later for wish in asking.wishes(found)] == [True]
    ben.let_come(group)
    let_in(ben, amara, group)
    assert dana.ask_listing(listing)["state"] == "declined"


def test_taking_back_ends_it_and_the_invite_too(ben: Person, amara: Person, group: str, listing: str) -> None:
    amara.ask_listing(listing)
    ben.let_come(group)
    amara.come(group, "Amara")
    amara.take_request_back(group)
    assert (state(amara), ben.waiting(group)["asks"]) == ([], [])
    assert amara.device.requests == {}


# A server that lies ---------------------------------------------------------------------------------------------------


def lie_about(person: Person, monkeypatch: pytest.MonkeyPatch, verb: str, change: Any) -> None:
    """From now on this person's server changes its answers to one verb."""
    ask = person.server.ask

    def lying(asked: str, **args: Any) -> Any:
        answer = ask(asked, **args)
        return change(answer) if asked == verb else answer

    monkeypatch.setattr(person.server, "ask", lying)


def test_a_host_that_swaps_the_askers_key_is_found_by_the_words(
    ben: Person, amara: Person, group: str, listing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The host opens the answer, and seals it on to the asker, so that nothing else shows."""
    amara.ask_listing(listing)

    def swap(answer: Any) -> Any:
        return answer | {"requests": [each | {"account_x": STRANGER.x_pub} for each in answer["requests"]]}

    def seal_on(answer: Any) -> Any:
        for each in answer["requests"]:
            place = each["group"], each["request"]
            link = open_answer(each["answer"], STRANGER.x, *place)
            each["answer"] = seal_answer(link, account_keys(amara.device.account.seed).x_pub, *place)
        return answer

    lie_about(ben, monkeypatch, "waiting", swap)
    ben.let_come(group)
    lie_about(amara, monkeypatch, "home", seal_on)
    let_in(ben, amara, group)
    assert words_shown(ben, group, "Amara") != words_of(amara)


def test_a_note_of_the_hosts_own_is_none(
    ben: Person, amara: Person, group: str, listing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may withhold a note or write one under the facilitators' public key. The words count as not compared then."""
    amara.ask_listing(listing)
    ben.let_come(group)
    let_in(ben, amara, group)
    found = ben.group(group)
    member = found.find("Amara")
    invite_id = asking.came_by(found, member)
    assert invite_id
    fkey = found.state.fkey
    forged = note_by_hand(STRANGER.x_pub, fkey.gen, fkey.public, found.id, invite_id)
    for notes in ([], [[invite_id, forged]], [[invite_id, b"no note"]]):
        monkeypatch.undo()
        lie_about(ben, monkeypatch, "waiting", lambda answer, notes=notes: answer | {"notes": notes})
        assert code_of(lambda: asking.note_of(ben.group(group), member)) == "note-missing"
    # That somebody came from the listing stands in the signed list, and nobody takes it away.
    assert asking.came_by(ben.group(group), member) == invite_id


def note_by_hand(account_x: bytes, gen: int, key: bytes, group: bytes, invite_id: bytes) -> bytes:
    """What somebody makes who does not hold the facilitators' key."""
    return seal_note(Note(account_x, True), (gen, key), group, invite_id)


@pytest.mark.parametrize(
    "lie", ["its own secret", "another request", "another group", "another person", "cut"]
)
def test_an_answer_that_is_not_ours_is_not_opened(
    ben: Person, amara: Person, group: str, listing: str, monkeypatch: pytest.MonkeyPatch, lie: str
) -> None:
    amara.ask_listing(listing)
    ben.let_come(group)
    x_pub = account_keys(amara.device.account.seed).x_pub
    own = Link(new_id(), bytes(16), new_secret())

    def change(answer: Any) -> Any:
        (each,) = answer["requests"]
        place = each["group"], each["request"]
        each |= {
            "its own secret": {"answer": seal_answer(own, x_pub, *place)},
            "another request": {"answer": seal_answer(own, x_pub, each["group"], new_id())},
            "another group": {"answer": seal_answer(own, x_pub, new_id(), each["request"])},
            "another person": {"answer": seal_answer(own, STRANGER.x_pub, *place)},
            "cut": {"answer": each["answer"][:-1]},
        }[lie]
        return answer

    lie_about(amara, monkeypatch, "home", change)
    expected = "log-invite" if lie == "its own secret" else "answer-foreign"
    assert code_of(lambda: amara.come(group, "Amara")) == expected


def test_a_group_that_was_not_asked_cannot_answer(
    ben: Person, amara: Person, group: str, listing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The host tells another group's facilitators of the request, and passes their answer on as that of the group that was asked."""
    other = ben.start_group("Another", "Ben")["group"]
    amara.ask_listing(listing)
    asked = asking.own_requests(amara.device)[0]
    link = Link.parse(ben.invite(other)["link"].partition("#")[2])
    x_pub = account_keys(amara.device.account.seed).x_pub
    swapped = seal_answer(link, x_pub, asked.group, asked.request)
    told = asking.Asked(asked.group, asked.request, "invited", swapped)
    # The ordinary box of another group does not open at all; this one is made by somebody who knows the secret.
    assert code_of(lambda: asking.open_answered(amara.device, told)) == "answer-foreign"
    elsewhere = asking.Asked(
        ids.parse(other), asked.request, "invited", seal_answer(link, x_pub, ids.parse(other), asked.request)
    )
    assert code_of(lambda: asking.open_answered(amara.device, elsewhere)) == "answer-foreign"
