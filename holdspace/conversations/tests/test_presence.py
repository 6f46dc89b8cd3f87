"""Presence: for two, given once, and in no answer to anybody else."""

from typing import Any

import pytest

from holdspace.conversations.models import Item
from holdspace.conversations.tests.cast import Circle, Person, code_of, item_id, send_all
from holdspace.live.topics import Person as Sockets
from holdspace.live.topics import Room
from holdspace.live.verbs import News

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana(circle: Circle, ben: Person) -> Person:
    """A third member."""
    person = Person.named("Dana")
    circle.admit(ben, person)
    return person


@pytest.fixture
def share(circle: Circle, dana: Person, amara: Person) -> bytes:
    """Something Amara said, as seq 1."""
    envelope = circle.envelope(amara)
    amara.ask("send", envelope=envelope)
    return envelope


def present(circle: Circle, person: Person, share: bytes, **more: Any) -> bytes:
    """Being there."""
    return circle.envelope(person, kind=5, parent=item_id(share), **more)


def everything(person: Person, circle: Circle) -> list[list[int]]:
    """The seqs somebody gets, in every way there is to ask."""
    opened = person.ask("open", group=circle.id)
    pages = [
        opened["items"],
        person.ask("items", group=circle.id, after=0, limit=200)["items"],
        person.ask("items", group=circle.id, before=1000, limit=200)["items"],
    ]
    assert opened["last"] == circle_last(circle)
    return [[row[0] for row in page] for page in pages]


def circle_last(circle: Circle) -> int:
    """The last seq."""
    last = Item.objects.order_by("-seq").first()
    assert last is not None
    return last.seq


def test_presence_is_for_the_author_and_its_sender_alone(
    circle: Circle, amara: Person, ben: Person, dana: Person, share: bytes
) -> None:
    news = ben.news("send", envelope=present(circle, ben, share))
    assert [each.audience for each in news] == [Sockets(ben.id), Sockets(amara.id)]
    assert everything(amara, circle) == everything(ben, circle) == [[1, 2]] * 3
    assert everything(dana, circle) == [[1]] * 3


def test_a_change_and_a_withdrawal_of_presence_are_for_the_two_as_well(
    circle: Circle, amara: Person, ben: Person, dana: Person, share: bytes
) -> None:
    first = present(circle, ben, share)
    ben.ask("send", envelope=first)
    circle.append(dana, circle.rekeying(dana))
    for verb, revision in (("send", 1), ("withdraw", 2)):
        again = present(circle, ben, share, item_id=item_id(first), revision=revision)
        news = ben.news(verb, envelope=again)
        assert [each.audience for each in news] == [Sockets(ben.id), Sockets(amara.id)]
        assert everything(dana, circle) == [[1]] * 3
        assert everything(amara, circle) == [[1, 2 + revision]] * 3


def test_the_room_is_told_that_it_missed_nothing(
    circle: Circle, amara: Person, ben: Person, share: bytes
) -> None:
    ben.ask("send", envelope=present(circle, ben, share))
    (after_presence,) = ben.news("send", envelope=circle.envelope(ben))
    (after_words,) = ben.news("send", envelope=circle.envelope(ben))
    assert isinstance(after_presence, News)
    assert after_presence.audience == Room(circle.id, circle.now.epoch)
    assert b"\xa5after\x01" in after_presence.frames[0]
    assert b"after" not in after_words.frames[0]


def test_it_is_given_once_until_it_is_withdrawn(
    circle: Circle, amara: Person, ben: Person, share: bytes
) -> None:
    first = present(circle, ben, share)
    ben.ask("send", envelope=first)
    assert code_of(ben, present(circle, ben, share)) == "exists"
    last = present(circle, ben, share, item_id=item_id(first), revision=1)
    ben.ask("withdraw", envelope=last)
    assert send_all((ben, present(circle, ben, share)), (ben, present(circle, ben, share))) == [4, "exists"]


def test_nobody_is_present_at_their_own(circle: Circle, amara: Person, share: bytes) -> None:
    assert code_of(amara, present(circle, amara, share)) == "parent"


def test_presence_answers_a_share_or_reply_of_somebody_who_is_here(
    circle: Circle, amara: Person, ben: Person, dana: Person, share: bytes
) -> None:
    reply, chat = circle.envelope(dana, kind=2, parent=item_id(share)), circle.envelope(amara, kind=3)
    send_all((dana, reply), (amara, chat))
    there = present(circle, ben, share)
    ben.ask("send", envelope=there)
    assert code_of(ben, circle.envelope(ben, kind=5)) == "parent"
    for other in (chat, there):
        assert code_of(dana, present(circle, dana, other)) == "parent"
    circle.append(amara, circle.leaving(amara))
    circle.append(ben, circle.rekeying(ben))
    assert code_of(dana, present(circle, dana, share)) == "parent", "she is not here any more"
    ben.ask("send", envelope=present(circle, ben, reply))


def test_who_has_gone_leaves_presence_that_can_be_withdrawn(
    circle: Circle, amara: Person, ben: Person, share: bytes
) -> None:
    first = present(circle, ben, share)
    ben.ask("send", envelope=first)
    circle.append(amara, circle.leaving(amara))
    circle.append(ben, circle.rekeying(ben))
    last = present(circle, ben, share, item_id=item_id(first), revision=1)
    news = ben.news("withdraw", envelope=last)
    assert [each.audience for each in news] == [Sockets(ben.id)]
