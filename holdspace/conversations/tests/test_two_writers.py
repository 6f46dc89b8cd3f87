"""Two processes that write to one PostgreSQL: places are given once, and nobody is let in by an old memory."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.db import connection

from holdspace.conversations.models import Item
from holdspace.conversations.tests.cast import Circle, Person, make_network

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]  # on SQLite one process writes
Asked = tuple[bytes, str, dict[str, Any]]
BATCHES, SIZE = 20, 12


class Writing:
    """A process of its own on the tests' database."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def put(self, *asked: Asked) -> None:
        """Ask, without waiting."""
        assert self._process.stdin
        self._process.stdin.write(msgspec.msgpack.encode(asked).hex() + "\n")
        self._process.stdin.flush()

    def get(self) -> list[Any]:
        """A seq or a code for each."""
        assert self._process.stdout
        answers: list[Any] = msgspec.msgpack.decode(bytes.fromhex(self._process.stdout.readline()))
        return answers

    def ask(self, *asked: Asked) -> list[Any]:
        """Ask and wait."""
        self.put(*asked)
        return self.get()


@pytest.fixture
def writers(tmp_path: Path) -> Iterator[list[Writing]]:
    """Two of them."""
    database = rf"\1/{connection.settings_dict['NAME']}"
    more = {
        "DATABASE_URL": re.sub(r"(//[^/]*)/[^?]*", database, os.environ["DATABASE_URL"]),
        "HOLDSPACE_DATA": str(tmp_path),
        "HOLDSPACE_ITEMS_PER_MINUTE": "100000",
        "DJANGO_SETTINGS_MODULE": "holdspace.settings",
    }
    words = [sys.executable, "-m", "holdspace.conversations.tests.writing_process"]
    with ExitStack() as stack:
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        yield [
            Writing(stack.enter_context(subprocess.Popen(words, env=os.environ | more, **pipes)))
            for _ in range(2)
        ]


def sent(circle: Circle, person: Person) -> Asked:
    """A share, ready to go."""
    return person.id, "send", {"envelope": circle.envelope(person)}


def test_what_two_processes_accept_at_once_has_one_order(writers: list[Writing]) -> None:
    make_network()
    ben = Person.named("Ben")
    circles = [Circle().start(ben) for _ in range(3)]
    for batch in range(BATCHES):
        for writer, order in zip(writers, (circles, circles[::-1]), strict=True):
            asked = [sent(order[number % 3], ben) for number in range(SIZE)]
            # Steps of a log in between take their groups in any order, so here two may wait for each other.
            steps = [
                (ben.id, "append", circle.invitation(ben, f"{batch}")) for circle in order[: batch % 2 * 2]
            ]
            writer.put(*asked[: SIZE // 2], *steps[:1], *asked[SIZE // 2 :], *steps[1:])
    answers = [answer for writer in writers for _ in range(BATCHES) for answer in writer.get()]
    assert {answer for answer in answers if isinstance(answer, str)} <= {"stale-log"}
    assert Item.objects.count() == len(writers) * BATCHES * SIZE
    for circle in circles:
        seqs = list(Item.objects.filter(group=circle.id).order_by("seq").values_list("seq", flat=True))
        assert seqs == list(range(1, len(seqs) + 1))


def test_who_was_removed_by_one_process_is_not_let_in_by_the_other(writers: list[Writing]) -> None:
    make_network()
    ben, eli = Person.named("Ben"), Person.named("Eli")
    circle = Circle().start(ben).admit(ben, eli)
    here, there = writers
    assert there.ask(sent(circle, eli), sent(circle, ben)) == [1, 2]
    removal = circle.removal(ben, eli)
    late = sent(circle, eli)
    assert isinstance(here.ask((ben.id, "append", removal))[0], int)
    assert there.ask(late, sent(circle, ben)) == ["not-found", "stale-epoch"]
    assert Item.objects.count() == 2
