"""`holdspace check`: is this network in order? Each trouble is one sentence."""

import ipaddress
import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.checks import run_checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from holdspace.accounts import queries
from holdspace.ops import postgresql


def troubles() -> list[str]:
    """Everything that is not in order."""
    found = [*_system(), *_files(), *_reach()]
    return found + list(_database())


def _system() -> Iterator[str]:
    for message in run_checks(include_deployment_checks=False):
        if message.is_serious():
            yield str(message.msg)


def _files() -> Iterator[str]:
    database = [path for path in settings.DATA.glob("*.sqlite3*") if path.is_file()]
    for path in (settings.SECRETS, *sorted(settings.SECRETS.iterdir()), *database):
        if _others_may_read(path):
            yield f"{path} can be read by others. Make it private: chmod go= {path}"
    for given in filter(None, (settings.TLS_CERT, settings.TLS_KEY)):
        if not Path(given).is_file():
            yield f"{given} is set for TLS and is not there."


def _others_may_read(path: Path) -> bool:
    return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def _reach() -> Iterator[str]:
    if settings.SECURE or _is_loopback(settings.HOST):
        return
    yield (
        "Other machines reach Holdspace without TLS here, and browsers can't seal then. "
        "Set HOLDSPACE_TLS_CERT and HOLDSPACE_TLS_KEY, or put a proxy in front and set HOLDSPACE_BEHIND_PROXY."
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _database() -> Iterator[str]:
    unfit = list(_postgresql())
    yield from unfit
    if unfit:
        return
    try:
        waiting = MigrationExecutor(connection).migration_plan(
            MigrationExecutor(connection).loader.graph.leaf_nodes()
        )
    except DatabaseError:
        yield f"The database {settings.DATABASES['default']['NAME']} can't be used."
        return
    if waiting:
        yield "The database is of an older release. `holdspace serve` brings it to this one."
        return
    yield from _sqlite()
    if queries.network() is None:
        yield "There is no network yet. Run `holdspace setup`, or open the address that `holdspace serve` prints."


def _postgresql() -> Iterator[str]:
    if postgresql.is_used():
        yield from postgresql.unfit()


def _sqlite() -> Iterator[str]:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        if cursor.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            yield "The database doesn't keep a write-ahead log; is it on a network drive?"
        if cursor.execute("PRAGMA quick_check").fetchone() != ("ok",):
            yield "The database file is damaged. Bring back the last backup."
