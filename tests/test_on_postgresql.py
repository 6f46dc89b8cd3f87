"""What only PostgreSQL can do to a network: be shared, be set up badly, go away and come back."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.members import company, said
from tests.running import Running
from tests.stored import execute

pytestmark = pytest.mark.postgresql
OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
)
# Of this database alone: tests beside this one have servers of their own.
LOCKED = (
    "SELECT l.pid FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
    " WHERE d.datname = current_database() AND l.locktype = 'advisory' AND l.granted"
)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    """A network that is set up and served."""
    running = Running(tmp_path / "data")
    running.set_up()
    yield running.start()
    running.stop()


def refused(running: Running) -> str:
    """The sentence with which a server does not start."""
    with pytest.raises(AssertionError, match="the server ended"):
        running.start()
    sentence = running.log.read_text()
    assert sentence.count("\n") == 1, sentence
    return sentence


def holders(server: Running) -> list[int]:
    """The lines that keep other servers off this database."""
    with psycopg.connect(server.database_url, autocommit=True) as database:
        return [row[0] for row in database.execute(LOCKED).fetchall()]


def name_of(server: Running) -> str:
    """The database's name."""
    return server.database_url.partition("?")[0].rpartition("/")[2]


def test_two_servers_never_share_a_database(server: Running, tmp_path: Path) -> None:
    second = Running(tmp_path / "second", DATABASE_URL=server.database_url)
    assert "Another Holdspace serves from this database" in refused(second)


def test_a_server_goes_on_after_its_lines_were_cut(server: Running, tmp_path: Path) -> None:
    with company(server, tmp_path) as somebody:
        amara = somebody("amara")
        group = amara.start_group("Circle", "amara")["group"]
        amara.share(group, "before")
        before = holders(server)
        execute(server.stored, OTHERS, [name_of(server)])
        amara.share(group, "after")
        assert [item["text"] for item in said(amara, group)][-2:] == ["before", "after"]
    until = time.monotonic() + 20
    while len(holders(server)) != 1 or holders(server) == before:
        assert time.monotonic() < until, "nobody keeps a second server away any more"
        time.sleep(0.1)


def test_what_is_not_durable_does_not_start(server: Running) -> None:
    server.stop()
    execute(server.stored, f'ALTER DATABASE "{name_of(server)}" SET synchronous_commit = off')
    server.log.unlink()
    assert "before it is on the disk" in refused(server)
    with pytest.raises(AssertionError, match="before it is on the disk"):
        server.console("check")


def test_a_database_that_cannot_hold_every_script_does_not_start(tmp_path: Path) -> None:
    running = Running(tmp_path)
    name = name_of(running)
    execute(os.environ["DATABASE_URL"], f'DROP DATABASE "{name}"')
    latin = "ENCODING LATIN1 LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
    execute(os.environ["DATABASE_URL"], f'CREATE DATABASE "{name}" {latin}')
    assert "ENCODING 'UTF8'" in refused(running)


def test_a_database_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    away = Running(tmp_path, DATABASE_URL="postgres://amara:hidden@127.0.0.1:1/circle")
    sentence = refused(away)
    assert "can't be reached" in sentence
    assert "hidden" not in sentence
