"""The disk fills up while people write: they are told, nothing promised is lost, reading goes on, and it recovers by itself.

The server keeps SQLite here whatever the other tests run on: PostgreSQL has its files on a disk of its own.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import httpx
import pytest

from client.group import Group
from client.trouble import Trouble
from holdspace.sealing.errors import SENTENCES
from tests.members import Someone, admitted, company, said, sealed_share
from tests.running import BASE, Running, without_limits
from tests.small_disk import Disk, Limited, small_disk

NAMES = ("amara", "ben", "eli")
LITTLE = 300_000
PATIENCE = 40


@pytest.fixture
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    """A disk one can fill; as "limit" in the other way in which there may be no room."""
    data = tmp_path / "data"
    if getattr(request, "param", "disk") == "limit":
        yield Limited(data)
        return
    with small_disk(data) as disk:
        yield disk


@pytest.fixture
def server(disk: Disk, tmp_path: Path) -> Iterator[Running]:
    """A network on that disk."""
    running = without_limits(disk.data, DATABASE_URL="")
    running.set_up()
    yield running.start()
    running.stop()


class Writer(Thread):
    """Writes until there is no room. `promised` maps text to seq; `refused` is what there was no room for."""

    def __init__(self, group: Group, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self.group = group
        self.promised: dict[str, int] = {}
        self.refused: tuple[str, bytes, str] | None = None

    def run(self) -> None:
        """Write."""
        for number in range(10_000):
            text = f"{self.name} {number}"
            envelope = sealed_share(self.group, text)
            try:
                self.promised[text] = self.group.device.ask("send", envelope=envelope)["seq"]
            except Trouble as trouble:
                self.refused = (text, envelope, trouble.code)
                return

    def send_again(self) -> None:
        """The very same envelope, twice."""
        assert self.refused
        text, envelope, code = self.refused
        assert code == "disk-full"
        seq = self.group.device.ask("send", envelope=envelope)["seq"]
        assert self.group.device.ask("send", envelope=envelope)["seq"] == seq
        self.promised[text] = seq


def places(someone: Someone, group: str) -> dict[str, int]:
    """Every text that is there, and where."""
    items = said(someone, group)
    found = {item["text"]: item["seq"] for item in items}
    assert len(found) == len(items), "something is there twice"
    return found


def promised_by(writers: list[Writer]) -> dict[str, int]:
    """What all of them were promised."""
    return {text: seq for writer in writers for text, seq in writer.promised.items()}


@pytest.mark.parametrize("disk", ["disk", "limit"], indirect=True)
def test_what_was_acknowledged_before_the_disk_was_full_is_there_and_the_rest_goes_when_there_is_room(
    server: Running, disk: Disk, tmp_path: Path
) -> None:
    with company(server, tmp_path) as somebody:
        people = [somebody(name) for name in NAMES]
        group = people[0].start_group("Circle", NAMES[0])["group"]
        admitted(group, people[0], *people[1:])
        writers = [Writer(person.group(group), person.name) for person in people]
        disk.leave(server, LITTLE)
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join(PATIENCE)
            assert not writer.is_alive()
        assert len(promised_by(writers)) > len(writers)
        assert places(people[1], group) == promised_by(writers), "while it is full everybody can read"
        disk.make_room(server)
        for writer in writers:
            writer.send_again()
        assert places(people[2], group) == promised_by(writers)


def test_a_full_disk_is_one_sentence_for_everybody_and_no_page_breaks(
    server: Running, disk: Disk, tmp_path: Path
) -> None:
    with company(server, tmp_path) as somebody:
        amara = somebody("amara")
        group = amara.start_group("Circle", "Amara")["group"]
        disk.leave(server, 0)
        told = member(amara, "share", group, "--text", "Nobody hears this yet.")
        assert (told.returncode, told.stderr.strip()) == (1, SENTENCES["disk-full"])
        with pytest.raises(Trouble) as refused:
            somebody("ben")
        assert (refused.value.code, refused.value.sentence) == ("disk-full", SENTENCES["disk-full"])
        assert {status(server, page) for page in ("/", "/sign-up/", "/sign-in/", "/principles/")} == {200}
        assert said(amara, group) == []
        disk.make_room(server)
        assert member(amara, "share", group, "--text", "Now they do.").returncode == 0
        assert [item["text"] for item in said(amara, group)] == ["Now they do."]
        somebody("dana")


def member(someone: Someone, *words: str) -> subprocess.CompletedProcess[str]:
    """`holdspace member`, as somebody types it."""
    own = ["--home", str(someone.file.with_suffix("")), "--passphrase-file", str(someone.file)]
    command = [sys.executable, "-m", "holdspace.console", "member", *own, *words]
    return subprocess.run(command, cwd=BASE, capture_output=True, text=True, timeout=PATIENCE, check=False)


def status(server: Running, page: str) -> int:
    """What a page answers."""
    return httpx.get(server.url + page, trust_env=False, timeout=PATIENCE).status_code


@pytest.mark.parametrize("disk", ["disk", "limit"], indirect=True)
def test_a_server_that_is_started_on_a_full_disk_says_so_in_one_sentence(disk: Disk, tmp_path: Path) -> None:
    server = without_limits(disk.data, DATABASE_URL="")
    server.log = tmp_path / "log"
    server.set_up()
    disk.leave(server, 0)
    with pytest.raises(AssertionError, match="the server ended"):
        server.start()
    assert server.log.read_text() == "There is no room left on the disk. Make room, then try again.\n"
    disk.make_room(server)
    server.start().stop()
