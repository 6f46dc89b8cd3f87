"""Takes questions to the verbs and brings the answers back: reads to a reader thread, writes to the one writer."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

from django.db import connection
from django.http import Http404
from msgspec import Raw

from holdspace.live import frames
from holdspace.live.allowance import Allowance
from holdspace.live.arrivals import Arrivals, Job
from holdspace.live.asker import Asker
from holdspace.live.checkpoints import Checkpoints
from holdspace.live.hub import GOING_AWAY, Hub
from holdspace.live.line import once_more_if_cut
from holdspace.live.readers import Readers
from holdspace.live.sockets import Socket
from holdspace.live.topics import Topic
from holdspace.live.verbs import Effect, Entitle, Listen, News, Outcome, Read, Request, Verb, Write
from holdspace.live.writer import Writer, trace_of
from holdspace.sealing.errors import SealError
from holdspace.ui.refused import Refused

log = logging.getLogger(__name__)
# SQLite answers in this process: more threads wait for one another at each row. PostgreSQL is waited for.
_READERS = {"sqlite": 2, "postgresql": 4}
T = TypeVar("T")
N = TypeVar("N", Read, Write, Verb, Topic)


class Desk:
    """Everything between a frame and its answer."""

    def __init__(
        self,
        verbs: Iterable[Verb],
        topics: Iterable[Topic],
        hub: Hub,
        arrivals: Arrivals,
        allowance: Allowance,
    ) -> None:
        self._verbs = _by_name(verbs)
        _by_name(topics)
        self._hub = hub
        self._allowance = allowance
        self._readers = Readers(_READERS[connection.vendor])
        self._writer = Writer(arrivals, self._deliver, self._send_all_away)
        self._checkpoints = Checkpoints()

    def start(self) -> None:
        self._writer.start()
        self._checkpoints.start()

    async def stop(self) -> None:
        await self._writer.stop()
        await self._checkpoints.stop()
        await asyncio.to_thread(self._readers.end)

    async def in_reader(self, run: Callable[..., T], *args: Any) -> T:
        """Run something that only reads, in a reader thread with its own connection."""
        return await self._readers.run(partial(once_more_if_cut, partial(run, *args)))

    def takes_at_once(self, asker: Asker, question: frames.Frame) -> bool:
        """Hand a write to the writer, who answers later, or refuse; False for a read, which is to be looked up."""
        ref, name, given = question
        account_id = asker.account_id
        verb, size = self._verbs.get(name), len(memoryview(given))
        if account_id is None:
            asker.answer(asker.refusal(ref, "signed-out"))
        elif code := self._allowance.refusal(account_id, size if isinstance(verb, Write) else 0):
            asker.answer(asker.refusal(ref, code))
        elif isinstance(verb, Read):
            return False
        elif verb is None:
            # Asked by a page of another release, which a reload replaces.
            asker.answer(asker.refusal(ref, "version"))
        elif (args := verb.takes.read(given)) is None:
            asker.answer(asker.refusal(ref, "format"))
        elif not self._writer.put(Job(verb, Request(account_id, args), asker, ref, size)):
            asker.answer(asker.refusal(ref, "too-many"))
        return True

    async def look_up(self, asker: Asker, question: frames.Frame) -> None:
        """Answer a read."""
        ref, name, given = question
        outcome = await self.in_reader(_look_up, self._verbs[name], asker.account_id, given)
        asker.answer(_encode(asker, ref, outcome))

    def _deliver(self, batch: list[Job]) -> None:
        """Answers first, then what follows; each asker and each listener gets its bytes of a batch in one piece."""
        self._checkpoints.note()
        answers: dict[Asker, list[bytes]] = {}
        for job in batch:
            answers.setdefault(job.asker, []).append(_encode(job.asker, job.ref, job.outcome))
        for asker, encoded in answers.items():
            asker.answer(b"".join(encoded), len(encoded))
        for asker, effect in _gathered(batch):
            self._bring_about(asker, effect)

    def _send_all_away(self) -> None:
        """The line to the database broke, so a commit may stand whose answer got lost. Nobody would be told of it, nor would a
        removal close an ear: everybody goes, comes back, and catches up."""
        for socket in self._hub.sockets():
            socket.close(GOING_AWAY)

    def _bring_about(self, asker: Asker, effect: Effect) -> None:
        if isinstance(effect, News):
            self._hub.tell(effect)
        elif isinstance(effect, Entitle):
            self._hub.entitle(effect)
        elif isinstance(effect, Listen) and isinstance(asker, Socket):
            self._hub.listen(asker, effect)


def _gathered(batch: list[Job]) -> list[tuple[Asker, Effect]]:
    """What follows, in its order, but neighbours among the news for one audience are one."""
    gathered: list[tuple[Asker, Effect]] = []
    last: Effect | None = None
    for job in batch:
        for effect in job.request.effects:
            if not (isinstance(last, News) and last.takes_along(effect)):
                gathered.append((job.asker, effect))
                last = effect
    return gathered


def _by_name(things: Iterable[N]) -> dict[str, N]:
    """Two apps that take the same name would answer for each other: refuse to start."""
    named: dict[str, N] = {}
    for thing in things:
        if named.setdefault(thing.name, thing) is not thing:
            raise ValueError(f"{thing.name} is registered twice")
    return named


def _encode(asker: Asker, ref: int, outcome: Outcome) -> bytes:
    if isinstance(outcome, Refused):
        return asker.refusal(ref, outcome.code)
    return frames.answer(ref, outcome)


def _look_up(verb: Read, account_id: bytes, given: Raw) -> Outcome:
    args = verb.takes.read(given)
    if args is None:
        return Refused("format")
    try:
        return once_more_if_cut(lambda: verb.run(account_id, args))
    except Http404:
        return Refused("not-found")
    except (Refused, SealError) as refused:
        return Refused(refused.code)
    except Exception as error:
        log.error("%s broke: %s", verb.name, trace_of(error))
        connection.close()
        return Refused("broken")
