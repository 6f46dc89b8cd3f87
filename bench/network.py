"""Real servers to measure, and twelve people in a group on them.

The server's process is pinned to one core, the load to another, so neither takes from the other.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from secrets import token_bytes

import psycopg

from bench.load import Person
from client import ids
from client.device import now_ms
from client.group import Group
from client.member import Member
from holdspace.sealing.codec import to_json
from holdspace.sealing.envelope import REPLY, SHARE, Header, Position, Said, seal_envelope
from holdspace.sealing.keys import new_id
from holdspace.sealing.primitives import ZERO16
from tests.running import BASE, Running, free_port, without_limits
from tests.stored import own_database

SERVER_CORE, LOAD_CORE = 0, 1
PEOPLE = 12
# 150 characters: an envelope of 396 bytes, a frame of about 480.
TEXT = "Some days are heavier than others, and today is one of those; it helps to write it down here. " * 2
BODY = to_json({"v": 1, "t": TEXT[:150]})


class Sealer:
    """Seals envelopes of one author in one epoch, as many as are wanted."""

    def __init__(self, group: bytes, epoch: int, author: bytes, key: bytes, position: Position) -> None:
        self._place = group, epoch, author
        self._key, self._position = key, position

    def seal(self, count: int) -> list[bytes]:
        """That many fresh envelopes."""
        return [self.say(BODY, new_id()) for _ in range(count)]

    def say(self, body: bytes, item: bytes, answers: bytes | None = None) -> bytes:
        """A share with this body, or a reply."""
        group, epoch, author = self._place
        header = Header(REPLY if answers else SHARE, group, epoch, item, author, 0, answers or ZERO16)
        return seal_envelope(header, self._key, Said(self._position, now_ms(), body))


class Contestant:
    """A server to be measured, with a group and its people. `verb` is how it is asked for the newest items."""

    def __init__(
        self, name: str, where: tuple[int, int], group: bytes, people: list[tuple[str, Sealer]]
    ) -> None:
        self.name, self.group = name, group
        self.pid, self.port = where
        self.verb = "open"
        self.beside: Callable[[], list[int]] = list
        self._people = people

    def cpu_seconds(self) -> float:
        """What its process and those beside it have used of their core so far, in all of their threads."""
        return sum(_cpu_seconds(pid) for pid in (self.pid, *self.beside()))

    def people(self, envelopes: int) -> list[Person]:
        """The twelve with so many fresh envelopes each."""
        return [Person(cookie, sealer.seal(envelopes)) for cookie, sealer in self._people]


@contextmanager
def prototype(folder: Path) -> Iterator[Contestant]:
    """The bare gateway prototype."""
    port = free_port()
    with on_core(SERVER_CORE):
        words = [sys.executable, "-m", "bench.prototype", str(port), str(folder / "prototype.sqlite3")]
        process = subprocess.Popen(words, cwd=BASE)
    group, key = new_id(), token_bytes(32)
    sealers = [Sealer(group, 1, new_id(), key, Position(0, bytes(16))) for _ in range(PEOPLE)]
    bare = Contestant("prototype", (process.pid, port), group, [("", sealer) for sealer in sealers])
    bare.verb = "items"
    try:
        yield bare
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def serving(folder: Path, beside: str = "") -> Iterator[Running]:
    """Holdspace itself. `beside` is the URL of a PostgreSQL that it gets a database in."""
    server = without_limits(folder, DATABASE_URL=own_database(beside))
    server.console("setup", "--name", "Bench", "--language", "en", "--steward-sheet", str(folder / "sheet"))
    with on_core(SERVER_CORE):
        server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def holdspace(folder: Path, beside: str = "") -> Iterator[tuple[Running, Contestant]]:
    """Holdspace, and a group of twelve real accounts."""
    with serving(folder, beside) as server:
        with ExitStack() as everybody:
            members = [everybody.enter_context(signed_up(server, folder, number)) for number in range(PEOPLE)]
            group = gather(members)
            for member in members:
                member.group(group)
            people = [(cookie_of(member), sealer_of(member.group(group))) for member in members]
        ours = Contestant("Holdspace", (server.pid, server.port), ids.parse(group), people)
        if beside:
            ours.name, ours.beside = "Holdspace on PostgreSQL", partial(keep_to_core, postmaster_of(beside))
        yield server, ours


def postmaster_of(url: str) -> int:
    """The first process of a PostgreSQL on this machine."""
    with psycopg.connect(url) as database:
        row = database.execute("SELECT current_setting('data_directory')").fetchone()
    assert row
    return int((Path(row[0]) / "postmaster.pid").read_text().split()[0])


def keep_to_core(first: int) -> list[int]:
    """A process and its children, kept to the server's core."""
    pids = [first, *map(int, Path(f"/proc/{first}/task/{first}/children").read_text().split())]
    for pid in pids:
        os.sched_setaffinity(pid, {SERVER_CORE})
    return pids


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def signed_up(server: Running, folder: Path, number: int) -> Member:
    """A new account."""
    member = Member(folder / f"home-{number}", server.url)
    member.sign_up(f"member-{number}", folder / f"passphrase-{number}")
    return member


def gather(members: list[Member]) -> str:
    """A group of all of them; its id."""
    founder, *others = members
    group = str(founder.start_group("Bench")["group"])
    link = founder.invite(group, uses=max(1, len(others)))["link"]
    for number, member in enumerate(others):
        member.join(link, f"Member {number}")
    assert len(founder.admit(group)["admitted"]) == len(others)
    return group


def cookie_of(member: Member) -> str:
    """The header that says who somebody is."""
    return "; ".join(f"{name}={value}" for name, value in member.server.cookies.items())


def sealer_of(group: Group) -> Sealer:
    """What seals in a member's name in the current epoch."""
    epoch = group.state.epoch
    return Sealer(group.id, epoch, group.member_id, group.key_of(epoch), group.position)


@contextmanager
def on_core(*cores: int) -> Iterator[None]:
    """Processes started here, and their threads, keep to one core, or to these."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
