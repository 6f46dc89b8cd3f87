"""Questions instead of sending: how many whole answers a second."""

import asyncio
import time
from functools import partial
from typing import Any

from bench.load import decode, encode
from bench.network import Contestant
from bench.wire import Wire, connect

# As a client asks that has the log already: no entry, only what is new.
WHOLE_LOG = 2**31


class Asking:
    """Open sockets, each asking again as soon as it was answered."""

    def __init__(self, wires: list[Wire], question: bytes) -> None:
        self.wires, self.question = wires, question
        self.answered = 0

    def take(self, wire: Wire, message: bytes) -> None:
        """Count an answer and ask again."""
        answer = decode(message)[0]
        assert answer[1] == "ok", answer
        self.answered += 1
        wire.send(self.question)

    async def run(self, seconds: float) -> float:
        """Answers a second over so long."""
        for wire in self.wires:
            wire.on_message = partial(self.take, wire)
            wire.send(self.question)
        begun, before = time.perf_counter(), self.answered
        await asyncio.sleep(seconds)
        return (self.answered - before) / (time.perf_counter() - begun)


async def answers_per_second(contestant: Contestant, verb: str, behind: int, seconds: float) -> float:
    """Everybody of the group asks for what lies so many items behind the last."""
    wires = [await connect(contestant.port, person.cookie) for person in contestant.people(0)]
    try:
        last = await last_seq(contestant, wires[0])
        args = _args(verb, contestant.group, last - behind, behind)
        question = encode([(2, verb, args | await _held(verb, contestant, wires[0]))])
        items = decode(await wires[0].ask(question))[0][2]["items"]
        assert len(items) == behind, len(items)
        return await Asking(wires, question).run(seconds)
    finally:
        for wire in wires:
            wire.close()


async def last_seq(contestant: Contestant, wire: Wire) -> int:
    """The group's newest item."""
    args = {"group": contestant.group, "log_after": WHOLE_LOG, "items_after": WHOLE_LOG}
    answer = decode(await wire.ask(encode([(1, "open", args)])))[0]
    last: int = answer[2]["last"]
    return last


async def _held(verb: str, contestant: Contestant, wire: Wire) -> dict[str, Any]:
    """What stands is with the log, on a device that has that."""
    if verb != "open":
        return {}
    answer = decode(await wire.ask(encode([(1, verb, _args(verb, contestant.group, WHOLE_LOG, 0))])))[0]
    return {"standing_held": [row[0] for row in answer[2]["standing"]]}


def _args(verb: str, group: bytes, after: int, limit: int) -> dict[str, Any]:
    if verb == "open":
        return {"group": group, "log_after": WHOLE_LOG, "items_after": after}
    return {"group": group, "after": after, "limit": limit}
