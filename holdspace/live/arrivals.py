"""Writes that have arrived and wait for the writer. Lives in the loop's thread alone."""

from dataclasses import dataclass

from holdspace.live.asker import Asker
from holdspace.live.verbs import Outcome, Request, Write
from holdspace.ui.refused import Refused

LARGEST_BATCH = 512
# What a waiting job costs beside the bytes it was given.
_JOB_BYTES = 1024
_BROKEN = Refused("broken")


@dataclass(slots=True)
class Job:
    """A request, the verb it asks for, and whoever asked; `size` is what it holds of the memory while it waits. `outcome` is
    what it is answered, when the writer has settled it."""

    verb: Write
    request: Request
    asker: Asker
    ref: int
    size: int
    outcome: Outcome = _BROKEN


class Arrivals:
    """Jobs in the order they came. Bounded in all, so that memory is, and for one account, so that nobody fills it alone."""

    def __init__(self, most_bytes: int, most_of_account: int) -> None:
        self._most_bytes, self._most_of_account = most_bytes, most_of_account
        self._jobs: list[Job] = []
        self._bytes = 0
        self._bytes_of: dict[bytes, int] = {}

    def add(self, job: Job) -> bool:
        """Take a job in, or say that there is no room for it."""
        account_id, size = job.request.account_id, job.size + _JOB_BYTES
        of_account = self._bytes_of.get(account_id, 0) + size
        if of_account > self._most_of_account or self._bytes + size > self._most_bytes:
            return False
        self._jobs.append(job)
        self._bytes += size
        self._bytes_of[account_id] = of_account
        return True

    @property
    def count(self) -> int:
        """How many wait."""
        return len(self._jobs)

    def take(self) -> list[Job]:
        """Everything that has arrived, as far as one batch goes."""
        batch, self._jobs = self._jobs[:LARGEST_BATCH], self._jobs[LARGEST_BATCH:]
        if not self._jobs:
            self._bytes = 0
            self._bytes_of.clear()
            return batch
        for job in batch:
            self._bytes -= job.size + _JOB_BYTES
            self._bytes_of[job.request.account_id] -= job.size + _JOB_BYTES
        return batch
