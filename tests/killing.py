"""A server killed with -9 while people write, many times over: acknowledged against stored.

`make kill` does it a hundred times on each engine and prints what came of it. The test does it a few times.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any

from client.group import Group
from client.trouble import Trouble
from tests.members import Someone, admitted, company, sealed_share
from tests.running import Running, network

NAMES = ("amara", "ben", "eli")
# A group of its own for so many kills: a reader holds all of a group, and would do little else in the end.
KILLS_A_GROUP = 10
PATIENCE = 20


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
        """What got no answer is sent once more, the very same envelope, and then another time."""
        assert self.unsure, "the server was not killed while this person wrote"
        text, envelope = self.unsure
        seq = self.group.device.ask("send", envelope=envelope)["seq"]
        assert self.group.device.ask("send", envelope=envelope)["seq"] == seq
        self.acknowledged[text] = seq


@dataclass
class Toll:
    """What came of it: texts and their places as promised, and what was found wrong."""

    kills: int = 0
    unanswered: int = 0
    # Of those without an answer, how many were stored all the same, and were not stored twice when they came again.
    unanswered_stored: int = 0
    promised: dict[str, int] = field(default_factory=dict)
    stored: int = 0
    lost: set[str] = field(default_factory=set)
    moved: set[str] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)

    @property
    def is_clean(self) -> bool:
        """Nothing lost, moved, twice or out of nowhere; and something was written at all."""
        faults = self.lost | self.moved | self.twice | self.unknown
        return not faults and len(self.promised) > self.kills

    def line(self, engine: str) -> str:
        """For people."""
        return (
            f"{engine}: killed {self.kills} times; acknowledged {len(self.promised)}, stored {self.stored}, "
            f"lost {len(self.lost)}, moved {len(self.moved)}, twice {len(self.twice)}, "
            f"never sent {len(self.unknown)}. Without an answer at a kill: {self.unanswered}, "
            f"of these already stored {self.unanswered_stored}; all sent again."
        )


def kill_often(server: Running, folder: Path, kills: int) -> Toll:
    """Kill it so often, and compare what was promised with what is there."""
    toll = Toll()
    with company(server, folder) as somebody:
        people = [somebody(name) for name in NAMES]
        for first in range(0, kills, KILLS_A_GROUP):
            group = people[0].start_group("Killed", NAMES[0])["group"]
            admitted(group, people[0], *people[1:])
            promised: dict[str, int] = {}
            for number in range(first, min(first + KILLS_A_GROUP, kills)):
                promised |= _kill_once(server, people, group, number, toll)
            for person in people:
                compare(promised, person.read(group)["items"], toll)
            toll.promised |= promised
            toll.stored += _texts_in(people[0], group)
    return toll


def _kill_once(server: Running, people: list[Someone], group: str, number: int, toll: Toll) -> dict[str, int]:
    """Everybody writes, the server dies, comes back, and holds what it promised: also what is promised when it is sent again."""
    writers = [Writer(person.group(group), f"{person.name} {number}") for person in people]
    for writer in writers:
        writer.start()
    assert all(writer.begun.wait(PATIENCE) for writer in writers)
    time.sleep(0.1 * (1 + number % 7))
    server.kill()
    for writer in writers:
        writer.join(PATIENCE)
        assert not writer.is_alive()
    server.start()
    toll.kills += 1
    _compare_newest(people[0], group, writers, toll)
    for writer in writers:
        writer.send_again()
    return {text: seq for writer in writers for text, seq in writer.acknowledged.items()}


def _compare_newest(reader: Someone, group: str, writers: list[Writer], toll: Toll) -> None:
    """Right after the kill: what was acknowledged is there before anything is sent again."""
    promised = {text: seq for writer in writers for text, seq in writer.acknowledged.items()}
    items = reader.read(group, after=min(promised.values()) - 1)["items"]
    found = {item["text"]: item["seq"] for item in items}
    toll.lost |= promised.keys() - found.keys()
    unsure = {writer.unsure[0] for writer in writers if writer.unsure}
    toll.unanswered += len(unsure)
    toll.unanswered_stored += len(unsure & found.keys())


def compare(promised: dict[str, int], items: list[dict[str, Any]], toll: Toll) -> None:
    found = {item["text"]: item["seq"] for item in items if item["text"]}
    toll.lost |= promised.keys() - found.keys()
    toll.moved |= {text for text, seq in promised.items() if found.get(text, seq) != seq}
    toll.unknown |= found.keys() - promised.keys()
    times = Counter(item["text"] for item in items if item["text"])
    toll.twice |= {text for text, count in times.items() if count > 1}


def _texts_in(person: Someone, group: str) -> int:
    return sum(1 for item in person.read(group)["items"] if item["text"])


def main() -> int:
    """Kill, print, and fail where a promise was broken."""
    options = argparse.ArgumentParser(prog="killing", description=__doc__)
    options.add_argument("--kills", type=int, default=100)
    kills = options.parse_args().kills
    with tempfile.TemporaryDirectory(prefix="holdspace-killing-") as name:
        server = network(Path(name))
        try:
            toll = kill_often(server, Path(name), kills)
        finally:
            server.stop()
    sys.stdout.write(toll.line("PostgreSQL" if server.database_url else "SQLite") + "\n")
    return 0 if toll.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
