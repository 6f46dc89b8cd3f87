"""The one writer of a process: drains what has arrived, commits it in one transaction, then answers.

Never waits to fill a batch: it goes on reading only while there is something to read, and while one batch is flushed to
disk the next gathers by itself. An answer, and anything announced, leaves only after the commit, so "ok" means "on disk"
and nobody hears of what never happened.
"""

import asyncio
import logging
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import groupby
from operator import attrgetter

from django.db import IntegrityError, connection, transaction

from holdspace.live import line
from holdspace.live.arrivals import LARGEST_BATCH, Arrivals, Job
from holdspace.live.verbs import Run, Write
from holdspace.ui import full_disk
from holdspace.ui.refused import Refused

log = logging.getLogger(__name__)
# One to read from the sockets, one for whoever hears them to put it here.
TURNS_TO_READ = 2
_TRIES = 3


class Writer:
    """`put` jobs, `deliver` gets them when they are settled, `when_cut` is told that nobody knows what the last commit did: all in the
    loop's thread. Only `settle` runs in the writer's."""

    def __init__(
        self, arrivals: Arrivals, deliver: Callable[[list[Job]], None], when_cut: Callable[[], None]
    ) -> None:
        self._arrivals, self._deliver, self._when_cut = arrivals, deliver, when_cut
        self._wake = asyncio.Event()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="holdspace-writer")
        self._work: asyncio.Task[None] | None = None
        self._is_ending = False

    def start(self) -> None:
        self._work = asyncio.get_running_loop().create_task(self._write())

    def put(self, job: Job) -> bool:
        """Whether it will be done; False when too much waits already."""
        has_room = self._arrivals.add(job)
        self._wake.set()
        return has_room

    async def stop(self) -> None:
        """Finish what has arrived, then end."""
        self._is_ending = True
        self._wake.set()
        if self._work is not None:
            await self._work
        # Named in the writer's thread: each thread has a connection of its own.
        self._thread.submit(lambda: connection.close())
        self._thread.shutdown()

    async def _write(self) -> None:
        """Batch after batch. Each is handed out before the next begins: two busy threads would only take the interpreter
        from each other, and the batches would be small."""
        loop = asyncio.get_running_loop()
        when_cut = partial(loop.call_soon_threadsafe, self._when_cut)
        while await self._something_arrives():
            batch = self._arrivals.take()
            await loop.run_in_executor(self._thread, settle, batch, when_cut)
            self._hand_out(batch)

    async def _something_arrives(self) -> bool:
        """Wait for the next batch. False when nothing waits and it is time to end."""
        while not self._arrivals.count:
            if self._is_ending:
                return False
            self._wake.clear()
            await self._wake.wait()
        await self._more_arrives()
        return True

    async def _more_arrives(self) -> None:
        """Go on reading while there is something to read: what was sent together is cheaper to write together."""
        before = 0
        while before < self._arrivals.count < LARGEST_BATCH:
            before = self._arrivals.count
            for _ in range(TURNS_TO_READ):
                await asyncio.sleep(0)

    def _hand_out(self, batch: list[Job]) -> None:
        try:
            self._deliver(batch)
        except Exception as error:
            log.error("delivering broke: %s", trace_of(error))


def settle(batch: list[Job], when_cut: Callable[[], object] = lambda: None, tries: int = _TRIES) -> None:
    """Commit a batch, and give each job its outcome: hopefully, and if the database objects, once more with every question
    asked."""
    try:
        try:
            _commit(batch, _hopefully)
        except IntegrityError:
            _undo(batch)
            _commit(batch, _carefully)
    except Exception as error:
        _recover(batch, error, when_cut, tries)


def _recover(batch: list[Job], error: Exception, when_cut: Callable[[], object], tries: int) -> None:
    """Begin again as a whole where the batch is not to blame. Sent twice, an item is still kept once."""
    _undo(batch)
    cut = line.is_cut(error)
    if cut:
        when_cut()
        if not line.is_mended():
            for job in batch:
                job.outcome = Refused("broken")
            return
    if tries > 1 and (cut or line.lost_its_turn(error)):
        settle(batch, when_cut, tries - 1)
    else:
        _one_by_one(batch, error)


def _commit(batch: list[Job], run_of: Callable[[Write], Run]) -> None:
    """Neighbours asking for the same verb run together; order is kept, so an append and the send after it stay so."""
    with transaction.atomic():
        for verb, neighbours in groupby(batch, key=attrgetter("verb")):
            jobs = list(neighbours)
            outcomes = run_of(verb)([job.request for job in jobs])
            for job, outcome in zip(jobs, outcomes, strict=True):
                job.outcome = outcome


def _hopefully(verb: Write) -> Run:
    return verb.hopeful or verb.run


def _carefully(verb: Write) -> Run:
    return verb.run


def _one_by_one(batch: list[Job], error: Exception) -> None:
    """A batch that broke: each job runs again alone, so that only the guilty one is refused."""
    if not connection.in_atomic_block:
        connection.close()
    if len(batch) > 1:
        for job in batch:
            settle([job])
    else:
        batch[0].outcome = _refusal(batch[0], error)


def _refusal(job: Job, error: Exception) -> Refused:
    if full_disk.is_full(error):
        full_disk.tell_host()
        return Refused("disk-full")
    log.error("%s broke: %s", job.verb.name, trace_of(error))
    return Refused("broken")


def _undo(batch: list[Job]) -> None:
    """The database took everything back: so does whoever remembers it, and nothing is announced."""
    for verb in {job.verb.name: job.verb for job in batch}.values():
        if verb.forget is not None:
            verb.forget()
    for job in batch:
        job.request.effects.clear()


def trace_of(error: Exception) -> str:
    """Kind and place of an error without its message: a database's message can quote the values it was given."""
    return type(error).__name__ + "\n" + "".join(traceback.format_tb(error.__traceback__))
