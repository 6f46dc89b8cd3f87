"""Editing and withdrawing: by the author alone, in the place where it was said, gone from every answer."""

from typing import Any

import pytest
from django.http import Http404

from holdspace.conversations import actions
from holdspace.conversations.actions import checks, tidying
from holdspace.conversations.models import Item
from holdspace.conversations.tests.cast import Circle, Person, code_of, item_id, send_all
from holdspace.groups.clock import now_ms
from holdspace.live.topics import Room
from holdspace.sealing import log_draft
from holdspace.ui.refused import Refused

pytestmark = pytest.mark.django_db
DAY = 24 * 3600 * 1000


def rows_of(person: Person, circle: Circle, after: int = 0) -> list[Any]:
    """What somebody gets when they catch up."""
    rows: list[Any] = person.ask("items", group=circle.id, after=after, limit=200)["items"]
    return rows


def next_of(circle: Circle, person: Person, envelope: bytes, revision: int = 1, **more: Any) -> bytes:
    """The next envelope of an item, under the same kind and parent."""
    same: dict[str, Any] = {"kind": envelope[4], "parent": envelope[64:80]}
    return circle.envelope(person, item_id=item_id(envelope), revision=revision, **same | more)


def withdraw(circle: Circle, person: Person, envelope: bytes, revision: int = 1, **more: Any) -> Any:
    """Take an item back."""
    return person.ask("withdraw", envelope=next_of(circle, person, envelope, revision, **more))


def no_withdrawal(circle: Circle, person: Person, envelope: bytes, revision: int = 1, **more: Any) -> str:
    """The code with which taking it back is refused."""
    with pytest.raises(Refused) as refused:
        withdraw(circle, person, envelope, revision, **more)
    return refused.value.code


@pytest.fixture
def share(circle: Circle, amara: Person) -> bytes:
    """Something Amara said, as seq 1."""
    envelope = circle.envelope(amara)
    amara.ask("send", envelope=envelope)
    return envelope


# Editing


def test_an_edit_takes_the_next_seq_and_tells_where_it_was_said_first(
    circle: Circle, amara: Person, ben: Person, share: bytes
) -> None:
    said = Item.objects.get().received
    circle.say(ben)
    edit = next_of(circle, amara, share)
    (news,) = amara.news("send", envelope=edit)
    stored = Item.objects.get(seq=3)
    row = [3, edit, stored.received, bytes(stored.stamp), 1, said]
    assert news.audience == Room(circle.id, 3)
    assert [list(each) for each in rows_of(ben, circle, after=2)] == [row]
    again = next_of(circle, amara, share, 2)
    amara.ask("send", envelope=again)
    assert [each[0] for each in rows_of(ben, circle)] == [2, 4]
    assert rows_of(ben, circle)[1][4:] == (1, said)


def test_what_was_replaced_is_in_no_answer(circle: Circle, amara: Person, ben: Person, share: bytes) -> None:
    edit = next_of(circle, amara, share)
    amara.ask("send", envelope=edit)
    opened = ben.ask("open", group=circle.id)
    before = ben.ask("items", group=circle.id, before=100, limit=200)
    for rows in (opened["items"], before["items"], rows_of(ben, circle), rows_of(amara, circle)):
        assert [each[1] for each in rows] == [edit]


def test_only_the_author_edits_and_withdraws(
    circle: Circle, amara: Person, ben: Person, share: bytes
) -> None:
    assert code_of(ben, next_of(circle, ben, share)) == "exists"
    assert no_withdrawal(circle, ben, share) == "exists"
    assert code_of(ben, next_of(circle, amara, share)) == "author"
    with pytest.raises(Refused, match="author"):
        ben.ask("withdraw", envelope=next_of(circle, amara, share))
    withdraw(circle, amara, share)


def test_who_is_in_no_group_withdraws_nothing(circle: Circle, amara: Person, share: bytes) -> None:
    for person in (Person.named("Dana"), circle.people["Eli"]):
        circle.join_as(person)
        assert no_withdrawal(circle, person, share) == "not-found"


def test_what_was_said_before_somebody_came_is_not_edited_into_their_sight(
    circle: Circle, amara: Person, ben: Person, share: bytes
) -> None:
    circle.admit(ben, Person.named("Dana"))
    assert code_of(amara, next_of(circle, amara, share)) == "newcomers"
    later = circle.envelope(amara)
    amara.ask("send", envelope=later)
    amara.ask("send", envelope=next_of(circle, amara, later))


def test_a_new_key_without_newcomers_is_no_reason_against_an_edit(
    circle: Circle, amara: Person, ben: Person, share: bytes
) -> None:
    circle.append(ben, circle.rekeying(ben))
    amara.ask("send", envelope=next_of(circle, amara, share))


def test_a_newcomer_gets_nothing_of_a_withdrawal_of_what_they_never_saw(
    circle: Circle, amara: Person, ben: Person, share: bytes
) -> None:
    dana = Person.named("Dana")
    circle.admit(ben, dana)
    (news,) = amara.news("withdraw", envelope=next_of(circle, amara, share))
    assert news.audience == Room(circle.id, 3), "told to those who could read it"
    assert rows_of(dana, circle) == []
    assert len(rows_of(ben, circle)) == 1


def test_first_word_and_edit_that_arrive_together_are_one_item(circle: Circle, amara: Person) -> None:
    first = circle.envelope(amara)
    assert send_all((amara, first), (amara, next_of(circle, amara, first))) == [1, 2]
    assert [each[0] for each in rows_of(amara, circle)] == [2]


# Withdrawing


@pytest.mark.parametrize("kind", [1, 2, 3, 5])
def test_what_was_said_can_be_taken_back(circle: Circle, amara: Person, ben: Person, kind: int) -> None:
    share = circle.envelope(ben)
    ben.ask("send", envelope=share)
    parent = item_id(share) if kind in (2, 5) else bytes(16)
    said = circle.envelope(amara, kind=kind, parent=parent)
    amara.ask("send", envelope=said)
    assert withdraw(circle, amara, said)["seq"] == 3
    assert [each[0] for each in rows_of(ben, circle)] == [1, 3]


@pytest.mark.parametrize("kind", [9, 11])
def test_names_and_signatures_are_not_taken_back(circle: Circle, amara: Person, kind: int) -> None:
    said = circle.envelope(amara, kind=kind)
    amara.ask("send", envelope=said)
    assert no_withdrawal(circle, amara, said) == "kind"


def test_nothing_follows_a_withdrawal(circle: Circle, amara: Person, ben: Person, share: bytes) -> None:
    withdraw(circle, amara, share)
    assert code_of(amara, next_of(circle, amara, share, 2)) == "exists"
    assert no_withdrawal(circle, amara, share, 2) == "exists"
    assert code_of(amara, circle.envelope(amara, item_id=item_id(share))) == "exists"
    for kind in (2, 5, 11):
        assert code_of(ben, circle.envelope(ben, kind=kind, parent=item_id(share))) == "parent"


def test_only_what_was_said_is_withdrawn_and_in_order(circle: Circle, amara: Person, share: bytes) -> None:
    assert no_withdrawal(circle, amara, circle.envelope(amara)) == "exists"
    assert no_withdrawal(circle, amara, circle.envelope(amara), 0) == "exists"
    assert no_withdrawal(circle, amara, share, 0) == "exists"
    assert no_withdrawal(circle, amara, share, 2) == "exists"
    assert no_withdrawal(circle, amara, share, kind=3) == "exists"
    assert no_withdrawal(circle, amara, share, epoch=2) == "stale-epoch"


def test_a_reply_to_what_is_gone_can_still_be_taken_back(
    circle: Circle, amara: Person, ben: Person, share: bytes
) -> None:
    reply = circle.envelope(ben, kind=2, parent=item_id(share))
    ben.ask("send", envelope=reply)
    withdraw(circle, amara, share)
    assert code_of(ben, next_of(circle, ben, reply)) == "parent"
    assert no_withdrawal(circle, ben, reply, parent=bytes(16)) == "parent"
    withdraw(circle, ben, reply)


def test_in_a_closed_group_words_can_still_be_taken_back(
    circle: Circle, amara: Person, ben: Person, share: bytes
) -> None:
    circle.append(ben, circle.same_epoch(ben, log_draft.close(circle.now, circle.by(ben))))
    assert code_of(amara, next_of(circle, amara, share)) == "kind"
    withdraw(circle, amara, share)


def test_the_very_same_withdrawal_is_answered_with_its_first_result(
    circle: Circle, amara: Person, share: bytes
) -> None:
    gone = next_of(circle, amara, share)
    assert amara.ask("withdraw", envelope=gone) == amara.ask("withdraw", envelope=gone)
    assert Item.objects.count() == 2


# What is kept


def at(monkeypatch: pytest.MonkeyPatch, days: float) -> None:
    """Tidy as many days after now."""
    now = now_ms()
    with monkeypatch.context() as later:
        later.setattr(tidying, "now_ms", lambda: now + int(days * DAY))
        actions.tidy()


def test_the_locked_copy_is_cut_after_two_weeks_and_forgotten_after_three_months(
    circle: Circle, amara: Person, share: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    withdraw(circle, amara, share)
    last = Item.objects.get(seq=2).envelope
    at(monkeypatch, 13.9)
    assert Item.objects.get(seq=1).envelope == share
    at(monkeypatch, 14.1)
    cut = Item.objects.get(seq=1)
    assert (bytes(cut.envelope), len(cut.stamp)) == (share[:124], 32)
    at(monkeypatch, 89.9)
    assert Item.objects.count() == 2
    at(monkeypatch, 90.1)
    assert [bytes(item.envelope) for item in Item.objects.all()] == [bytes(last)]
    assert code_of(amara, next_of(circle, amara, share, 2)) == "exists", "gone for good"


def test_what_stands_is_never_tidied_away(
    circle: Circle, amara: Person, share: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, 4000)
    assert bytes(Item.objects.get().envelope) == share


def test_a_copy_of_what_was_cut_is_known_by_its_stamp(
    circle: Circle, amara: Person, share: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = amara.ask("send", envelope=share)
    withdraw(circle, amara, share)
    at(monkeypatch, 15)
    assert amara.ask("send", envelope=share) == first
    other = share[:-1] + bytes([share[-1] ^ 1])
    assert code_of(amara, other) == "exists"


def test_somebody_elses_group_is_not_found(circle: Circle, share: bytes) -> None:
    with pytest.raises(Http404):
        rows_of(Person.named("Dana"), circle)


def test_these_tests_can_fail_without_the_check_another_takes_words_back(
    circle: Circle, amara: Person, ben: Person, share: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    careless = tuple(check for check in checks.CHECKS if check is not checks.is_not_next)
    monkeypatch.setattr("holdspace.conversations.actions.accept.CHECKS", careless)
    ben.ask("send", envelope=next_of(circle, ben, share))
    withdraw(circle, ben, share, 2)
    assert [row[0] for row in rows_of(amara, circle)] == [3]
