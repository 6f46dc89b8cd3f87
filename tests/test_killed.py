"""A server killed with -9 while people write: what it acknowledged is there, once, and sending again is safe."""

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from client.group import Group
from client.trouble import Trouble
from tests.members import Someone, admitted, company, said, sealed_share
from tests.running import Running

ROUNDS = 4
WRITERS = ("amara", "ben", "eli")


class Writer(Thread):
    """Writes one share after another until the server is gone. `acknowledged` maps text to seq; `unsure` got no answer."""

    def __init__(self, group: Group, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self.group = group
        self.acknowledged: dict[str, int] = {}
        self.unsure: tuple[str, bytes] | None = None
        self.begun = Event()

    def run(self) -> None:
        """Write."""
        for number in range(100_000):
            text = f"{self.name} {number}"
            envelope = sealed_share(self.group, text)
            try:
                self.acknowledged[text] = self.group.device.ask("send", envelope=envelope)["seq"]
            except Trouble as trouble:
                assert trouble.code == "unreachable", trouble.code
                self.unsure = (text, envelope)
                return
            self.begun.set()

    def send_again(self) -> None:
        """What got no answer is sent once more, the very same envelope."""
        assert self.unsure, "the server was not killed while this person wrote"
        text, envelope = self.unsure
        seq = self.group.device.ask("send", envelope=envelope)["seq"]
        assert self.group.device.ask("send", envelope=envelope)["seq"] == seq
        self.acknowledged[text] = seq


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    """A server without a patience for how much one writes."""
    running = Running(
        tmp_path / "data", HOLDSPACE_ITEMS_PER_MINUTE="1000000", HOLDSPACE_QUESTIONS_PER_MINUTE="1000000"
    )
    running.console("setup", "--name", "N", "--language", "en", "--steward-sheet", str(tmp_path / "sheet"))
    yield running.start()
    running.stop()


def test_every_acknowledged_share_is_there_once_after_kill_9(server: Running, tmp_path: Path) -> None:
    with company(server, tmp_path) as somebody:
        people = [somebody(name) for name in WRITERS]
        group = people[0].start_group("Killed", "amara")["group"]
        admitted(group, people[0], *people[1:])
        for number in range(ROUNDS):
            _round(server, people, group, number)


def _round(server: Running, people: list[Someone], group: str, number: int) -> None:
    """Everybody writes, the server dies, comes back, and holds what it promised."""
    before = {item["text"] for item in said(people[0], group)}
    writers = [Writer(person.group(group), f"{person.name} {number}") for person in people]
    for writer in writers:
        writer.start()
    assert all(writer.begun.wait(20) for writer in writers)
    time.sleep(0.05 + 0.1 * number)
    server.kill()
    for writer in writers:
        writer.join(20)
        assert not writer.is_alive()
    server.start()
    promised = {text: seq for writer in writers for text, seq in writer.acknowledged.items()}
    _check(people, group, before, promised)
    for writer in writers:
        writer.send_again()
    promised = {text: seq for writer in writers for text, seq in writer.acknowledged.items()}
    found = _check(people, group, before, promised)
    assert found == before | set(promised), "something is there that nobody was told of"


def _check(people: list[Someone], group: str, before: set[str], promised: dict[str, int]) -> set[str]:
    """Each person reads each promised share once, at the place it was promised, and nothing from before is gone."""
    assert len(promised) > len(people), "nothing was written, so this proves nothing"
    for person in people:
        items = said(person, group)
        texts = [item["text"] for item in items]
        assert len(texts) == len(set(texts)), "something is there twice"
        assert before <= set(texts)
        seqs = {item["text"]: item["seq"] for item in items}
        assert {text: seqs.get(text) for text in promised} == promised
        assert len(set(seqs.values())) == len(seqs)
    return set(texts)
