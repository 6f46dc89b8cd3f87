"""Asking from a listing, without a link: what is kept, what facilitators answer, taking it back, and how it ends."""

from typing import Any

import msgspec
import pytest
from django.http import Http404

from holdspace.accounts.models import Account
from holdspace.groups.actions import accounts, ask_from_listing, requests, tidy_requests
from holdspace.groups.models import Invite, JoinRequest, ListingRequest
from holdspace.groups.tests.cast import Circle, Person, granted, make_network, now
from holdspace.groups.topics import ANSWERED, WAITING
from holdspace.live.topics import Person as OnePerson
from holdspace.live.topics import Room
from holdspace.live.verbs import News, Request, Result, one_by_one
from holdspace.sealing import log_draft
from holdspace.sealing.keys import account_keys, group_keys, new_id
from holdspace.sealing.request import Note, open_answer, open_note, seal_answer, seal_note
from holdspace.ui.refused import Refused

pytestmark = pytest.mark.django_db


class Asked(msgspec.Struct, frozen=True):
    """What the directory passes on."""

    request: bytes
    account_x: bytes


@pytest.fixture(autouse=True)
def fresh_pace() -> None:
    requests._asked.fill_all()


@pytest.fixture
def circle() -> Circle:
    """Ben's group with Eli; Ben holds the facilitators' key."""
    make_network()
    ben = Person.named("Ben")
    return Circle().start(ben).admit(ben, Person.named("Eli"))


def somebody(name: str) -> Person:
    """A person whose account publishes the key of their seed."""
    person = Person.named(name)
    Account.objects.filter(id=person.id).update(x_pub=account_keys(person.seed).x_pub)
    return person


@pytest.fixture
def amara(circle: Circle) -> Person:
    return somebody("Amara")


def knock(person: Person, group: bytes, **other: bytes) -> tuple[Result, list[Any]]:
    """Ask as from a listing."""
    asked = {"request": new_id(), "account_x": account_keys(person.seed).x_pub} | other
    request = Request(person.id, Asked(**asked))
    (outcome,) = one_by_one(lambda each: ask_from_listing(each, group))([request])
    return granted(outcome), request.effects


def code_of(act: Any) -> str:
    try:
        act()
    except Http404:
        return "not-found"
    except Refused as refused:
        return refused.code
    raise AssertionError("it was not refused")


def letting_come(circle: Circle, by: Person, request: bytes, account_x: bytes) -> dict[str, Any]:
    """An append of an INVITE from the listing, with what goes with it."""
    made = circle.invitation(by, "listing", from_listing=True)
    link, fkey = circle.links["listing"], group_keys(circle.fkey, circle.id, 1).x
    note = seal_note(Note(account_x), (1, fkey), circle.id, link.invite_id)
    return made | {"answer": (request, seal_answer(link, account_x, circle.id, request), note)}


def test_who_asks_waits_and_only_facilitators_see_a_key_and_a_day(circle: Circle, amara: Person) -> None:
    told, (news,) = knock(amara, circle.id)
    ben, eli = circle.people["Ben"], circle.people["Eli"]
    assert (told["group"], told["state"]) == (circle.id, "waiting")
    (seen,) = ben.ask("waiting", group=circle.id)["requests"]
    assert set(seen) == {"request", "account_x", "state", "asked"}
    assert (seen["request"], seen["account_x"]) == (told["request"], account_keys(amara.seed).x_pub)
    assert code_of(lambda: eli.ask("waiting", group=circle.id)) == "not-found"
    assert isinstance(news, News)
    assert (news.audience, news.level) == (Room(circle.id), WAITING.level)
    (mine,) = amara.ask("home")["requests"]
    assert (mine["request"], mine["state"]) == (told["request"], "waiting")


def test_asking_again_is_asking_once(circle: Circle, amara: Person) -> None:
    first, _ = knock(amara, circle.id)
    again, news = knock(amara, circle.id)
    assert again == first
    assert news == []
    assert ListingRequest.objects.count() == 1


def test_only_the_key_that_the_account_publishes_is_taken(circle: Circle, amara: Person) -> None:
    other = account_keys(somebody("Dana").seed).x_pub
    assert code_of(lambda: knock(amara, circle.id, account_x=other)) == "bad-public-key"


def test_a_group_that_is_closed_or_not_there_hears_nobody(circle: Circle, amara: Person) -> None:
    ben = circle.people["Ben"]
    assert code_of(lambda: knock(amara, new_id())) == "not-found"
    knock(amara, circle.id)
    circle.append(ben, circle.same_epoch(ben, log_draft.close(circle.now, circle.by(ben))))
    assert [each["state"] for each in amara.ask("home")["requests"]] == ["declined"]
    assert code_of(lambda: knock(somebody("Dana"), circle.id)) == "not-found"


def test_who_is_in_need_not_ask(circle: Circle) -> None:
    eli = circle.people["Eli"]
    Account.objects.filter(id=eli.id).update(x_pub=account_keys(eli.seed).x_pub)
    assert code_of(lambda: knock(eli, circle.id)) == "inside"


@pytest.mark.parametrize("answer", ["later", "declined"])
def test_facilitators_answer_and_the_asker_hears_it(circle: Circle, amara: Person, answer: str) -> None:
    ben, eli = circle.people["Ben"], circle.people["Eli"]
    asked, _ = knock(amara, circle.id)
    said = {"group": circle.id, "request": asked["request"], "answer": answer}
    assert code_of(lambda: eli.ask("answer-request", **said)) == "not-found"
    effects = ben.news("answer-request", **said)
    assert [each.audience for each in effects] == [OnePerson(amara.id), Room(circle.id)]
    assert effects[0].level == ANSWERED.level
    assert [each["state"] for each in amara.ask("home")["requests"]] == [answer]
    waits = ben.ask("waiting", group=circle.id)["requests"]
    assert [each["state"] for each in waits] == (["later"] if answer == "later" else [])


def test_a_no_stands_for_weeks_and_cannot_be_wiped_away(circle: Circle, amara: Person) -> None:
    ben = circle.people["Ben"]
    asked, _ = knock(amara, circle.id)
    request = asked["request"]
    ben.ask("answer-request", group=circle.id, request=request, answer="declined")
    assert knock(amara, circle.id)[0]["state"] == "declined"
    assert code_of(lambda: amara.ask("take-request-back", request=request)) == "not-found"
    said = {"group": circle.id, "request": request, "answer": "later"}
    assert code_of(lambda: ben.ask("answer-request", **said)) == "not-found"
    ListingRequest.objects.update(ends=now() - 1)
    assert amara.ask("home")["requests"] == []
    assert knock(amara, circle.id)[0]["state"] == "waiting"


def test_a_no_outlives_new_keys_and_holds_at_the_door(circle: Circle, amara: Person) -> None:
    ben, dana = circle.people["Ben"], somebody("Dana")
    refused, _ = knock(dana, circle.id)
    ben.ask("answer-request", group=circle.id, request=refused["request"], answer="declined")
    accounts._forget_asking(Account.objects.get(id=dana.id))
    assert knock(dana, circle.id)[0]["state"] == "declined"
    asked, _ = knock(amara, circle.id)
    circle.append(ben, letting_come(circle, ben, asked["request"], account_keys(amara.seed).x_pub))
    amara.ask("ask", **circle.request(amara, "listing"))
    JoinRequest.objects.update(declined=True)
    assert code_of(lambda: amara.ask("take-request-back", request=asked["request"])) == "not-found"


def test_an_invite_goes_to_who_asked_and_opens_for_them_alone(circle: Circle, amara: Person) -> None:
    ben, x_pub = circle.people["Ben"], account_keys(amara.seed).x_pub
    asked, _ = knock(amara, circle.id)
    effects = circle.append(ben, letting_come(circle, ben, asked["request"], x_pub))
    assert OnePerson(amara.id) in [each.audience for each in effects if isinstance(each, News)]
    (mine,) = amara.ask("home")["requests"]
    assert mine["state"] == "invited"
    link = open_answer(mine["answer"], account_keys(amara.seed).x, circle.id, asked["request"])
    assert link == circle.links["listing"]
    waiting = ben.ask("waiting", group=circle.id)
    assert waiting["requests"] == []
    ((invite_id, note),) = waiting["notes"]
    fkey = group_keys(circle.fkey, circle.id, 1).x
    assert open_note(note, fkey, circle.id, invite_id) == Note(x_pub)


def test_who_is_let_in_asks_no_more_and_the_note_stays(circle: Circle, amara: Person) -> None:
    ben = circle.people["Ben"]
    asked, _ = knock(amara, circle.id)
    circle.append(ben, letting_come(circle, ben, asked["request"], account_keys(amara.seed).x_pub))
    request = circle.request(amara, "listing")
    amara.ask("ask", **request)
    circle.append(ben, circle.admission(ben, request["record"]))
    assert not ListingRequest.objects.exists()
    invite_id, fkey = circle.links["listing"].invite_id, group_keys(circle.fkey, circle.id, 1).x
    compared = seal_note(Note(account_keys(amara.seed).x_pub, True), (1, fkey), circle.id, invite_id)
    args = {"group": circle.id, "invite": invite_id, "note": compared}
    assert code_of(lambda: amara.ask("note-compared", **args)) == "not-found"
    assert code_of(lambda: ben.ask("note-compared", **args | {"note": compared[:-1]})) == "format"
    assert code_of(lambda: ben.ask("note-compared", **args | {"invite": new_id()})) == "not-found"
    assert ben.ask("note-compared", **args) == {}
    assert ben.ask("waiting", group=circle.id)["notes"] == [(invite_id, compared)]


def spoilt(made: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Invites from a listing that are not whole."""
    request, data, note = made["answer"]
    return {
        "no answer": {"answer": None},
        "no card": {"card": None},
        "a box of another size": {"answer": (request, data + b"\0", note)},
        "a box for another purpose": {"answer": (request, data[:4] + b"\x01" + data[5:], note)},
        "a note cut short": {"answer": (request, data, note[:-1])},
        "a request that is not there": {"answer": (new_id(), data, note)},
    }


NO_ANSWER = {"answer": (bytes(16), b"", b"")}


@pytest.mark.parametrize("case", list(spoilt(NO_ANSWER)))
def test_an_invite_from_a_listing_is_whole_or_is_not(circle: Circle, amara: Person, case: str) -> None:
    ben = circle.people["Ben"]
    asked, _ = knock(amara, circle.id)
    made = letting_come(circle, ben, asked["request"], account_keys(amara.seed).x_pub)
    code = code_of(lambda: ben.ask("append", **made | spoilt(made)[case]))
    assert code == {"a note cut short": "format", "a request that is not there": "not-found"}.get(
        case, "boxes"
    )
    assert not Invite.objects.filter(note__isnull=False).exists()
    assert [each["state"] for each in amara.ask("home")["requests"]] == ["waiting"]


def test_an_ordinary_invite_carries_no_answer(circle: Circle, amara: Person) -> None:
    ben = circle.people["Ben"]
    asked, _ = knock(amara, circle.id)
    answer = letting_come(circle, ben, asked["request"], account_keys(amara.seed).x_pub)["answer"]
    plain = circle.invitation(ben, "plain")
    assert code_of(lambda: ben.ask("append", **plain | {"answer": answer})) == "boxes"


def test_an_ask_is_taken_back_and_the_invite_with_it(circle: Circle, amara: Person) -> None:
    ben, dana = circle.people["Ben"], somebody("Dana")
    asked, _ = knock(amara, circle.id)
    circle.append(ben, letting_come(circle, ben, asked["request"], account_keys(amara.seed).x_pub))
    amara.ask("ask", **circle.request(amara, "listing"))
    assert code_of(lambda: dana.ask("take-request-back", request=asked["request"])) == "not-found"
    assert amara.ask("take-request-back", request=asked["request"]) == {}
    assert not ListingRequest.objects.exists()
    assert not JoinRequest.objects.exists()


def test_an_invite_that_is_over_is_told_as_missed_and_one_may_ask_again(
    circle: Circle, amara: Person
) -> None:
    ben = circle.people["Ben"]
    first, _ = knock(amara, circle.id)
    circle.append(ben, letting_come(circle, ben, first["request"], account_keys(amara.seed).x_pub))
    Invite.objects.update(expires=now() - 1)
    (mine,) = amara.ask("home")["requests"]
    assert (mine["state"], "answer" in mine) == ("missed", False)
    again, _ = knock(amara, circle.id)
    assert again["state"] == "waiting"
    assert again["request"] != first["request"]


def test_nobody_asks_everywhere_nor_all_day(
    circle: Circle, amara: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "MOST_AT_A_DOOR", 1)
    asked, _ = knock(amara, circle.id)
    assert code_of(lambda: knock(somebody("Dana"), circle.id)) == "too-many"
    monkeypatch.setattr(requests, "MOST_A_DAY", 3)
    amara.ask("take-request-back", request=asked["request"])
    requests._asked.fill_all()
    for _ in range(3):
        amara.ask("take-request-back", request=knock(amara, circle.id)[0]["request"])
    assert code_of(lambda: knock(amara, circle.id)) == "too-many"
    requests._asked.fill_all()
    monkeypatch.setattr(requests, "MOST_AT_ONCE", 0)
    assert code_of(lambda: knock(amara, circle.id)) == "too-many"


def test_what_has_ended_is_tidied_away(circle: Circle, amara: Person) -> None:
    knock(amara, circle.id)
    tidy_requests()
    assert ListingRequest.objects.count() == 1
    ListingRequest.objects.update(ends=now())
    tidy_requests()
    assert not ListingRequest.objects.exists()
