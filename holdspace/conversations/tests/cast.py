"""The cast of groups, who may talk here; what they send, and what they are answered."""

from typing import Any

import pytest

from holdspace.conversations.models import Item
from holdspace.conversations.verbs import VERBS, Send
from holdspace.groups.tests import cast
from holdspace.groups.tests.cast import Circle, Person, item_id, make_network
from holdspace.live.arrivals import Job
from holdspace.live.letters import Letter
from holdspace.live.verbs import Request, Write
from holdspace.live.writer import settle
from holdspace.ui.refused import Refused

cast.VERBS.update({verb.name: verb for verb in VERBS})
SEND = next(verb for verb in VERBS if verb.name == "send")

__all__ = ["Circle", "Person", "changed", "code_of", "item_id", "make_network", "send_all"]


def code_of(person: Person, envelope: bytes) -> str:
    """The code with which an envelope is refused, tried hopefully and with every question asked; nothing of it is stored."""
    before = Item.objects.count()
    with pytest.raises(Refused) as refused:
        person.ask("send", envelope=envelope)
    assert send_all((person, envelope)) == [refused.value.code]
    assert Item.objects.count() == before
    return refused.value.code


def send_all(*sent: tuple[Person, bytes]) -> list[Any]:
    """What envelopes that arrive together are answered, as the writer would: a seq or a code each."""
    assert isinstance(SEND, Write)
    jobs = [
        Job(SEND, Request(person.id, Send(envelope)), Letter(person.id, "en"), 1, 0)
        for person, envelope in sent
    ]
    settle(jobs)
    outcomes = [job.outcome for job in jobs]
    return [each.code if isinstance(each, Refused) else each["seq"] for each in outcomes]


def changed(envelope: bytes, at: int, to: bytes) -> bytes:
    return envelope[:at] + to + envelope[at + len(to) :]
