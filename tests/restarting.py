"""A server restarted under everybody: all come back by themselves, spread over a while, and nothing acknowledged is lost or there twice.

`make restart` does it under a thousand sockets and prints what came of it. The test does it under a few.
"""

import argparse
import asyncio
import resource
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import SystemRandom
from threading import Thread

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from client import frames, ids
from client.server import Cookies
from tests.killing import Toll, Writer, compare
from tests.members import Someone, admitted, company
from tests.running import Running, network

SOCKETS_OF_ONE = 50
WRITERS = 3
SHARES = 20  # of each, before the server is stopped
PATIENCE = 120
LAST = "Is everybody back?"


class Crowd(Thread):
    """Sockets that listen, and come back as a browser's do (browser/live/connection.js): doubling, capped, spread."""

    def __init__(self, url: str, group: str, sessions: list[Cookies]) -> None:
        super().__init__(daemon=True)
        self._address = url.replace("http", "ws", 1) + "/live"
        self._hello = frames.encode([(1, "listen", {"groups": [ids.parse(group)]})])
        self._sessions = sessions
        self.listening: set[int] = set()
        self.news: dict[int, int] = {}
        self._open: set[ClientConnection] = set()
        self._work: asyncio.Future[list[None]] | None = None
        self._loop = asyncio.new_event_loop()

    def run(self) -> None:
        """Everybody, until `end`."""
        with suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._everybody())
        self._loop.close()

    def end(self) -> None:
        """All hang up."""
        if self._work:
            self._loop.call_soon_threadsafe(self._work.cancel)
        self.join(PATIENCE)

    def wait_for(self, count: int) -> float:
        """Seconds until so many listen."""
        began = time.monotonic()
        while len(self.listening) != count:
            assert time.monotonic() - began < PATIENCE, f"{len(self.listening)} of {count} are here"
            time.sleep(0.02)
        return time.monotonic() - began

    async def _everybody(self) -> None:
        self._work = asyncio.gather(*(self._stay(who, each) for who, each in enumerate(self._sessions)))
        try:
            await self._work
        finally:
            for line in list(self._open):
                line.transport.abort()
            await asyncio.sleep(0.1)  # the loop lets go of them

    async def _stay(self, who: int, cookies: Cookies) -> None:
        head = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        tries = 0
        while True:
            with suppress(WebSocketException, OSError, TimeoutError):
                async with connect(
                    self._address, additional_headers=head, compression=None, proxy=None
                ) as line:
                    tries = 0
                    self._open.add(line)
                    await self._listen(who, line)
            self.listening.discard(who)
            tries += 1
            await asyncio.sleep(min(30, 0.5 * 2**tries) * SystemRandom().uniform(0.5, 1))

    async def _listen(self, who: int, line: ClientConnection) -> None:
        await line.send(self._hello)
        async for message in line:
            assert isinstance(message, bytes)
            for frame in frames.decode(message):
                if frame[0] == 0:
                    self.news[who] = self.news.get(who, 0) + 1
                elif frame[1] == "ok":
                    self.listening.add(who)


@dataclass
class Return:
    """What came of it."""

    sockets: int
    down: float
    back: float
    heard: int
    toll: Toll

    @property
    def is_clean(self) -> bool:
        """Everybody is back and hears again, and every promise was kept."""
        return self.toll.is_clean and self.heard == self.sockets

    def line(self) -> str:
        """For people."""
        toll = self.toll
        return (
            f"Restarted under {self.sockets} sockets: away for {self.down:.1f} s, all back {self.back:.1f} s later, {self.heard} hear "
            f"again; acknowledged {len(toll.promised)}, lost {len(toll.lost)}, moved {len(toll.moved)}, twice {len(toll.twice)}, "
            f"never sent {len(toll.unknown)}."
        )


def restart_under(server: Running, folder: Path, sockets: int) -> Return:
    """So many listen and some write while the server is stopped and started."""
    with company(server, folder) as somebody:
        people = [somebody(f"member{n}") for n in range(max(WRITERS, -(-sockets // SOCKETS_OF_ONE)))]
        group = str(people[0].start_group("Restarted", people[0].name)["group"])
        admitted(group, people[0], *people[1:])
        sessions = [people[n % len(people)].device.server.cookies for n in range(sockets)]
        crowd = Crowd(server.url, group, sessions)
        crowd.start()
        try:
            crowd.wait_for(sockets)
            return _restart(server, people, group, crowd, sockets)
        finally:
            crowd.end()


def _restart(server: Running, people: list[Someone], group: str, crowd: Crowd, sockets: int) -> Return:
    writers = [Writer(person.group(group), person.name) for person in people[:WRITERS]]
    for writer in writers:
        writer.start()
    while min(len(writer.acknowledged) for writer in writers) < SHARES:
        assert all(writer.is_alive() for writer in writers)
        time.sleep(0.02)
    began = time.monotonic()
    server.stop()
    for writer in writers:
        writer.join(PATIENCE)
    server.start()
    down, back = time.monotonic() - began, crowd.wait_for(sockets)
    for writer in writers:
        writer.send_again()
    crowd.news.clear()
    seq = people[0].share(group, LAST)["seq"]
    until = time.monotonic() + PATIENCE
    while len(crowd.news) < sockets and time.monotonic() < until:
        time.sleep(0.02)
    promised = {text: place for writer in writers for text, place in writer.acknowledged.items()}
    toll = Toll(kills=1, promised=promised | {LAST: seq})
    compare(toll.promised, people[1].read(group)["items"], toll)
    return Return(sockets, down, back, len(crowd.news), toll)


def main() -> int:
    """Restart, print, and fail where somebody is missing or a promise was broken."""
    options = argparse.ArgumentParser(prog="restarting", description=__doc__)
    options.add_argument("--sockets", type=int, default=1000)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with tempfile.TemporaryDirectory(prefix="holdspace-restarting-") as name:
        server = network(Path(name))
        try:
            came = restart_under(server, Path(name), options.parse_args().sockets)
        finally:
            server.stop()
    sys.stdout.write(came.line() + "\n")
    return 0 if came.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
