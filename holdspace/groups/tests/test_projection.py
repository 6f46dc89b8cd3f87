"""The rows say what the log says, and can be written anew from it."""

from typing import Any

import pytest

from holdspace.groups.actions import rebuild
from holdspace.groups.actions.states import forget_all, state_of
from holdspace.groups.models import Invite, LogEntry, Membership, SupportGroup
from holdspace.groups.tests.cast import Circle, Person, make_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle() -> Circle:
    """A group to which everything has happened that happens to groups."""
    make_network()
    ben, amara, eli = Person.named("Ben"), Person.named("Amara"), Person.named("Eli")
    circle = Circle().start(ben).admit(ben, amara, eli)
    circle.append(ben, circle.invitation(ben, "open", uses=3))
    circle.append(ben, circle.promotion(ben, amara))
    circle.append(ben, circle.removal(ben, eli))
    circle.append(ben, circle.leaving(ben))
    circle.append(amara, circle.rekeying(amara))
    return circle


def rows() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (SupportGroup, Membership, Invite)]


def test_a_rebuilt_projection_equals_the_one_that_grew(circle: Circle) -> None:
    grown = rows()
    Membership.objects.update(role=1, gen=7, from_epoch=9, active=False)
    Invite.objects.update(uses_left=9, revoked=True, known=True, expires=1)
    SupportGroup.objects.update(seq=1, epoch=9, agreement_version=9, fkey_gen=9, closed=True, member_cap=3)
    assert rows() != grown
    rebuild(circle.id)
    assert rows() == grown


def test_rows_the_log_does_not_know_go(circle: Circle) -> None:
    grown = rows()
    group = SupportGroup.objects.get()
    Membership.objects.create(
        group=group, member_id=bytes(16), role=2, gen=1, from_epoch=1, from_item=0, active=False
    )
    rebuild(circle.id)
    assert rows() == grown


def test_the_server_s_state_is_what_every_member_replays(circle: Circle) -> None:
    forget_all()
    assert state_of(circle.id) == circle.now


def test_a_damaged_log_is_loud(circle: Circle) -> None:
    entry = bytes(LogEntry.objects.get(seq=3).entry)
    LogEntry.objects.filter(seq=3).update(entry=entry[:-1] + bytes([entry[-1] ^ 1]))
    forget_all()
    with pytest.raises(ValueError, match="damaged at entry 3"):
        rebuild(circle.id)
