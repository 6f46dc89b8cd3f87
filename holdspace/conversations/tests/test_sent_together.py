"""Items that are sent again, and items that arrive together."""

from typing import Any

import pytest
from django.db import connection

from holdspace.conversations.models import Item
from holdspace.conversations.tests.cast import Circle, Person, changed, code_of, item_id, send_all

pytestmark = pytest.mark.django_db

# Sent again


def test_the_very_same_envelope_is_answered_with_its_first_result(
    circle: Circle, amara: Person, ben: Person
) -> None:
    envelope = circle.envelope(amara)
    first = amara.ask("send", envelope=envelope)
    circle.say(ben)
    assert amara.ask("send", envelope=envelope) == first
    assert amara.news("send", envelope=envelope) == [], "nobody hears it twice"
    assert Item.objects.count() == 2


def test_an_envelope_whose_answer_was_lost_may_come_again_in_a_later_epoch(
    circle: Circle, amara: Person, ben: Person
) -> None:
    envelope = circle.envelope(amara)
    first = amara.ask("send", envelope=envelope)
    circle.append(ben, circle.rekeying(ben))
    circle.say(amara, item_id=item_id(envelope), revision=1)
    assert amara.ask("send", envelope=envelope) == first


def test_two_copies_that_arrive_together_are_one_item(circle: Circle, amara: Person) -> None:
    envelope = circle.envelope(amara)
    assert send_all((amara, envelope), (amara, envelope)) == [1, 1]
    assert Item.objects.count() == 1


def test_an_envelope_altered_under_the_same_nonce_is_no_copy(circle: Circle, amara: Person) -> None:
    envelope = circle.envelope(amara)
    amara.ask("send", envelope=envelope)
    assert code_of(amara, changed(envelope, len(envelope) - 1, bytes([envelope[-1] ^ 1]))) == "exists"


# Together


def test_one_refused_item_spoils_none_of_its_neighbours(circle: Circle, amara: Person, ben: Person) -> None:
    share = circle.envelope(ben)
    outcomes = send_all(
        (ben, share),
        (amara, b"noise"),
        (ben, circle.envelope(amara)),
        (amara, circle.envelope(amara, kind=2, parent=item_id(share))),
        (amara, circle.envelope(amara, epoch=1)),
        (amara, circle.envelope(amara, nonce=share[80:92])),
        (ben, circle.envelope(ben, item_id=item_id(share), revision=1)),
    )
    assert outcomes == [1, "format", "author", 2, "stale-epoch", "nonce", 3]
    assert [item.seq for item in Item.objects.order_by("seq")] == [1, 2, 3]


def test_a_batch_costs_the_same_few_statements_whatever_its_size(
    circle: Circle, amara: Person, django_assert_num_queries: Any
) -> None:
    circle.say(amara)
    for size in (1, 50):
        sent = [(amara, circle.envelope(amara)) for _ in range(size)]
        with django_assert_num_queries(4 if connection.vendor == "sqlite" else 5):
            send_all(*sent)


def test_which_shares_have_no_reply_can_be_told(circle: Circle, amara: Person, ben: Person) -> None:
    answered, alone = circle.envelope(ben), circle.envelope(ben)
    send_all((ben, answered), (ben, alone), (amara, circle.envelope(amara, kind=2, parent=item_id(answered))))
    replies = Item.objects.filter(group=circle.id, kind=2).values("parent")
    lonely = Item.objects.filter(group=circle.id, kind=1).exclude(item_id__in=replies)
    assert [item.item_id for item in lonely] == [item_id(alone)]
