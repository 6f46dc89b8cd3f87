"""What was said before somebody came back under new keys: read and answered as far as the keys of then are kept."""

import pytest

from holdspace.conversations.tests.cast import Circle, Person
from holdspace.groups.actions import history as giving
from holdspace.groups.tests.test_history import Back
from holdspace.sealing import history
from holdspace.ui.refused import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle(monkeypatch: pytest.MonkeyPatch) -> Back:
    """Amara heard two of four things, lost her keys and came back."""
    circle = Back()
    ben, amara = circle.cast["Ben"], circle.cast["Amara"]
    circle.say(ben, "heard")
    circle.append(ben, circle.removal(ben, amara))
    circle.say(ben, "while she was away")
    circle.come_back()
    circle.say(ben, "after")
    monkeypatch.setattr(giving, "now_ms", lambda: 2**52)
    return circle


def seqs(circle: Circle, person: Person, verb: str, **asked: int) -> list[int]:
    """Which items somebody is given."""
    return [row[0] for row in person.ask(verb, group=circle.id, limit=10, **asked)["items"]]


def test_nothing_of_before_comes_until_its_key_is_kept_and_nothing_of_between_ever(circle: Back) -> None:
    amara = circle.cast["Amara"]
    assert seqs(circle, amara, "items", after=0) == [3]
    assert seqs(circle, amara, "past", before=100) == []
    owed = history.owed_epochs(circle.now.members[circle.ids["Amara"]])
    amara.ask("keep-history", **circle.kept(*owed))
    assert seqs(circle, amara, "past", before=100) == [1]
    assert seqs(circle, amara, "past", before=1) == []
    assert seqs(circle, amara, "items", after=0) == [3]


def test_who_never_was_away_has_no_past(circle: Back) -> None:
    assert seqs(circle, circle.cast["Ben"], "past", before=100) == []


def test_an_old_share_can_be_answered_once_it_can_be_read(circle: Back) -> None:
    amara, ben = circle.cast["Amara"], circle.cast["Ben"]
    old = ben.ask("items", group=circle.id, after=0, limit=1)["items"][0][1][28:44]
    with pytest.raises(Refused) as refused:
        circle.say(amara, kind=2, parent=old)
    assert refused.value.code == "parent"
    owed = history.owed_epochs(circle.now.members[circle.ids["Amara"]])
    amara.ask("keep-history", **circle.kept(*owed))
    assert circle.say(amara, kind=2, parent=old)["seq"] == 4


def test_what_was_edited_since_is_in_its_old_place(circle: Back) -> None:
    amara, ben = circle.cast["Amara"], circle.cast["Ben"]
    first = ben.ask("items", group=circle.id, after=0, limit=1)["items"][0]
    owed = history.owed_epochs(circle.now.members[circle.ids["Amara"]])
    amara.ask("keep-history", **circle.kept(*owed))
    last = circle.envelope(ben, "taken back", item_id=first[1][28:44], revision=1)
    edited = ben.ask("withdraw", envelope=last)["seq"]
    rows = amara.ask("past", group=circle.id, before=100, limit=10)["items"]
    assert [(row[0], row[4]) for row in rows] == [(edited, first[0])]
