"""The table, with all one needs to judge it: date, versions, machine, how busy the machine was."""

import os
import platform
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.rows import Row

PACKAGES = ("Django", "uvicorn", "websockets", "msgspec", "cryptography")


def report(rows: Iterable[Row], rounds: int, seconds: float) -> str:
    """Markdown."""
    rows = list(rows)
    head = [
        "# Results",
        "",
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC. {machine()}. {versions()}.",
        f"Medians of {rounds} rounds of {seconds:g} s, Holdspace and reference in turns; server on one core, load on",
        f"another. Load average when it ended: {os.getloadavg()[0]:.1f} (about 1.5 is this run itself).",
        "",
        "| what | Holdspace | reference | ratio | promise | kept |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join([*head, *map(line, rows), "", "## Each run", "", *notes(rows)]) + "\n"


def line(row: Row) -> str:
    """One row."""
    ours, reference = amount(row.ours), amount(row.reference) if row.reference else "-"
    ratio = f"{row.ratio:.2f}" if row.reference else "-"
    kept = "yes" if row.is_kept else "**no**"
    return f"| {row.what} | {ours} {row.unit} | {reference} | {ratio} | {row.promise} | {kept} |"


def notes(rows: Iterable[Row]) -> list[str]:
    """What each run saw."""
    return [f"* {row.what}: {note}" for row in rows for note in row.notes]


def amount(value: float) -> str:
    """Three figures or so."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


def machine() -> str:
    """Processor, cores, memory."""
    model = next((each for each in _lines("/proc/cpuinfo") if each.startswith("model name")), "?: ?")
    memory = next((each for each in _lines("/proc/meminfo") if each.startswith("MemTotal")), "?: 0 kB")
    gib = int(memory.split()[1]) / 2**20
    return f"{model.split(': ', 1)[1]}, {os.cpu_count()} cores, {gib:.0f} GiB, {platform.system()} {platform.release()}"


def versions() -> str:
    """Of everything that carries an item."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages}"


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []
