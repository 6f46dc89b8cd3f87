"""A disk that fills up, for a server under test: a small file system where the machine lets one be mounted, else a limit that the
system sets to the size of the server's files."""

import os
import resource
import subprocess
from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.running import Running

# What the limit leaves: enough for what a server says in its log, too little for a page of its database.
ONE_LINE = 300


class Disk:
    """`leave` little room, or none; `make_room` gives it back. The server goes on meanwhile."""

    def __init__(self, data: Path) -> None:
        self.data = data

    @abstractmethod
    def leave(self, server: Running, size: int) -> None:
        """No more than so many bytes."""

    @abstractmethod
    def make_room(self, server: Running) -> None:
        """Room again."""


class Mounted(Disk):
    """A file system of a few MiB, with a file of nothing in it: writing gives ENOSPC."""

    def leave(self, server: Running, size: int) -> None:
        with (self.data / "ballast").open("wb", buffering=0) as ballast:
            free = os.statvfs(self.data).f_bavail * os.statvfs(self.data).f_frsize
            ballast.write(bytes(free - size))

    def make_room(self, server: Running) -> None:
        (self.data / "ballast").unlink()


class Limited(Disk):
    """No file of the server's grows any further: writing gives EFBIG. Anybody may do this to a process of their own, now or
    when it is started."""

    def leave(self, server: Running, size: int) -> None:
        log = self.data / "holdspace.sqlite3-wal"
        self._limit(server, log.stat().st_size + size if size else ONE_LINE)

    def make_room(self, server: Running) -> None:
        self._limit(server, resource.RLIM_INFINITY)

    def _limit(self, server: Running, size: int) -> None:
        server.largest_file = size
        if server.is_running:
            resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@contextmanager
def small_disk(data: Path, mebibytes: int = 8) -> Iterator[Disk]:
    """At `data`, which is to be empty, until the end."""
    data.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m", "tmpfs", str(data)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        yield Limited(data)
        return
    try:
        yield Mounted(data)
    finally:
        subprocess.run(["umount", str(data)], check=True)
