"""Which database: SQLite in the folder of data, or the PostgreSQL that `DATABASE_URL` names (docs/running.md)."""

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from holdspace import env

# What may stand behind the "?" of a URL. Anything else might weaken what a commit means, so it is not passed on.
_OPTIONS = {"host", "port", "sslmode", "sslrootcert"}


def sqlite(folder: Path) -> dict[str, Any]:
    """WAL and FULL, so that an acknowledgement means "on the disk"; IMMEDIATE, so that two writers wait, never deadlock."""
    # Bytes are bound as they are. Not told so, Python asks the type, the protocol and the value of each for an adapter that is
    # nowhere: a third of the time that an item's row takes to be bound and inserted.
    sqlite3.register_adapter(bytes, bytes)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "holdspace.sqlite3",
        "TEST": {"NAME": folder / "test.sqlite3"},
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            # A commit that finds so many pages in the log (80 MB) copies them into the file, and everybody waits. While a
            # server runs it does that beside the commits (live/checkpoints.py), long before.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
            " PRAGMA wal_autocheckpoint=20000;",
        },
        "CONN_MAX_AGE": None,
    }


def postgresql(url: str) -> dict[str, Any]:
    """A database of PostgreSQL. Its threads are few (docs/decisions/0009-postgresql.md), so each keeps its connection."""
    parts = _parts(url)
    options = _options(parts)
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name:
        raise _stop()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": options.pop("port", str(parts.port or "")),
        "OPTIONS": {
            **options,
            "connect_timeout": 10,
            "application_name": "holdspace",
            # Sealed bytes travel as they are instead of being spelt out inside the SQL, and a statement is planned once.
            "server_side_binding": True,
            "prepare_threshold": 5,
        },
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        has_place = parts.port is None or bool(parts.hostname)
    except ValueError:
        raise _stop() from None
    if parts.scheme not in {"postgres", "postgresql"} or parts.fragment or not has_place:
        raise _stop()
    return parts


def _options(parts: SplitResult) -> dict[str, str]:
    try:
        pairs = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError:
        raise _stop() from None
    options = dict(pairs)
    is_twice = len(options) < len(pairs) or (parts.hostname and "host" in options)
    if is_twice or not options.keys() <= _OPTIONS or not options.get("port", "1").isdecimal():
        raise _stop()
    return options


def _stop() -> SystemExit:
    """Without what was given: it holds a password."""
    return env.stop(
        "DATABASE_URL should look like postgres://NAME:PASSWORD@HOST:PORT/DATABASE, or for a socket like "
        "postgres:///DATABASE?host=/var/run/postgresql."
    )
