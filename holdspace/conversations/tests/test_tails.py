"""What is kept of a group gives each member exactly what the database would, and is read anew when something was said."""

from typing import Any

import pytest

from holdspace.conversations import queries, tails
from holdspace.conversations.queries import Kept
from holdspace.conversations.tails import Tails
from holdspace.conversations.tests.cast import Circle, Person, item_id
from holdspace.groups.access import membership_of
from holdspace.groups.queries import Member

pytestmark = pytest.mark.django_db

# Of the tail nothing but the newest row: then the database is asked.
NOTHING = slice(1)


@pytest.fixture
def talk(circle: Circle, ben: Person, amara: Person) -> list[Member]:
    """Shares, yeses between two, an edit and one taken back, before and after Dana came; everybody of the group."""
    dana = Person.named("Dana")
    shares = [_said(circle, ben, kind=kind) for kind in (8, 9, 1, 3)]
    shares += [_said(circle, amara, kind=kind) for kind in (9, 1, 1)]
    circle.say(ben, kind=5, parent=item_id(shares[-1]))
    circle.admit(ben, dana)
    circle.say(dana, kind=9)
    new = _said(circle, amara)
    circle.say(dana, kind=5, parent=item_id(new))
    circle.say(amara, item_id=item_id(new), revision=1)
    amara.ask("withdraw", envelope=circle.envelope(amara, item_id=item_id(shares[-1]), revision=1))
    for _ in range(9):
        circle.say(ben)
    return [membership_of(person.id, circle.id) for person in (ben, amara, dana)]


def _said(circle: Circle, person: Person, **header: Any) -> bytes:
    envelope = circle.envelope(person, **header)
    person.ask("send", envelope=envelope)
    return envelope


def test_everybody_gets_what_the_database_would_give_them(talk: list[Member], circle: Circle) -> None:
    kept = queries.read_tail(circle.id)
    short = Kept(kept.rows[NOTHING], [], False)
    # As where more was said than is kept.
    part = Kept(kept.rows[:6], kept.standing, False)
    for member in talk:
        for after in range(member.item_seq + 1):
            for limit in (2, 5, 50):
                wanted = queries.newest(member, short, after, limit)
                assert queries.newest(member, kept, after, limit) == wanted
                assert queries.newest(member, part, after, limit) == wanted
    counts = {len(queries.newest(member, kept, 0, 50)[0]) for member in talk}
    assert len(counts) == len(talk), "they would all get the same, so this proves nothing"


def test_what_stands_is_told_but_for_what_is_held(talk: list[Member], circle: Circle) -> None:
    kept = queries.read_tail(circle.id)
    ben, amara, dana = ([row[0] for row in queries.standing(member, kept)] for member in talk)
    assert ben == amara
    assert len(ben) == 4, "what stands, and three names"
    assert dana == ben[-1:], "she came after the others had said their names"
    assert [row[0] for row in queries.standing(talk[0], kept, ben[1:])] == ben[:1]
    assert queries.standing(talk[0], kept, [*ben, 1000]) == []


def test_a_group_is_read_once_and_anew_when_something_was_said(
    talk: list[Member], circle: Circle, ben: Person, django_assert_num_queries: Any
) -> None:
    known = Tails()
    with django_assert_num_queries(2):
        before = known.of(talk[0])
    with django_assert_num_queries(0):
        assert known.of(talk[1]) is before
    said = circle.say(ben)
    member = membership_of(ben.id, circle.id)
    assert known.of(member).rows[0][0] == said["seq"]
    with django_assert_num_queries(0):
        known.of(member)


def test_only_so_much_is_kept(
    talk: list[Member], django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tails, "_MOST_GROUPS", 2)
    known = Tails()
    one, two, three = (talk[0]._replace(group_id=bytes([number]) * 16) for number in range(3))
    for member in (one, two, three):
        known.of(member)
    with django_assert_num_queries(0):
        known.of(two)
        known.of(three)
    with django_assert_num_queries(2):
        known.of(one)
    monkeypatch.setattr(tails, "_MOST_BYTES", 10)
    for _ in range(2):
        with django_assert_num_queries(2):
            known.of(talk[0])
