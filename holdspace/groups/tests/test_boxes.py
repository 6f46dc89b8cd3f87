"""A member without a key asks for it; whoever has it answers; nobody can take a good key away."""

from typing import Any

import pytest
from django.http import Http404

from holdspace.groups.models import EpochBox
from holdspace.groups.tests.cast import Circle, Person, bens_circle
from holdspace.live.topics import Room
from holdspace.live.verbs import News
from holdspace.ui.refused import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle() -> Circle:
    """Ben and Amara, who came in epoch 2; Eli, who was removed; now epoch 4."""
    circle = bens_circle()
    ben = circle.people["Ben"]
    circle.append(ben, circle.rekeying(ben))
    return circle


def code_of(person: Person, verb: str, **args: Any) -> str:
    with pytest.raises(Refused) as refused:
        person.ask(verb, **args)
    return refused.value.code


def reseal(circle: Circle, epoch: int, to: str = "Amara") -> dict[str, Any]:
    box = circle.box_for(circle.now, circle.ids[to], circle.secrets[epoch])
    return {"group": circle.id, "epoch": epoch, "member": circle.ids[to], "box": box}


def test_a_missing_box_is_asked_for_and_sealed_again(circle: Circle) -> None:
    ben, amara = circle.people["Ben"], circle.people["Amara"]
    EpochBox.objects.filter(member_id=circle.ids["Amara"], epoch=3).delete()
    (news,) = amara.news("need-box", group=circle.id, epoch=3)
    assert isinstance(news, News)
    assert news.audience == Room(circle.id, 3), "only who may have that epoch can help"
    assert ben.ask("reseal", **reseal(circle, 3)) == {}
    assert [epoch for epoch, _, _ in amara.ask("log", group=circle.id, after=-1)["boxes"]] == [2, 3, 4]


def test_a_box_nobody_asked_for_is_not_replaced(circle: Circle) -> None:
    ben, amara = circle.people["Ben"], circle.people["Amara"]
    before = list(EpochBox.objects.order_by("pk").values())
    assert code_of(ben, "reseal", **reseal(circle, 3)) == "not-found"
    assert list(EpochBox.objects.order_by("pk").values()) == before
    amara.ask("need-box", group=circle.id, epoch=3)
    ben.ask("reseal", **reseal(circle, 3))
    assert code_of(ben, "reseal", **reseal(circle, 3)) == "not-found", "one ask, one answer"


def test_nobody_asks_for_an_epoch_that_is_not_theirs(circle: Circle) -> None:
    amara = circle.people["Amara"]
    assert code_of(amara, "need-box", group=circle.id, epoch=1) == "not-found"
    assert code_of(amara, "need-box", group=circle.id, epoch=5) == "not-found"


def test_a_stranger_and_somebody_removed_neither_ask_nor_answer(circle: Circle) -> None:
    amara = circle.people["Amara"]
    amara.ask("need-box", group=circle.id, epoch=3)
    for person in (Person.named("Dana"), circle.people["Eli"]):
        for group in (circle.id, bytes(16)):
            assert code_of(person, "need-box", group=group, epoch=3) == "not-found"
            assert code_of(person, "reseal", **reseal(circle, 3) | {"group": group}) == "not-found"


def test_nothing_is_sealed_again_to_somebody_removed(circle: Circle) -> None:
    assert code_of(circle.people["Ben"], "reseal", **reseal(circle, 2, to="Eli")) == "not-found"


def test_a_box_of_a_wrong_size_is_refused_and_the_ask_stands(circle: Circle) -> None:
    ben, amara = circle.people["Ben"], circle.people["Amara"]
    amara.ask("need-box", group=circle.id, epoch=3)
    right = reseal(circle, 3)
    assert code_of(ben, "reseal", **right | {"box": right["box"] + b"\0"}) == "boxes"
    assert ben.ask("reseal", **right) == {}


def test_a_stranger_s_log_is_like_a_group_that_never_was(circle: Circle) -> None:
    dana = Person.named("Dana")
    for group in (circle.id, bytes(16)):
        with pytest.raises(Http404):
            dana.ask("log", group=group, after=-1)
