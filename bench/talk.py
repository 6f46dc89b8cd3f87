"""Groups of sixty who talk, for a browser to open. Everybody seals for real; what they say are the demo's lines."""

import asyncio
import tomllib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.load import decode, encode
from bench.network import Sealer, cookie_of, sealer_of, signed_up
from bench.wire import Wire, connect
from client.demo import growing
from client.member import Member
from holdspace.sealing.codec import to_json
from holdspace.sealing.keys import new_id
from holdspace.sealing.log_payload import MAX_USES
from tests.running import Running

PEOPLE, AT_ONCE = 60, 8
# Apart from the numbers of other accounts on the same server.
FIRST = 2000
LINES: list[str] = tomllib.loads(growing.FILE.read_text("utf-8"))["lines"]


class Talk:
    """One group, and what was said in it: every third item is a share, the others answer one of the newest twenty."""

    def __init__(self, port: int, group: str, people: Iterable[tuple[str, Sealer]]) -> None:
        self.group, self.said = group, 0
        self._port, self._people = port, list(people)
        self._shares: deque[bytes] = deque(maxlen=growing.NEWEST)

    async def fill(self, count: int) -> None:
        """So many items more, everybody in turns."""
        wires = await asyncio.gather(*(connect(self._port, cookie) for cookie, _ in self._people))
        try:
            for begun in range(0, count, len(wires)):
                fresh: list[bytes] = []
                await asyncio.gather(*map(_send, wires[: count - begun], self._sealed(fresh)))
                self._shares.extend(fresh)
        finally:
            for wire in wires:
                wire.close()

    async def say(self, words: str) -> None:
        """One share with these words."""
        cookie, sealer = self._people[0]
        wire = await connect(self._port, cookie)
        await _send(wire, sealer.say(to_json({"v": 1, "t": words}), new_id()))
        wire.close()

    def _sealed(self, fresh: list[bytes]) -> Iterator[bytes]:
        """An envelope of each person; the shares among them, not to be answered before they are there, into `fresh`."""
        for _, sealer in self._people:
            number, item = self.said, new_id()
            self.said += 1
            is_share = number % growing.A_SHARE_EVERY == 0 or not self._shares
            answers = None if is_share else self._shares[number * 5 % len(self._shares)]
            if is_share:
                fresh.append(item)
            yield sealer.say(to_json({"v": 1, "t": _text(number)}), item, answers)


async def _send(wire: Wire, envelope: bytes) -> None:
    answer = decode(await wire.ask(encode([(1, "send", {"envelope": envelope})]), 60))[0]
    assert answer[1] == "ok", answer


def batched(members: list[Member]) -> Iterator[list[Member]]:
    """As many as one link lets in."""
    return (members[begun : begun + MAX_USES] for begun in range(0, len(members), MAX_USES))


def _text(number: int) -> str:
    """Lengths differ as they do among people: one line, or up to four."""
    return " ".join(LINES[(number * 7 + more * 11) % len(LINES)] for more in range(1 + number % 4))


class Crowd:
    """Sixty accounts; `reader` is the sign-in name and the passphrase of one of them."""

    def __init__(self, port: int, members: list[Member], reader: tuple[str, str]) -> None:
        self.reader = reader
        self._port, self._members = port, members

    def gather(self) -> Talk:
        """A group of all of them, still silent."""
        founder, *others, last = self._members
        group = str(founder.start_group("A long year together", "Ada")["group"])
        with ThreadPoolExecutor(AT_ONCE) as several:
            # As groups grow: some at a time, and at last one.
            for coming in (*batched(others), [last]):
                link = founder.invite(group, uses=len(coming))["link"]
                names = [f"Member {self._members.index(member)}" for member in coming]
                list(several.map(Member.join, coming, [link] * len(coming), names))
                founder.admit(group)
            groups = list(several.map(Member.group, self._members, [group] * PEOPLE))
        people = zip(map(cookie_of, self._members), map(sealer_of, groups), strict=True)
        return Talk(self._port, group, people)


@contextmanager
def crowd(server: Running, folder: Path) -> Iterator[Crowd]:
    """Everybody has an account, and has put their recovery sheet away."""
    folder.mkdir(parents=True)
    with ExitStack() as everybody, ThreadPoolExecutor(AT_ONCE) as several:
        members = list(several.map(lambda number: signed_up(server, folder, FIRST + number), range(PEOPLE)))
        for member in members:
            everybody.enter_context(member)
            member.server.seal("recovery-confirmed")
        last = FIRST + PEOPLE - 1
        words = (folder / f"passphrase-{last}").read_text("utf-8").removesuffix("\n")
        yield Crowd(server.port, members, (f"member-{last}", words))
