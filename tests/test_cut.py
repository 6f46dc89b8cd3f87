"""A line cut in the middle of a frame, at many places and in both directions: what was said is there once, and heard once."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread

import pytest

from client.group import Group
from client.server import Server
from client.trouble import Trouble
from client.watching import Watch
from tests.cutting import BadLine, Cut
from tests.members import Someone, admitted, company, said, sealed_share
from tests.running import Running

PATIENCE = 40
PLACES = 60
HEARD = 80
LAST = "the last"


@pytest.fixture
def line(own_network: Running) -> Iterator[BadLine]:
    """A bad one in front of it."""
    with closing(BadLine(own_network)) as line:
        yield line


@contextmanager
def away(line: BadLine, someone: Someone, group: str) -> Iterator[Group]:
    """The group as somebody has it at the end of the bad line; they are back on the good one afterwards."""
    found = someone.group(group)
    good = found.device.server
    found.device.server = Server(line.url, good.cookies)
    try:
        yield found
    finally:
        found.device.server.close()
        found.device.server = good


def send(group: Group, envelope: bytes) -> int | None:
    """Over a socket; None where the line broke before the answer was here."""
    try:
        with group.device.server.socket() as socket:
            seq: int = socket.ask("send", envelope=envelope)["seq"]
            return seq
    except Trouble as trouble:
        assert trouble.code == "unreachable", trouble.code
        return None


def test_an_envelope_cut_anywhere_is_sent_again_and_is_there_once(
    own_network: Running, line: BadLine, tmp_path: Path
) -> None:
    with company(own_network, tmp_path) as somebody:
        amara = somebody("amara")
        group = amara.start_group("Circle", "Amara")["group"]
        promised: dict[str, int] = {}
        with away(line, amara, group) as there:
            for cut in cuts(len(sealed_share(there, "0 up"))):
                text = f"{cut.after} {cut.way}"
                promised[text] = send_over(line, cut, there, sealed_share(there, text))
        found = [(item["text"], item["seq"]) for item in said(amara, group)]
        assert sorted(found) == sorted(promised.items())
        assert len(line.made) > PLACES, "the line was hardly ever cut"


def cuts(size: int) -> Iterator[Cut]:
    """Everywhere in a question with an envelope of this size, and in its answer."""
    for after in range(0, size + 60, max(1, size // PLACES)):
        yield Cut("up", after)
    for after in range(0, 100, 2):
        yield Cut("down", after)


def send_over(line: BadLine, cut: Cut, group: Group, envelope: bytes) -> int:
    """The same envelope, until there is an answer; if there were two, they are the same."""
    line.plan([cut])
    first, second = send(group, envelope), send(group, envelope)
    assert second
    assert first in (None, second)
    return second


def test_who_listens_over_a_line_that_breaks_all_the_time_hears_everything_once_and_in_order(
    own_network: Running, line: BadLine, tmp_path: Path
) -> None:
    said_here: list[str] = []
    heard: list[str] = []
    with company(own_network, tmp_path) as somebody:
        amara, ben = somebody("amara"), somebody("ben")
        group = amara.start_group("Circle", "Amara")["group"]
        admitted(group, amara, ben)
        with away(line, ben, group) as there:
            line.plan(Cut("down", number * 997 % 4000) for number in range(40))
            ear = Thread(target=_listen, args=(Watch(there, after=0), heard), daemon=True)
            ear.start()
            # Until the line was cut often enough, however quick the machine.
            while len(said_here) < HEARD or (len(line.made) < 4 and len(said_here) < 25 * HEARD):
                said_here.append(f"number {len(said_here)}")
                amara.share(group, said_here[-1])
            said_here.append(LAST)
            amara.share(group, LAST)
            ear.join(PATIENCE)
            assert not ear.is_alive()
        assert heard == said_here
        assert len(line.made) > 3, "the line was hardly ever cut"


def _listen(watch: Watch, heard: list[str]) -> None:
    for item in watch.items():
        if item["text"]:
            heard.append(item["text"])
        if item["text"] == LAST:
            watch.stop()
            return
