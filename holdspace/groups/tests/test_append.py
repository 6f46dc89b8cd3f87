"""Appending to the log: who may, what is refused, what it leaves behind."""

import time
from typing import Any

import pytest
from django.http import Http404
from pytest_django import Settings

from holdspace.accounts.models import Network, WhoMayStart
from holdspace.groups.actions import append
from holdspace.groups.models import (
    EpochBox,
    FacilitatorKeyBox,
    Invite,
    JoinRequest,
    LogEntry,
    Membership,
    SupportGroup,
)
from holdspace.groups.tests.cast import STEWARD_SEED, Circle, Person, make_network, now
from holdspace.live.topics import Person as ToPerson
from holdspace.live.topics import Right, Room
from holdspace.live.verbs import Entitle, News
from holdspace.sealing import log_draft
from holdspace.sealing.epoch import new_epoch_secret
from holdspace.sealing.log_draft import By
from holdspace.sealing.log_entry import Draft, sign_entry
from holdspace.sealing.log_entry import LogEntry as Entry
from holdspace.sealing.log_payload import FACILITATOR, MEMBER, Policy, Record
from holdspace.sealing.primitives import e_public
from holdspace.ui.refused import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def ben() -> Person:
    make_network()
    return Person.named("Ben")


@pytest.fixture
def circle(ben: Person) -> Circle:
    """Ben's group with Amara and Eli; Dana is in none."""
    return Circle().start(ben).admit(ben, Person.named("Amara"), Person.named("Eli"))


@pytest.fixture
def dana(ben: Person) -> Person:
    return Person.named("Dana")


def refused(person: Person, args: dict[str, Any]) -> str:
    """The code with which an append is refused, leaving no trace."""
    before = snapshot()
    try:
        person.ask("append", **args)
    except Refused as error:
        assert snapshot() == before
        return error.code
    raise AssertionError("it was taken")


def snapshot() -> list[Any]:
    """Every row about groups."""
    models = (SupportGroup, LogEntry, Membership, EpochBox, FacilitatorKeyBox, Invite, JoinRequest)
    return [list(model.objects.order_by("pk").values()) for model in models]


# Founding


def test_a_group_begins_with_its_founder(ben: Person) -> None:
    circle = Circle().start(ben)
    home = ben.ask("home")["groups"]
    assert home == [
        {"group": circle.id, "member": circle.ids["Ben"], "role": FACILITATOR, "epoch": 1, "closed": False}
    ]
    group = SupportGroup.objects.get()
    assert (group.seq, group.epoch, group.agreement_version, group.fkey_gen) == (2, 1, 1, 1)
    assert EpochBox.objects.count() == FacilitatorKeyBox.objects.count() == 1


def test_where_only_coordinators_start_groups_others_may_not(ben: Person) -> None:
    Network.objects.update(who_may_start=WhoMayStart.COORDINATORS)
    assert refused(ben, Circle().genesis(ben)) == "may-not-start"
    Circle().start(Person.named("Chidi", is_coordinator=True))


def test_a_group_names_this_network_s_steward_and_leads(ben: Person) -> None:
    foreign = Policy(steward=e_public(bytes(32)))
    assert refused(ben, Circle().genesis(ben, policy=foreign)) == "log-authority"
    assert refused(ben, Circle().genesis(ben, policy=Policy())) == "log-authority"
    lead = (b"\x01" * 32, e_public(b"\x02" * 32))
    Network.objects.update(leads=[[lead[0].hex(), lead[1].hex()]])
    assert refused(ben, Circle().genesis(ben)) == "log-authority"


def test_a_group_with_the_network_s_leads_begins(ben: Person) -> None:
    lead = (b"\x01" * 32, e_public(b"\x02" * 32))
    Network.objects.update(leads=[[lead[0].hex(), lead[1].hex()]])
    circle = Circle()
    circle.append(ben, circle.genesis(ben, policy=Policy(steward=e_public(STEWARD_SEED), leads=(lead,))))
    assert SupportGroup.objects.count() == 1


def test_a_founder_founds_the_group_they_name(ben: Person) -> None:
    circle = Circle()
    assert refused(ben, circle.genesis(ben) | {"group": bytes(range(16))}) == "log-fingerprint"


def test_founding_twice_is_stale_for_the_founder_and_nothing_for_others(ben: Person, dana: Person) -> None:
    circle = Circle()
    first = circle.genesis(ben)
    circle.append(ben, first)
    assert refused(ben, first) == "stale-log"
    assert refused(dana, first) == "not-found"


# Who may append


def test_every_member_may_re_key_and_a_stranger_s_append_is_like_one_to_no_group(
    circle: Circle, dana: Person
) -> None:
    amara = circle.people["Amara"]
    entry = circle.rekeying(amara)
    assert refused(dana, entry) == "not-found"
    assert refused(dana, entry | {"group": bytes(16)}) == "not-found"
    circle.append(amara, entry)
    assert circle.now.epoch == 3


def test_a_member_cannot_pass_on_what_another_signed(circle: Circle) -> None:
    amara, eli = circle.people["Amara"], circle.people["Eli"]
    assert refused(eli, circle.rekeying(amara)) == "author"


def test_a_removed_member_appends_nothing_more(circle: Circle) -> None:
    eli, ben = circle.people["Eli"], circle.people["Ben"]
    late = circle.rekeying(eli)
    circle.append(ben, circle.removal(ben, eli))
    assert refused(eli, late) == "not-found"


def test_the_steward_s_entry_comes_in_through_any_member(circle: Circle, dana: Person) -> None:
    amara = circle.people["Amara"]
    draft = log_draft.steward_sets_role(circle.now, now(), circle.ids["Amara"], FACILITATOR)
    args = {"group": circle.id, "entries": [sign_entry(draft, STEWARD_SEED)]}
    assert refused(dana, args) == "not-found"
    circle.append(amara, args)
    assert Membership.objects.get(member_id=circle.ids["Amara"]).role == FACILITATOR


def test_a_false_steward_is_refused(circle: Circle) -> None:
    draft = log_draft.steward_sets_role(circle.now, now(), circle.ids["Amara"], FACILITATOR)
    args = {"group": circle.id, "entries": [sign_entry(draft, bytes(32))]}
    assert refused(circle.people["Amara"], args) == "log-signature"


# What the log's rules refuse, the server refuses


def test_whoever_comes_second_is_told_that_somebody_was_first(circle: Circle) -> None:
    amara, eli = circle.people["Amara"], circle.people["Eli"]
    first, second = circle.rekeying(amara), circle.rekeying(eli)
    circle.append(amara, first)
    assert refused(eli, second) == "stale-log"
    assert refused(amara, first) == "stale-log"


REFUSED_BY_RULE = {
    "log-format": lambda circle, entry: entry[:-1],
    "log-signature": lambda circle, entry: entry[:-1] + bytes([entry[-1] ^ 1]),
}


@pytest.mark.parametrize(("code", "spoil"), REFUSED_BY_RULE.items(), ids=REFUSED_BY_RULE)
def test_spoilt_bytes_are_refused(circle: Circle, code: str, spoil: Any) -> None:
    args = circle.rekeying(circle.people["Amara"])
    assert refused(circle.people["Amara"], args | {"entries": [spoil(circle, args["entries"][0])]}) == code


def signed(circle: Circle, person: Person, **changed: Any) -> dict[str, Any]:
    """A REKEY of somebody with some fields changed before signing."""
    draft = log_draft.rekey(circle.now, circle.by(person), es=new_epoch_secret())
    fields = {name: getattr(draft, name) for name in Draft.__slots__} | changed
    return {"group": circle.id, "entries": [circle.sign(person, Draft(**fields))]}


def test_an_entry_out_of_the_chain_is_refused(circle: Circle) -> None:
    amara = circle.people["Amara"]
    assert refused(amara, signed(circle, amara, seq=circle.now.seq + 2)) == "log-chain"
    assert refused(amara, signed(circle, amara, prev=bytes(32))) == "log-chain"
    assert refused(amara, signed(circle, amara, time_ms=circle.now.time_ms - 1)) == "log-chain"
    assert refused(amara, signed(circle, amara, group=bytes(16))) == "log-chain"


def test_an_epoch_skipped_or_kept_is_refused(circle: Circle) -> None:
    amara = circle.people["Amara"]
    assert refused(amara, signed(circle, amara, epoch=circle.now.epoch + 2)) == "log-epoch"
    assert refused(amara, signed(circle, amara, epoch=circle.now.epoch)) == "log-epoch"


def test_a_clock_a_day_wrong_is_taken_and_one_far_off_is_not(circle: Circle) -> None:
    amara = circle.people["Amara"]
    day = 24 * 3600 * 1000
    far = now() + append.CLOCK_TOLERANCE_MS + 60_000
    assert refused(amara, signed(circle, amara, time_ms=far)) == "clock"
    draft = log_draft.rekey(circle.now, By(circle.ids["Amara"], now() + day), es=bytes(32))
    circle.append(amara, circle.new_epoch(amara, draft, bytes(32)))


def test_a_member_neither_invites_nor_removes_nor_promotes(circle: Circle) -> None:
    amara, eli = circle.people["Amara"], circle.people["Eli"]
    assert (
        refused(amara, circle_entry(circle, amara, log_draft.set_fkey, bytes(range(1, 33))))
        == "log-authority"
    )
    assert refused(amara, removal_without_rules(circle, amara, eli)) == "log-authority"
    promote = circle_entry(circle, amara, log_draft.set_role, circle.ids["Amara"], FACILITATOR)
    assert refused(amara, promote) == "log-authority"


def circle_entry(circle: Circle, person: Person, make: Any, *args: Any) -> dict[str, Any]:
    return circle.same_epoch(person, make(circle.now, circle.by(person), *args))


def removal_without_rules(circle: Circle, by: Person, whom: Person) -> dict[str, Any]:
    draft = log_draft.remove(circle.now, circle.by(by), [circle.ids[whom.name]], es=bytes(32))
    return {"group": circle.id, "entries": [circle.sign(by, draft)]}


def test_nobody_is_admitted_before_the_agreement(ben: Person) -> None:
    circle = Circle()
    first = circle.genesis(ben)
    args = {"group": circle.id, "entries": first["entries"][:1], "boxes": first["boxes"]}
    circle.append(ben, args)
    record = Record(bytes(range(16)), 1, ben.keys(circle.id, 2).x_pub, ben.keys(circle.id, 2).e_pub)
    draft = log_draft.add(circle.now, circle.by(ben), [record], es=bytes(32))
    assert refused(ben, {"group": circle.id, "entries": [circle.sign(ben, draft)]}) == "log-authority"


def test_a_record_nobody_asked_with_is_refused(circle: Circle, dana: Person) -> None:
    ben = circle.people["Ben"]
    circle.append(ben, circle.invitation(ben, "Dana"))
    request = circle.request(dana, "Dana")
    assert refused(ben, circle.admission(ben, request["record"])) == "log-invite"
    dana.ask("ask", **request)
    circle.append(ben, circle.admission(ben, request["record"]))


def test_after_close_nothing_more_is_taken(circle: Circle) -> None:
    ben = circle.people["Ben"]
    circle.append(ben, circle_entry(circle, ben, log_draft.close))
    assert ben.ask("home")["groups"][0]["closed"]
    assert refused(ben, signed(circle, ben)) == "log-authority"


# Two refusals with a sentence of their own


def test_a_group_is_full_at_its_cap(ben: Person) -> None:
    circle = Circle()
    circle.append(ben, circle.genesis(ben, policy=Policy(steward=e_public(STEWARD_SEED), member_cap=2)))
    amara, dana = Person.named("Amara"), Person.named("Dana")
    circle.admit(ben, amara)
    circle.append(ben, circle.invitation(ben, "Dana"))
    request = circle.request(dana, "Dana")
    dana.ask("ask", **request)
    record = Record.parse(request["record"])
    draft = log_draft.add(circle.now, circle.by(ben), [record], es=bytes(32))
    assert refused(ben, {"group": circle.id, "entries": [circle.sign(ben, draft)]}) == "full"


def test_the_last_facilitator_neither_leaves_nor_steps_down(circle: Circle) -> None:
    ben, amara = circle.people["Ben"], circle.people["Amara"]
    down = (log_draft.set_role, circle.ids["Ben"], MEMBER)
    assert refused(ben, circle.leaving(ben)) == "last-facilitator"
    assert refused(ben, circle_entry(circle, ben, *down)) == "last-facilitator"
    circle.append(ben, circle.promotion(ben, amara))
    circle.append(ben, circle_entry(circle, ben, *down))
    assert [key.member_id for key in FacilitatorKeyBox.objects.all()] == [circle.ids["Amara"]]


# What a change leaves behind


def test_whoever_goes_loses_their_keys_and_finds_nothing(circle: Circle) -> None:
    ben, amara, eli = (circle.people[name] for name in ("Ben", "Amara", "Eli"))
    circle.append(ben, circle.removal(ben, eli))
    circle.append(amara, circle.leaving(amara))
    left = {box.member_id for box in EpochBox.objects.all()}
    assert left == {circle.ids["Ben"]}
    for person in (amara, eli):
        assert person.ask("home")["groups"] == []
        with pytest.raises(Http404):
            person.ask("log", group=circle.id, after=-1)


def test_everybody_reads_the_same_log_and_their_own_boxes(circle: Circle) -> None:
    ben, amara = circle.people["Ben"], circle.people["Amara"]
    his, hers = ben.ask("log", group=circle.id, after=-1), amara.ask("log", group=circle.id, after=-1)
    assert his["log"] == hers["log"]
    assert len(his["log"]) == circle.now.seq + 1
    assert [epoch for epoch, _, _ in his["boxes"]] == [1, 2]
    assert [epoch for epoch, _, _ in hers["boxes"]] == [2]
    assert len(his["fkeys"]) == 1
    assert hers["fkeys"] == []
    assert ben.ask("log", group=circle.id, after=circle.now.seq)["log"] == []


def test_rights_are_said_anew_before_the_entry_is_told(circle: Circle) -> None:
    ben, eli, amara = (circle.people[name] for name in ("Ben", "Eli", "Amara"))
    effects = circle.append(ben, circle.removal(ben, eli))
    assert effects[0] == Entitle(circle.id, {ben.id: Right(1, FACILITATOR), amara.id: Right(2, MEMBER)})
    told = [effect.audience for effect in effects[1:] if isinstance(effect, News)]
    assert told == [Room(circle.id), ToPerson(eli.id)]


def test_whoever_is_admitted_hears_it_on_all_their_sockets(circle: Circle, dana: Person) -> None:
    ben = circle.people["Ben"]
    circle.append(ben, circle.invitation(ben, "Dana"))
    request = circle.request(dana, "Dana")
    dana.ask("ask", **request)
    effects = circle.append(ben, circle.admission(ben, request["record"]))
    assert ToPerson(dana.id) in [effect.audience for effect in effects if isinstance(effect, News)]
    assert effects[0].rights[dana.id] == Right(circle.now.epoch, MEMBER)


def test_a_refused_append_announces_nothing(circle: Circle) -> None:
    amara = circle.people["Amara"]
    args = circle.rekeying(amara)
    with pytest.raises(Refused):
        amara.news("append", **args | {"boxes": []})


def test_several_entries_stand_or_fall_together(circle: Circle) -> None:
    ben, amara = circle.people["Ben"], circle.people["Amara"]
    args = circle.promotion(ben, amara)
    second = args["entries"][1]
    spoilt = second[:-1] + bytes([second[-1] ^ 1])
    assert refused(ben, args | {"entries": [args["entries"][0], spoilt]}) == "log-signature"
    assert Entry.parse(args["entries"][0]).draft.seq == circle.now.seq + 1
    circle.append(ben, args)


def test_nobody_floods_the_list(circle: Circle, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LIST_CHANGES_PER_HOUR = 4
    amara, ben, at = circle.people["Amara"], circle.people["Ben"], [time.monotonic()]
    monkeypatch.setattr("holdspace.live.buckets.time.monotonic", lambda: at[0])
    assert refused(amara, circle.rekeying(amara) | {"boxes": []}) == "boxes", "what is refused costs no step"
    for _ in range(4):
        circle.append(amara, circle.rekeying(amara))
    assert refused(amara, circle.rekeying(amara)) == "too-many"
    circle.append(ben, circle.rekeying(ben))
    at[0] += 3600 / 4
    circle.append(amara, circle.rekeying(amara))
