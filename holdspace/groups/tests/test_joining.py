"""Asking, waiting, "not now", being admitted, coming back; and what an invite shows of itself."""

from typing import Any

import pytest
from django.http import Http404

from conftest import Browser
from holdspace.groups.models import JoinRequest, Membership
from holdspace.groups.tests.cast import WEEK_MS, Circle, Person, make_network, now
from holdspace.groups.topics import WAITING
from holdspace.live.topics import Room
from holdspace.live.verbs import News
from holdspace.sealing import log_draft
from holdspace.sealing.codec import to_b64url
from holdspace.sealing.epoch import new_epoch_secret
from holdspace.sealing.keys import new_id, new_seed
from holdspace.sealing.log_payload import Record
from holdspace.ui.refused import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle() -> Circle:
    """Ben's group with Eli, and an open invite "Amara"."""
    make_network()
    ben = Person.named("Ben")
    circle = Circle().start(ben).admit(ben, Person.named("Eli"))
    circle.append(ben, circle.invitation(ben, "Amara"))
    return circle


@pytest.fixture
def amara(circle: Circle) -> Person:
    return Person.named("Amara")


def code_of(person: Person, verb: str, **args: Any) -> str:
    with pytest.raises(Refused) as refused:
        person.ask(verb, **args)
    return refused.value.code


def test_who_asks_waits_and_facilitators_see_them(circle: Circle, amara: Person) -> None:
    request = circle.request(amara, "Amara")
    ben = circle.people["Ben"]
    assert amara.ask("ask", **request) == {"group": circle.id, "state": "waiting"}
    (waiting,) = ben.ask("waiting", group=circle.id)["asks"]
    shown = {name: waiting[name] for name in request}
    assert shown == request
    assert waiting["member"] == circle.ids["Amara"]
    (asked,) = amara.ask("home")["asked"]
    assert (asked["group"], asked["state"]) == (circle.id, "waiting")


def test_who_waits_sees_nothing_of_the_group_yet(circle: Circle, amara: Person) -> None:
    amara.ask("ask", **circle.request(amara, "Amara"))
    for verb, args in (("log", {"after": -1}), ("waiting", {})):
        with pytest.raises(Http404):
            amara.ask(verb, group=circle.id, **args)
    assert code_of(amara, "listen", groups=[circle.id]) == "not-found"


def test_listening_costs_the_same_whatever_is_named(
    circle: Circle, amara: Person, django_assert_num_queries: Any
) -> None:
    for groups in ([circle.id], [circle.id], [new_id()], [new_id() for _ in range(500)]):
        with django_assert_num_queries(4):  # into a savepoint, one question, back out
            assert code_of(amara, "listen", groups=groups) == "not-found"


def test_only_facilitators_see_who_waits_and_say_not_now(circle: Circle, amara: Person) -> None:
    amara.ask("ask", **circle.request(amara, "Amara"))
    eli = circle.people["Eli"]
    with pytest.raises(Http404):
        eli.ask("waiting", group=circle.id)
    assert code_of(eli, "decline", group=circle.id, member=circle.ids["Amara"]) == "not-found"
    assert JoinRequest.objects.filter(declined=False).count() == 1


def test_facilitators_hear_that_somebody_waits(circle: Circle, amara: Person) -> None:
    (news,) = amara.news("ask", **circle.request(amara, "Amara"))
    assert isinstance(news, News)
    assert (news.audience, news.level) == (Room(circle.id), WAITING.level)
    assert news.level == 2


def test_not_now_stands_for_that_link_and_another_link_asks_anew(circle: Circle, amara: Person) -> None:
    ben = circle.people["Ben"]
    request = circle.request(amara, "Amara")
    amara.ask("ask", **request)
    assert ben.ask("decline", group=circle.id, member=circle.ids["Amara"]) == {}
    assert code_of(ben, "decline", group=circle.id, member=circle.ids["Amara"]) == "not-found"
    assert amara.ask("ask", **request)["state"] == "declined"
    assert ben.ask("waiting", group=circle.id)["asks"] == []
    circle.append(ben, circle.invitation(ben, "again"))
    assert amara.ask("ask", **circle.request(amara, "again"))["state"] == "waiting"


def test_asking_twice_is_asking_once(circle: Circle, amara: Person) -> None:
    request = circle.request(amara, "Amara")
    amara.ask("ask", **request)
    amara.ask("ask", **request)
    assert JoinRequest.objects.count() == 1


def test_an_admitted_asker_waits_no_more_and_the_link_is_used_up(circle: Circle, amara: Person) -> None:
    ben, dana = circle.people["Ben"], Person.named("Dana")
    request = circle.request(amara, "Amara")
    amara.ask("ask", **request)
    circle.append(ben, circle.admission(ben, request["record"]))
    assert amara.ask("home")["asked"] == []
    assert [each["group"] for each in amara.ask("home")["groups"]] == [circle.id]
    assert code_of(dana, "ask", **circle.request(dana, "Amara")) == "log-invite"


def test_a_swapped_key_of_a_newcomer_is_refused(circle: Circle, amara: Person) -> None:
    """The host, or a second facilitator, could otherwise put a key of their own in the newcomer's place."""
    request = circle.request(amara, "Amara")
    amara.ask("ask", **request)
    asked = Record.parse(request["record"])
    swapped = Record(
        **{name: getattr(asked, name) for name in Record.__slots__} | {"x_pub": bytes(range(1, 33))}
    )
    JoinRequest.objects.update(record=swapped.encode())
    ben = circle.people["Ben"]
    draft = log_draft.add(circle.now, circle.by(ben), [swapped], es=new_epoch_secret())
    args = {"group": circle.id, "entries": [circle.sign(ben, draft)]}
    assert code_of(ben, "append", **args) == "log-invite"


def spoilt(request: dict[str, Any]) -> dict[str, tuple[dict[str, Any], str]]:
    """Requests that are not what they should be, and their codes."""
    record, profile = request["record"], request["profile"]
    low_order = record[:20] + bytes(32) + record[52:]
    return {
        "no such invite": ({"invite": bytes(16)}, "log-invite"),
        "a forged signature of the invite": ({"record": record[:-1] + bytes([record[-1] ^ 1])}, "log-invite"),
        "no proof of possession": ({"self_sig": bytes(64)}, "bad-public-key"),
        "a key of small order": ({"record": low_order}, "bad-public-key"),
        "a record too short": ({"record": record[:-1]}, "format"),
        "a facilitator already": ({"record": record[:84] + b"\x02" + record[85:]}, "format"),
        "a name that is no box": ({"profile": b"Amara"}, "format"),
        "a name without end": ({"profile": profile + bytes(4096)}, "format"),
        "a box for another purpose": ({"profile": profile[:4] + b"\x01" + profile[5:]}, "format"),
    }


@pytest.mark.parametrize("case", list(spoilt({"record": bytes(165), "profile": b""})))
def test_a_request_that_is_not_right_is_refused(circle: Circle, amara: Person, case: str) -> None:
    request = circle.request(amara, "Amara")
    change, code = spoilt(request)[case]
    assert code_of(amara, "ask", **request | change) == code
    assert not JoinRequest.objects.exists()
    amara.ask("ask", **request)


def test_a_link_that_is_over_is_refused(circle: Circle, amara: Person) -> None:
    ben = circle.people["Ben"]
    circle.append(ben, circle.invitation(ben, "old", expires_ms=now() - 1000))
    assert code_of(amara, "ask", **circle.request(amara, "old")) == "log-invite"
    revoke = log_draft.revoke(circle.now, circle.by(ben), circle.links["Amara"].invite_id)
    circle.append(ben, circle.same_epoch(ben, revoke))
    assert code_of(amara, "ask", **circle.request(amara, "Amara")) == "log-invite"


def test_a_closed_group_takes_nobody(circle: Circle, amara: Person) -> None:
    ben = circle.people["Ben"]
    circle.append(ben, circle.same_epoch(ben, log_draft.close(circle.now, circle.by(ben))))
    assert code_of(amara, "ask", **circle.request(amara, "Amara")) == "log-invite"


def test_who_belongs_already_does_not_ask_again_under_another_id(circle: Circle) -> None:
    ben = circle.people["Ben"]
    circle.ids.pop("Ben")
    assert code_of(ben, "ask", **circle.request(ben, "Amara")) == "log-invite"


def test_somebody_removed_comes_back_under_their_own_id_and_sees_from_then_on(circle: Circle) -> None:
    ben, eli = circle.people["Ben"], circle.people["Eli"]
    circle.append(ben, circle.removal(ben, eli))
    circle.append(ben, circle.invitation(ben, "back", target=circle.ids["Eli"], expires_ms=now() + WEEK_MS))
    request = circle.request(eli, "back", gen=2)
    eli.ask("ask", **request)
    es = new_epoch_secret()
    draft = log_draft.rebind(circle.now, circle.by(ben), Record.parse(request["record"]), es=es)
    circle.append(ben, circle.new_epoch(ben, draft, es))
    membership = Membership.objects.get(member_id=circle.ids["Eli"])
    assert (membership.active, membership.gen, membership.from_epoch) == (True, 2, circle.now.epoch)
    assert [epoch for epoch, _, _ in eli.ask("log", group=circle.id, after=-1)["boxes"]] == [circle.now.epoch]


def test_a_member_with_lost_keys_is_bound_again_and_their_old_boxes_go(circle: Circle) -> None:
    ben, eli = circle.people["Ben"], circle.people["Eli"]
    circle.append(ben, circle.invitation(ben, "back", target=circle.ids["Eli"]))
    eli.seed = new_seed()
    request = circle.request(eli, "back", gen=2)
    assert eli.ask("ask", **request)["state"] == "waiting"
    es = new_epoch_secret()
    draft = log_draft.rebind(circle.now, circle.by(ben), Record.parse(request["record"]), es=es)
    circle.append(ben, circle.new_epoch(ben, draft, es))
    boxes = eli.ask("log", group=circle.id, after=-1)["boxes"]
    assert [(epoch, gen) for epoch, gen, _ in boxes] == [(circle.now.epoch, 2)]


# The card


def test_an_invite_shows_its_card_without_a_session(circle: Circle, browser: Browser) -> None:
    link = circle.links["Amara"]
    answer = browser.ask("card", {"invite": to_b64url(link.invite_id)})
    assert answer.status_code == 200
    assert answer.json()["state"] == "open"
    assert answer.json()["card"].startswith("SEMB")


def test_a_spent_invite_and_one_that_never_was_show_the_same(circle: Circle, browser: Browser) -> None:
    used, never = circle.links["Eli"].invite_id, bytes(range(16))
    answers = [browser.ask("card", {"invite": to_b64url(invite)}) for invite in (used, never)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert answers[0].json()["code"] == "log-invite"
