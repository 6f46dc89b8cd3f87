"""The load: twelve connected members of one group who send items and receive everybody's.

Latency is from a member's send to the arrival at the last of the twelve. What the load itself can take is told by
`busy`: the share of its core that it used; `ceiling` is what it would reach at all of it.
"""

import asyncio
import gc
import time
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import msgspec

from bench.wire import Wire, connect

encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(list[list[Any]]).decode


@dataclass
class Person:
    """One member at the load: the cookie of their session, and envelopes sealed beforehand."""

    cookie: str
    envelopes: list[bytes]


@dataclass
class Figures:
    """What one run of the load saw; times in milliseconds."""

    accepted: int = 0
    delivered: int = 0
    seconds: float = 0.0
    busy: float = 0.0
    server_cpu: float = 0.0
    refused: dict[str, int] = field(default_factory=dict)
    last_arrivals: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Accepted items a second."""
        return self.accepted / self.seconds

    @property
    def ceiling(self) -> float:
        """Items a second the load could have carried, by the part of its core that it used."""
        return self.rate / self.busy if self.busy else 0.0

    @property
    def cpu_an_item(self) -> float:
        """Microseconds of the server's core for each accepted item: what a busy machine disturbs least."""
        return self.server_cpu / max(1, self.accepted) * 1e6

    def percentile(self, part: float) -> float:
        """The time within which that part of the items had reached everybody."""
        times = sorted(self.last_arrivals)
        return times[min(len(times) - 1, int(len(times) * part))] if times else float("nan")


class Room:
    """Twelve open sockets and the count of what each item still has to reach."""

    def __init__(self, group: bytes, people: list[Person]) -> None:
        self.group, self.people = group, people
        self.wires: list[Wire] = []
        self.next = [0] * len(people)
        self.sent_at: dict[bytes, float] = {}
        self.waited_for: dict[bytes, int] = {}
        self.figures = Figures()
        self.refill = False

    async def open(self, port: int) -> None:
        """Connect everybody and listen."""
        for number, person in enumerate(self.people):
            wire = await connect(port, person.cookie)
            answer = await wire.ask(encode([(1, "listen", {"groups": [self.group]})]))
            assert decode(answer)[0][1] == "ok", answer
            wire.on_message = partial(self.take, number)
            self.wires.append(wire)

    def close(self) -> None:
        """Hang up."""
        for wire in self.wires:
            wire.close()

    def send(self, number: int) -> None:
        """Let one member send their next envelope."""
        person, at = self.people[number], self.next[number]
        if at == len(person.envelopes):
            return
        self.next[number] = at + 1
        envelope = person.envelopes[at]
        self.sent_at[envelope[28:44]] = time.perf_counter()
        self.waited_for[envelope[28:44]] = len(self.wires)
        self.wires[number].send(encode([(at + 2, "send", {"envelope": envelope})]))

    def take(self, number: int, message: bytes) -> None:
        """Count what one member's socket brought, and send again for each acknowledgement."""
        figures, waited_for = self.figures, self.waited_for
        for frame in decode(message):
            if frame[0] == 0:
                if frame[1] == "item":
                    figures.delivered += 1
                    item = frame[2]["row"][1][28:44]
                    waited_for[item] -= 1
                    if not waited_for[item]:
                        self.arrived(item)
                continue
            if frame[1] == "ok":
                figures.accepted += 1
            else:
                figures.refused[frame[2]] = figures.refused.get(frame[2], 0) + 1
            if self.refill:
                self.send(number)

    def arrived(self, item: bytes) -> None:
        """An item has reached the last of its readers."""
        del self.waited_for[item]
        self.figures.last_arrivals.append((time.perf_counter() - self.sent_at.pop(item)) * 1000)

    async def saturate(self, in_flight: int, seconds: float) -> Figures:
        """Keep so many items on their way, spread over everybody."""
        self.begin()
        self.refill = True
        for turn in range(in_flight):
            self.send(turn % len(self.people))
        figures = await self.measure(seconds)
        self.refill = False
        await self.drain()
        return figures

    async def pace(self, per_second: float, seconds: float) -> Figures:
        """Send at an even, calm pace."""
        self.begin()
        start, count = time.perf_counter(), int(per_second * seconds)
        measured = asyncio.create_task(self.measure(seconds))
        for turn in range(count):
            await asyncio.sleep(max(0.0, start + turn / per_second - time.perf_counter()))
            self.send(turn % len(self.people))
        figures = await measured
        await self.drain()
        return figures

    def begin(self) -> None:
        """Forget the figures of the run before. What stands in memory is not looked through while it is measured: that would stop
        the load for milliseconds, and count them against the server."""
        gc.collect()
        gc.freeze()
        self.figures = Figures()

    async def measure(self, seconds: float) -> Figures:
        """Let it run for so long."""
        wall, used = time.perf_counter(), time.process_time()
        await asyncio.sleep(seconds)
        figures = self.figures
        figures.seconds = time.perf_counter() - wall
        figures.busy = (time.process_time() - used) / figures.seconds
        self.figures = Figures(last_arrivals=figures.last_arrivals)
        return figures

    async def drain(self) -> None:
        """Wait until everything sent has arrived everywhere (for at most five seconds)."""
        for _ in range(500):
            if not self.waited_for:
                return
            await asyncio.sleep(0.01)
        raise TimeoutError(f"{len(self.waited_for)} items never reached everybody")
