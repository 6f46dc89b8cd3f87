"""A Monday morning: a thousand devices come back at once, each with 20 new items in three groups."""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.asking import WHOLE_LOG
from bench.load import decode, encode
from bench.network import PEOPLE, cookie_of, gather, sealer_of, signed_up
from bench.wire import Wire, connect
from client import ids
from client.member import Member
from tests.running import Running

DEVICES, ACCOUNTS, GROUPS_EACH, NEW_ITEMS = 1000, 48, 3, 20
LONGEST_SECONDS, MOST_KIB_A_SOCKET = 3.0, 40.0
Asked = tuple[str, dict[str, Any]]
Device = tuple[str, list[Asked]]
"""A cookie, and what is asked with it, one after another."""


class Morning:
    """Accounts in three groups of twelve each, and their devices."""

    def __init__(self, server: Running, folder: Path) -> None:
        folder.mkdir()
        self.server = server
        self.groups_of: dict[str, list[bytes]] = {}
        with ExitStack() as everybody:
            members = [everybody.enter_context(signed_up(server, folder, 100 + n)) for n in range(ACCOUNTS)]
            for member in members:
                self.groups_of[cookie_of(member)] = []
            for together in circles(members):
                self._meet(together)

    def _meet(self, together: Sequence[Member]) -> None:
        """A group of these, with what will be new to all of them."""
        group = gather(list(together))
        found = together[0].group(group)
        for envelope in sealer_of(found).seal(NEW_ITEMS):
            found.device.ask("send", envelope=envelope)
        for member in together:
            self.groups_of[cookie_of(member)].append(ids.parse(group))

    async def memory(self) -> float:
        """KiB of the server for each device that is connected and listens."""
        before = resident_kib(self.server.pid)
        port = self.server.port
        wires = await asyncio.gather(*(_told(port, cookie, said[:1]) for cookie, said in self.devices()))
        kib = (resident_kib(self.server.pid) - before) / DEVICES
        for wire in wires:
            wire.close()
        return kib

    def devices(self) -> list[Device]:
        """Each listens to its three groups, and opens each."""
        cookies = list(self.groups_of)
        return [self._device(cookies[number % ACCOUNTS]) for number in range(DEVICES)]

    def _device(self, cookie: str) -> Device:
        groups = self.groups_of[cookie]
        asked = [("open", {"group": group, "log_after": WHOLE_LOG, "items_after": 0}) for group in groups]
        return cookie, [("listen", {"groups": groups}), *asked]


def bare_devices(group: bytes, last: int) -> list[Device]:
    """The same of the prototype, which knows nobody: each asks for as many rows, three times."""
    asked: list[Asked] = [("items", {"group": group, "after": last - NEW_ITEMS, "limit": NEW_ITEMS})]
    return [("", [("listen", {"group": group}), *asked * GROUPS_EACH])] * DEVICES


async def come_back(port: int, devices: list[Device]) -> tuple[float, int]:
    """Seconds until the last device has everything, and how many were not served."""
    begun = time.perf_counter()
    served = await asyncio.gather(*(_told(port, *device) for device in devices), return_exceptions=True)
    seconds = time.perf_counter() - begun
    wires = [wire for wire in served if isinstance(wire, Wire)]
    for wire in wires:
        wire.close()
    return seconds, DEVICES - len(wires)


async def _told(port: int, cookie: str, asked: list[Asked]) -> Wire:
    """One device, connected and answered."""
    wire = await connect(port, cookie)
    for verb, args in asked:
        answer = decode(await wire.ask(encode([(1, verb, args)]), 60))[0]
        assert answer[1] == "ok", answer
        assert len(answer[2].get("items", range(NEW_ITEMS))) >= NEW_ITEMS
    return wire


def circles(members: Sequence[Member]) -> list[list[Member]]:
    """Groups of twelve such that everybody is in three, with different people."""
    count = len(members) // PEOPLE
    ways: list[Callable[[int], int]] = [
        lambda n: n % count,
        lambda n: n // count % count,
        lambda n: (n // count**2 + n) % count,
    ]
    return [
        [member for number, member in enumerate(members) if way(number) == circle]
        for way in ways
        for circle in range(count)
    ]


def resident_kib(pid: int) -> float:
    """The memory a process holds now."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return float(line.split()[1])
    return float("nan")
