"""Where a server under test keeps its network: SQLite in its folder, or a throw-away database where `DATABASE_URL` is set."""

import atexit
import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg

_made: list[tuple[str, str]] = []


def own_database(beside: str | None = None) -> str:
    """The URL of a new empty database beside another, thrown away at the end; nothing where there is none (SQLite)."""
    url = os.environ.get("DATABASE_URL", "") if beside is None else beside
    if not url:
        return ""
    name = f"holdspace_{uuid4().hex}"
    execute(url, f'CREATE DATABASE "{name}" ENCODING UTF8 TEMPLATE template0')
    _made.append((url, name))
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def execute(where: str | Path, sql: str, values: Iterable[Any] = ()) -> int:
    """Change something behind a server's back, in its database (a URL) or its folder; how many rows it met."""
    if isinstance(where, Path):
        with closing(sqlite3.connect(where / "holdspace.sqlite3", timeout=20)) as file, file:
            return file.execute(sql.replace("%s", "?"), tuple(values)).rowcount
    with psycopg.connect(where, autocommit=True) as database:
        return database.execute(sql.encode(), tuple(values)).rowcount


def files_of(url: str) -> list[Path]:
    """Every file in which PostgreSQL keeps a database, all of it written, and its log of what is written."""
    with psycopg.connect(url, autocommit=True) as database:
        database.execute("CHECKPOINT")
        found = database.execute(
            "SELECT current_setting('data_directory'), oid::text FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    assert found
    folder, oid = Path(found[0]), found[1]
    places = [folder / "base" / oid, folder / "pg_wal"]
    return [each for place in places for each in place.rglob("*") if each.is_file()]


@atexit.register
def _throw_away() -> None:
    for url, name in _made:
        execute(url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
