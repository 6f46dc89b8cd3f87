"""A real server for tests that need one: a process of its own on a free port, with a data folder and a database of its own."""

import copy
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

from tests.stored import own_database

BASE = Path(__file__).resolve().parent.parent
STARTING_SECONDS = 40
_WITHOUT_LIMITS = {
    "HOLDSPACE_ITEMS_PER_MINUTE": "1000000",
    "HOLDSPACE_LIST_CHANGES_PER_HOUR": "1000000",
    "HOLDSPACE_QUESTIONS_PER_MINUTE": "1000000000",
    "HOLDSPACE_MEBIBYTES_PER_DAY": "1000000",
}


class Running:
    """`start`, then `url`; `kill` is kill -9, `stop` asks nicely. The same port and data for every start.

    `base` is where the code stands, for a server whose code was changed.
    """

    def __init__(self, data: Path, base: Path = BASE, /, **environment: str) -> None:
        self.data = data
        self._base = base
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data / "server.log"
        # The tests' own settings name another folder; the server runs with those everybody runs with.
        inherited = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        given = environment.get("DATABASE_URL")
        self.database_url = own_database() if given is None else given
        where = {"HOLDSPACE_DATA": str(data), "DATABASE_URL": self.database_url, "PORT": str(self.port)}
        self._environment = {**inherited, **where, **environment}
        self._process: subprocess.Popen[bytes] | None = None
        self.largest_file = resource.RLIM_INFINITY  # in bytes, for the next start

    def with_code(self, base: Path) -> "Running":
        """The same network served by other code, once this one has stopped."""
        other = copy.copy(self)
        other._base, other._process = base, None
        return other

    @property
    def stored(self) -> str | Path:
        """Its database's URL, or the folder with its file."""
        return self.database_url or self.data

    @property
    def is_running(self) -> bool:
        """Was it started, and has not ended?"""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """The server's process, to look at it from outside."""
        assert self._process, "the server was not started"
        return self._process.pid

    def console(self, *words: str) -> str:
        """Run a verb of the console on this network; what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "holdspace.console", *words],
            cwd=self._base,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=STARTING_SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def steward_sheet(self) -> Path:
        """Where `set_up` puts it: beside the data, not in it."""
        return self.data.parent / "steward-sheet.txt"

    def set_up(self, *words: str, name: str = "N") -> str:
        """Make the network; what was printed."""
        sheet = str(self.steward_sheet)
        return self.console("setup", "--name", name, "--language", "en", "--steward-sheet", sheet, *words)

    def start(self) -> "Running":
        """Serve, and return when it answers."""
        self.data.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*self._limited(), sys.executable, "-m", "holdspace.console", "serve"],
                cwd=self._base,
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._wait_until_it_answers(self._process)
        return self

    def _limited(self) -> list[str]:
        """Debian's own way to begin under a limit."""
        limited = self.largest_file != resource.RLIM_INFINITY
        return ["prlimit", f"--fsize={self.largest_file}:unlimited"] if limited else []

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> None:
        for _ in range(STARTING_SECONDS * 10):
            assert process.poll() is None, f"the server ended: {self.log.read_text()[-2000:]}"
            try:
                httpx.post(f"{self.url}/seal/network", json={}, timeout=5, trust_env=False)
            except httpx.HTTPError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError(f"the server does not answer: {self.log.read_text()[-2000:]}")

    def kill(self) -> None:
        """kill -9: no goodbye, nothing flushed that was not flushed."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process and self.is_running:
            self._process.send_signal(how)
            self._process.wait(timeout=20)


def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def without_limits(data: Path, **environment: str) -> Running:
    """A server for those who write faster than people do."""
    return Running(data, **_WITHOUT_LIMITS, **environment)


def network(folder: Path) -> Running:
    """Such a server, set up and answering."""
    running = without_limits(folder / "data")
    running.set_up()
    return running.start()
