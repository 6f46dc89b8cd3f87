"""The one writer of a process: drains what has arrived, commits it in one transaction, then answers.

Never waits to fill a batch: while one batch is flushed to disk the next gathers by itself. An answer, and anything
announced, leaves this thread only after the commit, so "ok" means "on disk" and nobody hears of what never happened.
"""

import logging
import queue
import threading
import traceback
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.db import IntegrityError, connection, transaction

from holdspace.live.asker import Asker
from holdspace.live.verbs import Outcome, Request, Run, Write
from holdspace.ui.refused import Refused

log = logging.getLogger(__name__)
LARGEST_BATCH = 512


class Job(NamedTuple):
    """A request, the verb it asks for, and whoever asked."""

    verb: Write
    request: Request
    asker: Asker
    ref: int


class Settled(NamedTuple):
    """A job whose transaction is over."""

    job: Job
    outcome: Outcome


class Writer:
    """Start it, `put` jobs from any thread; `deliver` is called in the writer's thread with what was settled."""

    def __init__(self, deliver: Callable[[list[Settled]], None]) -> None:
        self._deliver = deliver
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="holdspace-writer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def put(self, job: Job) -> None:
        self._jobs.put(job)

    def stop(self) -> None:
        """Finish what has arrived, then end."""
        self._jobs.put(None)
        self._thread.join(timeout=10)

    def _work(self) -> None:
        going = True
        while going:
            batch, going = self._drain()
            if batch:
                self._deliver(settle(batch))
        connection.close()

    def _drain(self) -> tuple[list[Job], bool]:
        """Everything that has arrived, waiting only for the first; False when told to stop."""
        batch: list[Job] = []
        job = self._jobs.get()
        while job is not None:
            batch.append(job)
            if len(batch) == LARGEST_BATCH:
                return batch, True
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return batch, True
        return batch, False


def settle(batch: list[Job]) -> list[Settled]:
    """Commit a batch: hopefully, and if the database objects, once more with every question asked."""
    try:
        return _commit(batch, _hopefully)
    except IntegrityError:
        _undo(batch)
    except Exception as error:
        return _one_by_one(batch, error)
    try:
        return _commit(batch, _carefully)
    except Exception as error:
        return _one_by_one(batch, error)


def _commit(batch: list[Job], run_of: Callable[[Write], Run]) -> list[Settled]:
    with transaction.atomic():
        return list(_run_in_order(batch, run_of))


def _run_in_order(batch: list[Job], run_of: Callable[[Write], Run]) -> Iterator[Settled]:
    """Neighbours asking for the same verb run together; order is kept, so an append and the send after it stay so."""
    for verb, neighbours in groupby(batch, key=attrgetter("verb")):
        jobs = list(neighbours)
        outcomes = run_of(verb)([job.request for job in jobs])
        yield from (Settled(job, outcome) for job, outcome in zip(jobs, outcomes, strict=True))


def _hopefully(verb: Write) -> Run:
    return verb.hopeful or verb.run


def _carefully(verb: Write) -> Run:
    return verb.run


def _one_by_one(batch: list[Job], error: Exception) -> list[Settled]:
    """A batch that broke: each job runs again alone, so that only the guilty one is refused."""
    _undo(batch)
    if not connection.in_atomic_block:
        connection.close()
    if len(batch) > 1:
        return [settled for job in batch for settled in settle([job])]
    log.error("%s broke: %s", batch[0].verb.name, trace_of(error))
    return [Settled(batch[0], Refused("broken"))]


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
