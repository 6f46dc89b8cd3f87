"""The log of the last commits is copied into the file beside the writer."""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from django.db import DatabaseError

from holdspace.live import checkpoints
from holdspace.live.checkpoints import Checkpoints

CANARY = b"said in a group"
PATIENCE_TURNS = 2000


class OwnFile:
    """A database in a file of its own, as Django's connection would show it; its own checkpoints are switched off."""

    def __init__(self, path: Path, vendor: str = "sqlite") -> None:
        self.vendor, self.path, self.asked = vendor, path, 0
        self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA wal_autocheckpoint=0")
        self._database.execute("CREATE TABLE said (words BLOB)")

    def say(self) -> None:
        """Commit something."""
        self._database.execute("INSERT INTO said VALUES (?)", [CANARY])

    def cursor(self) -> "closing[sqlite3.Cursor]":
        """As `connection.cursor()`."""
        self.asked += 1
        return closing(self._database.cursor())

    def close(self) -> None:
        """As `connection.close()`. The file is looked at afterwards, so the last one out does not copy anything."""

    def is_copied(self) -> bool:
        """Whether the words are in the file itself."""
        return CANARY in self.path.read_bytes()


class Broken(OwnFile):
    """A file that cannot be written."""

    def cursor(self) -> "closing[sqlite3.Cursor]":
        self.asked += 1
        raise DatabaseError("disk I/O error near 'said in a group'")


@pytest.fixture
def own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OwnFile:
    """In place of the network's database."""
    return in_place(monkeypatch, OwnFile(tmp_path / "own.sqlite3"))


def in_place(monkeypatch: pytest.MonkeyPatch, own: OwnFile) -> OwnFile:
    """Let the checkpoints find this database."""
    monkeypatch.setattr(checkpoints, "connection", own)
    return own


async def until(is_so: Callable[[], bool]) -> None:
    """Wait for a fact."""
    for _ in range(PATIENCE_TURNS):
        if is_so():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it never came to be so")


def play(story: Coroutine[None, None, None]) -> None:
    """Run it in a thread of its own: where a browser is driven, a loop runs in this one."""
    with ThreadPoolExecutor(1) as own:
        own.submit(asyncio.run, story).result()


def test_what_was_committed_is_copied_without_anybody_asking(own_file: OwnFile) -> None:
    async def live() -> None:
        beside = Checkpoints(seconds_between=0)
        beside.start()
        own_file.say()
        assert not own_file.is_copied()
        beside.note()
        await until(own_file.is_copied)
        await beside.stop()

    play(live())


def test_while_nothing_is_written_nothing_is_copied(own_file: OwnFile) -> None:
    async def live() -> None:
        beside = Checkpoints(seconds_between=0)
        beside.start()
        beside.note()
        await until(lambda: own_file.asked == 1)
        own_file.say()
        for _ in range(20):
            await asyncio.sleep(0)
        await beside.stop()

    play(live())
    assert own_file.asked == 1
    assert not own_file.is_copied()


def test_postgresql_is_left_to_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = in_place(monkeypatch, OwnFile(tmp_path / "own.sqlite3", "postgresql"))

    async def live() -> None:
        beside = Checkpoints(seconds_between=0)
        beside.start()
        beside.note()
        for _ in range(20):
            await asyncio.sleep(0)
        await beside.stop()

    play(live())
    assert elsewhere.asked == 0


def test_a_file_that_cannot_be_written_is_tried_again_and_the_log_tells_no_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken = in_place(monkeypatch, Broken(tmp_path / "own.sqlite3"))

    async def live() -> None:
        beside = Checkpoints(seconds_between=0)
        beside.start()
        for times in (1, 2):
            beside.note()
            await until(lambda times=times: broken.asked == times)  # type: ignore[misc]
        await beside.stop()

    play(live())
    assert "could not be copied: DatabaseError" in caplog.text
    assert CANARY.decode() not in caplog.text
