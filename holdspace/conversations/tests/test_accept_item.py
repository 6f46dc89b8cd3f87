"""Accepting an item: every row of sealing.md 8.1, in its order, and what an accepted one leaves behind."""

import secrets
from typing import Any

import pytest
from django.conf import settings as real_settings
from django.db import IntegrityError, transaction
from pytest_django import Settings

from holdspace.conversations.actions.checks import MAX_PROFILE
from holdspace.conversations.models import Item
from holdspace.conversations.tests.cast import Circle, Person, changed, code_of, item_id, send_all
from holdspace.live.topics import Room
from holdspace.live.verbs import News
from holdspace.sealing import log_draft
from holdspace.sealing.padding import padlen
from holdspace.sealing.stamp import stamp

pytestmark = pytest.mark.django_db


# It works


def test_an_accepted_item_is_stored_stamped_and_told(circle: Circle, amara: Person) -> None:
    envelope = circle.envelope(amara)
    (news,) = amara.news("send", envelope=envelope)
    item = Item.objects.get()
    assert (item.seq, item.kind, item.epoch, item.author) == (1, 1, 3, circle.ids["Amara"])
    assert item.envelope == envelope
    assert item.stamp == stamp(real_settings.SEAL_STAMP_KEYS[0], envelope, item.received)
    assert isinstance(news, News)
    assert news.audience == Room(circle.id, 3)


def test_items_take_the_group_s_next_seq(circle: Circle, amara: Person, ben: Person) -> None:
    other = Circle().start(ben)
    assert [circle.say(amara)["seq"], circle.say(ben)["seq"]] == [1, 2]
    assert other.say(ben)["seq"] == 1
    assert send_all(*[(amara, circle.envelope(amara)) for _ in range(3)]) == [3, 4, 5]
    assert ben.ask("open", group=circle.id)["last"] == 5


@pytest.mark.parametrize("kind", [1, 3, 9, 11])
def test_members_share_chat_name_themselves_and_enter(circle: Circle, amara: Person, kind: int) -> None:
    assert circle.say(amara, kind=kind)["seq"] == 1


# 1 format, version, padding


def test_what_is_no_envelope_is_refused(circle: Circle, amara: Person) -> None:
    envelope = circle.envelope(amara)
    assert code_of(amara, b"") == "format"
    assert code_of(amara, envelope[:139]) == "format"
    assert code_of(amara, changed(envelope, 0, b"HX")) == "format"
    assert code_of(amara, changed(envelope, 5, b"\x01")) == "format"
    assert code_of(amara, changed(envelope, 2, b"\x02")) == "version"
    assert code_of(amara, changed(envelope, 3, b"\x02")) == "version"
    assert code_of(amara, changed(envelope, 4, b"\x06")) == "version"
    assert code_of(amara, envelope[:-1]) == "padding"
    assert code_of(amara, envelope + bytes(16)) == "padding"
    assert code_of(amara, circle.envelope(amara, "w" * 200, kind=5)) == "padding", "presence has one size"


# 2 the group, and a place in it


def test_a_group_of_others_answers_like_one_that_never_was(circle: Circle, ben: Person) -> None:
    dana, eli = Person.named("Dana"), circle.people["Eli"]
    circle.join_as(dana)
    never = Circle(ids=circle.ids, people=circle.people, state=circle.state, secrets=circle.secrets)
    for person in (dana, eli):
        for group in (circle, never):
            assert code_of(person, group.envelope(person)) == "not-found"
    circle.say(ben)


# 3 the author


def test_nobody_speaks_as_another(circle: Circle, amara: Person, ben: Person) -> None:
    assert code_of(ben, circle.envelope(amara)) == "author"
    assert code_of(amara, circle.envelope(amara, author=bytes(16))) == "author"


# 4 the epoch


def test_only_the_present_epoch_is_spoken_in(circle: Circle, amara: Person) -> None:
    for epoch in (1, 2, 4):
        assert code_of(amara, circle.envelope(amara, epoch=epoch)) == "stale-epoch"
    circle.say(amara, epoch=3)


def test_what_was_sealed_before_a_removal_is_not_taken_after_it(
    circle: Circle, amara: Person, ben: Person
) -> None:
    late = circle.envelope(amara)
    circle.append(ben, circle.rekeying(ben))
    assert code_of(amara, late) == "stale-epoch"


# 5 the kind


def test_a_kind_of_a_later_day_is_refused(circle: Circle, ben: Person) -> None:
    assert code_of(ben, circle.envelope(ben, kind=7)) == "kind"


def test_what_stands_is_said_by_facilitators(circle: Circle, amara: Person, ben: Person) -> None:
    assert code_of(amara, circle.envelope(amara, kind=8)) == "kind"
    circle.say(ben, kind=8)


def test_a_closed_group_is_silent(circle: Circle, ben: Person) -> None:
    circle.append(ben, circle.same_epoch(ben, log_draft.close(circle.now, circle.by(ben))))
    assert code_of(ben, circle.envelope(ben)) == "kind"


# 6 new, or the next revision of one's own


def test_an_item_is_said_once_and_revised_in_order_by_its_author(
    circle: Circle, amara: Person, ben: Person
) -> None:
    first = circle.envelope(amara)
    own: dict[str, Any] = {"item_id": item_id(first)}
    assert code_of(amara, circle.envelope(amara, revision=1, **own)) == "exists"
    amara.ask("send", envelope=first)
    assert code_of(amara, circle.envelope(amara, **own)) == "exists", "another first envelope"
    assert code_of(amara, circle.envelope(amara, revision=2, **own)) == "exists", "one left out"
    assert code_of(ben, circle.envelope(ben, revision=1, **own)) == "exists", "somebody else's"
    assert code_of(amara, circle.envelope(amara, revision=1, kind=11, **own)) == "exists", "another kind"
    assert circle.say(amara, revision=1, **own)["seq"] == 2
    assert circle.say(amara, revision=2, **own)["seq"] == 3
    assert code_of(amara, circle.envelope(amara, revision=1, **own)) == "exists"


def test_the_same_item_id_in_another_group_is_another_item(circle: Circle, ben: Person) -> None:
    other = Circle().start(ben)
    envelope = circle.envelope(ben)
    ben.ask("send", envelope=envelope)
    other.say(ben, item_id=item_id(envelope))


# 7 the parent


def test_a_reply_answers_a_share_of_this_group(circle: Circle, amara: Person, ben: Person) -> None:
    share = circle.envelope(ben)
    elsewhere = Circle().start(ben)
    foreign, note = elsewhere.envelope(ben), circle.envelope(ben, kind=11)
    for person, envelope in ((ben, share), (ben, foreign), (ben, note)):
        person.ask("send", envelope=envelope)
    reply = circle.envelope(amara, kind=2, parent=item_id(share))
    for parent in (bytes(16), b"\x01" * 16, item_id(foreign), item_id(note), item_id(reply)):
        assert code_of(amara, circle.envelope(amara, kind=2, parent=parent)) == "parent"
    amara.ask("send", envelope=reply)
    assert code_of(amara, circle.envelope(amara, kind=2, parent=item_id(reply))) == "parent"
    circle.say(amara, kind=11, parent=item_id(share))


def test_a_share_has_no_parent(circle: Circle, amara: Person) -> None:
    share = circle.envelope(amara)
    amara.ask("send", envelope=share)
    for kind in (1, 3, 9):
        assert code_of(amara, circle.envelope(amara, kind=kind, parent=item_id(share))) == "parent"


def test_a_revision_stays_where_it_was(circle: Circle, amara: Person) -> None:
    one, other = circle.envelope(amara), circle.envelope(amara)
    assert send_all((amara, one), (amara, other)) == [1, 2]
    reply = circle.envelope(amara, kind=2, parent=item_id(one))
    amara.ask("send", envelope=reply)
    moved: dict[str, Any] = {"kind": 2, "item_id": item_id(reply), "revision": 1}
    assert code_of(amara, circle.envelope(amara, parent=item_id(other), **moved)) == "parent"
    circle.say(amara, parent=item_id(one), **moved)


def test_a_newcomer_cannot_answer_what_was_said_before_they_came(circle: Circle, ben: Person) -> None:
    dana = Person.named("Dana")
    share = circle.envelope(ben)
    ben.ask("send", envelope=share)
    circle.admit(ben, dana)
    assert code_of(dana, circle.envelope(dana, kind=2, parent=item_id(share))) == "parent"
    circle.say(ben, kind=2, parent=item_id(share))


# 8 the nonce


def test_a_nonce_is_used_once_under_a_key(circle: Circle, amara: Person, ben: Person) -> None:
    nonce = secrets.token_bytes(12)
    circle.say(amara, nonce=nonce)
    assert code_of(ben, circle.envelope(ben, nonce=nonce)) == "nonce"
    circle.append(ben, circle.rekeying(ben))
    circle.say(ben, nonce=nonce)


def test_the_database_itself_refuses_a_nonce_twice(circle: Circle, amara: Person) -> None:
    circle.say(amara)
    row = Item.objects.values().get()
    again = {name: value for name, value in row.items() if name != "pk"} | {"seq": 2, "item_id": bytes(16)}
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.create(**again)


# 9 rate and size


def test_a_person_says_only_so_much_in_a_minute(
    circle: Circle, amara: Person, ben: Person, settings: Settings
) -> None:
    settings.ITEMS_PER_MINUTE = 3
    said = send_all(*[(amara, circle.envelope(amara)) for _ in range(4)])
    assert said == [1, 2, 3, "too-many"]
    assert circle.say(ben)["seq"] == 4, "others may go on"


def test_the_bucket_refills(
    circle: Circle, amara: Person, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ITEMS_PER_MINUTE = 2
    at = [1000.0]
    monkeypatch.setattr("holdspace.live.buckets.time.monotonic", lambda: at[0])
    assert send_all(*[(amara, circle.envelope(amara)) for _ in range(3)]) == [1, 2, "too-many"]
    at[0] += 29
    assert code_of(amara, circle.envelope(amara)) == "too-many"
    at[0] += 2
    assert circle.say(amara)["seq"] == 3


def test_what_is_refused_takes_nothing_from_the_bucket(
    circle: Circle, amara: Person, settings: Settings
) -> None:
    settings.ITEMS_PER_MINUTE = 1
    assert code_of(amara, circle.envelope(amara, kind=7)) == "kind"
    assert circle.say(amara)["seq"] == 1


def test_a_batch_that_begins_again_counts_once(circle: Circle, amara: Person, settings: Settings) -> None:
    settings.ITEMS_PER_MINUTE = 3
    first, nonce = circle.envelope(amara), secrets.token_bytes(12)
    assert send_all((amara, first)) == [1]
    copy_and_new = [(amara, first), (amara, circle.envelope(amara, nonce=nonce))]
    assert send_all(*copy_and_new) == [1, 2]
    clash_and_new = [(amara, circle.envelope(amara, nonce=nonce)), (amara, circle.envelope(amara))]
    assert send_all(*clash_and_new) == ["nonce", 3]
    assert [item.seq for item in Item.objects.order_by("seq")] == [1, 2, 3]


def test_an_envelope_and_a_name_have_their_sizes(circle: Circle, amara: Person) -> None:
    envelope = circle.envelope(amara)
    longest = envelope[:124] + bytes(padlen(96 * 1024) + 16)
    assert code_of(amara, longest) == "too-large"
    assert code_of(amara, circle.envelope(amara, "n" * MAX_PROFILE, kind=9)) == "too-large"
    circle.say(amara, "n" * MAX_PROFILE)


# The order: the first that fails answers


def test_the_first_check_that_fails_answers(circle: Circle, amara: Person, ben: Person) -> None:
    """One envelope with every fault, mended one by one, meets the refusals in the order of sealing.md 8.1."""
    nonce, taken = secrets.token_bytes(12), circle.envelope(ben)
    circle.say(ben, nonce=nonce)
    ben.ask("send", envelope=taken)
    faults: dict[str, Any] = {
        "author": circle.ids["Ben"],
        "epoch": 2,
        "kind": 7,
        "item_id": item_id(taken),
        "parent": b"\x01" * 16,
        "nonce": nonce,
    }
    stranger, codes = Person.named("Dana"), []
    codes.append(code_of(stranger, circle.envelope(amara, **faults)[:-1]))
    codes.append(code_of(stranger, circle.envelope(amara, **faults)))
    for fault in list(faults):
        codes.append(code_of(amara, circle.envelope(amara, **faults)))
        faults[fault] = 2 if fault == "kind" else {"parent": item_id(taken)}.get(fault)
        if faults[fault] is None:
            del faults[fault]
    assert codes == ["padding", "not-found", "author", "stale-epoch", "kind", "exists", "parent", "nonce"]
    circle.say(amara, **faults)
