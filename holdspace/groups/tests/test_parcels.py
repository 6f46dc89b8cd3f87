"""What travels with entries: exactly the boxes that are called for, or the whole append is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import Http404

from holdspace.groups.models import EpochBox, FacilitatorKeyBox, Invite, Notice
from holdspace.groups.tests.cast import Circle, Person, make_network
from holdspace.ui.refused import Refused

pytestmark = pytest.mark.django_db
Args = dict[str, Any]


@pytest.fixture
def circle() -> Circle:
    make_network()
    ben = Person.named("Ben")
    return Circle().start(ben).admit(ben, Person.named("Amara"), Person.named("Eli"))


def code_of(person: Person, args: Args) -> str:
    with pytest.raises(Refused) as refused:
        person.ask("append", **args)
    return refused.value.code


def without_one(args: Args) -> Args:
    return args | {"boxes": args["boxes"][1:]}


def one_twice(args: Args) -> Args:
    return args | {"boxes": [*args["boxes"], args["boxes"][0]]}


def one_twice_another_missing(args: Args) -> Args:
    return args | {"boxes": [*args["boxes"][1:], args["boxes"][1]]}


def one_for_a_stranger(args: Args) -> Args:
    return args | {"boxes": [*args["boxes"], (b"\x07" * 16, args["boxes"][0][1])]}


def a_byte_short(args: Args) -> Args:
    (member, data), *others = args["boxes"]
    return args | {"boxes": [(member, data[:-1]), *others]}


def a_byte_long(args: Args) -> Args:
    (member, data), *others = args["boxes"]
    return args | {"boxes": [(member, data + b"\0"), *others]}


def for_another_purpose(args: Args) -> Args:
    (member, data), *others = args["boxes"]
    return args | {"boxes": [(member, data[:4] + b"\x02" + data[5:]), *others]}


def of_a_newer_kind(args: Args) -> Args:
    (member, data), *others = args["boxes"]
    return args | {"boxes": [(member, data[:2] + b"\x02" + data[3:]), *others]}


def none_at_all(args: Args) -> Args:
    return args | {"boxes": []}


SPOILT = [
    without_one,
    one_twice,
    one_twice_another_missing,
    one_for_a_stranger,
    a_byte_short,
    a_byte_long,
    for_another_purpose,
    of_a_newer_kind,
    none_at_all,
]


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_new_epoch_comes_with_a_box_for_each_who_belongs(
    circle: Circle, spoil: Callable[[Args], Args]
) -> None:
    amara = circle.people["Amara"]
    args = circle.rekeying(amara)
    assert code_of(amara, spoil(args)) == "boxes"
    circle.append(amara, args)
    assert EpochBox.objects.filter(epoch=3).count() == 3


def test_whoever_is_removed_gets_no_box(circle: Circle) -> None:
    ben, eli = circle.people["Ben"], circle.people["Eli"]
    args = circle.removal(ben, eli)
    also_eli = [*args["boxes"], (circle.ids["Eli"], args["boxes"][0][1])]
    assert code_of(ben, args | {"boxes": also_eli}) == "boxes"
    circle.append(ben, args)


def test_an_entry_without_a_new_epoch_brings_no_box(circle: Circle) -> None:
    ben, amara = circle.people["Ben"], circle.people["Amara"]
    boxes = circle.rekeying(amara)["boxes"]
    assert code_of(ben, circle.invitation(ben, "Dana") | {"boxes": boxes}) == "boxes"


def test_a_new_key_of_the_facilitators_goes_to_each_of_them_and_to_nobody_else(circle: Circle) -> None:
    ben, amara = circle.people["Ben"], circle.people["Amara"]
    args = circle.promotion(ben, amara)
    (gen, _, data), *_ = args["fkeys"]
    for fkeys in (
        [],
        args["fkeys"][:1],
        [*args["fkeys"], args["fkeys"][0]],
        [*args["fkeys"], (gen, circle.ids["Eli"], data)],
        [*args["fkeys"], (gen + 1, circle.ids["Amara"], data)],
        [(gen, member, each[:-1]) for _, member, each in args["fkeys"]],
    ):
        assert code_of(ben, args | {"fkeys": fkeys}) == "boxes"
    circle.append(ben, args)
    assert FacilitatorKeyBox.objects.filter(fkey_gen=2).count() == 2


def test_older_keys_may_come_along_for_a_new_facilitator_and_replace_nobody_s(circle: Circle) -> None:
    ben, amara = circle.people["Ben"], circle.people["Amara"]
    before = FacilitatorKeyBox.objects.get(fkey_gen=1).box
    args = circle.promotion(ben, amara)
    noise = args["fkeys"][0][2]
    older = [(1, circle.ids["Amara"], args["fkeys"][1][2]), (1, circle.ids["Ben"], noise)]
    circle.append(ben, args | {"fkeys": args["fkeys"] + older})
    assert len(amara.ask("log", group=circle.id, after=-1)["fkeys"]) == 2
    assert FacilitatorKeyBox.objects.get(fkey_gen=1, member_id=circle.ids["Ben"]).box == before


def test_an_entry_that_sets_no_key_brings_none(circle: Circle) -> None:
    ben, amara = circle.people["Ben"], circle.people["Amara"]
    fkeys = circle.promotion(ben, amara)["fkeys"]
    assert code_of(ben, circle.invitation(ben, "Dana") | {"fkeys": fkeys}) == "boxes"


def test_words_to_somebody_removed_outlive_the_removal(circle: Circle) -> None:
    ben, eli = circle.people["Ben"], circle.people["Eli"]
    args = circle.removal(ben, eli)
    notice = circle.notice(eli, circle.now.seq + 1)
    circle.append(ben, args | {"notices": [notice]})
    (found,) = eli.ask("notices")["notices"]
    assert (found["group"], found["member"], found["gen"], found["seq"]) == (
        circle.id,
        notice[0],
        1,
        circle.now.seq,
    )
    assert found["box"] == notice[1]
    assert eli.ask("home")["notices"] == 1
    assert ben.ask("notices")["notices"] == []


def test_who_was_removed_is_shown_the_list_up_to_there_and_no_further(circle: Circle) -> None:
    ben, eli, amara = (circle.people[name] for name in ("Ben", "Eli", "Amara"))
    args = circle.removal(ben, eli)
    circle.append(ben, args | {"notices": [circle.notice(eli, circle.now.seq + 1)]})
    removed_at = circle.now.seq
    circle.append(ben, circle.invitation(ben, "Dana"))
    notice = eli.ask("notices")["notices"][0]["notice"]
    log = eli.ask("removal", notice=notice)["log"]
    assert log == amara.ask("log", group=circle.id, after=-1)["log"][: removed_at + 1]
    assert log[-1] == args["entries"][-1]
    for asker, asked in ((amara, notice), (ben, notice), (eli, bytes(16))):
        with pytest.raises(Http404):
            asker.ask("removal", notice=asked)


def test_a_notice_is_for_somebody_removed_once_and_for_nobody_else(circle: Circle) -> None:
    ben, eli, amara = (circle.people[name] for name in ("Ben", "Eli", "Amara"))
    args = circle.removal(ben, eli)
    seq = circle.now.seq + 1
    his, hers = circle.notice(eli, seq), circle.notice(amara, seq)
    not_a_notice = (his[0], args["boxes"][0][1])
    for notices in ([hers], [his, his], [not_a_notice], [(his[0], his[1] + bytes(16 * 1024))]):
        assert code_of(ben, args | {"notices": notices}) == "boxes"
    assert code_of(amara, circle.rekeying(amara) | {"notices": [his]}) == "boxes"
    assert not Notice.objects.exists()


def test_a_card_goes_with_an_invite_alone(circle: Circle) -> None:
    ben, amara = circle.people["Ben"], circle.people["Amara"]
    args = circle.invitation(ben, "Dana")
    assert code_of(amara, circle.rekeying(amara) | {"card": args["card"]}) == "boxes"
    assert code_of(ben, args | {"card": args["card"] + bytes(128 * 1024)}) == "boxes"
    assert code_of(ben, args | {"card": b"HX" + args["card"][2:]}) == "format"
    circle.append(ben, args)
    assert Invite.objects.get(invite_id=circle.links["Dana"].invite_id).card == args["card"]
