"""`make bench`: measure every row, print it, write RESULTS.md. See README.md for what the words mean."""

import argparse
import asyncio
import os
import tempfile
from pathlib import Path

from bench.browser import browser_rows, rows_beside
from bench.catch_up import LONGEST_SECONDS, MOST_KIB_A_SOCKET, Morning
from bench.network import LOAD_CORE, Contestant, holdspace, on_core, prototype, serving
from bench.raw_sqlite import rows_per_second
from bench.results import report
from bench.rows import IN_FLIGHT, Plan, Row, best_row, calm_row, open_rows, raw_row, send_row

HERE = Path(__file__).parent
# More and more, until neither gains by it.
SATURATIONS = (96, 192, 384)


def main() -> None:
    """Measure, print, write."""
    options = parser().parse_args()
    if len(os.sched_getaffinity(0)) < 2:
        raise SystemExit("Two cores are needed: one for the server, one for the load.")
    # Each server is told its own: only some of them are on PostgreSQL.
    postgres = os.environ.pop("DATABASE_URL", "")
    with tempfile.TemporaryDirectory(prefix="holdspace-bench-") as folder, on_core(LOAD_CORE):
        plan = Plan(options.rounds, options.seconds)
        rows = asyncio.run(measure(Path(folder), plan, postgres)) if options.only != "browser" else []
        rows += (
            asyncio.run(in_a_browser(Path(folder), plan.rounds, postgres)) if options.only != "server" else []
        )
    text = report(rows, options.rounds, options.seconds)
    print(text)
    if options.results:
        options.results.write_text(text)


def parser() -> argparse.ArgumentParser:
    """How long, how often, where to."""
    options = argparse.ArgumentParser(prog="bench", description=__doc__)
    options.add_argument("--seconds", type=float, default=5.0, help="how long each run is")
    options.add_argument("--rounds", type=int, default=3, help="how often each is measured, in turns")
    options.add_argument("--only", choices=("server", "browser"), help="one half of it")
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
        rows += await morning_rows(Morning(server, folder / "morning"), "")
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
        rows += await morning_rows(Morning(server, folder / "morning-postgresql"), ", PostgreSQL")
    return rows


async def in_a_browser(folder: Path, rounds: int, postgres: str) -> list[Row]:
    """What people wait for."""
    with serving(folder / "behind-browser") as server:
        rows = await browser_rows(server, folder / "talks", rounds)
    if postgres:
        with serving(folder / "behind-browser-postgresql", postgres) as server:
            rows += await rows_beside(server, folder / "talks-postgresql", rounds, rows)
    return rows


async def morning_rows(morning: Morning, where: str) -> list[Row]:
    """A thousand at once, and what each costs."""
    kib = await morning.memory()
    seconds, lost = await morning.come_back()
    kept = seconds <= LONGEST_SECONDS and not lost
    what = f"catch up of 1,000: the last one served{where}"
    return [
        Row(what, "s", seconds, 0, "≤ 3 s, none lost", kept, [f"{lost} lost"]),
        Row(f"memory{where}", "KiB/socket", kib, 0, "≤ 40 KiB", kib <= MOST_KIB_A_SOCKET),
    ]


if __name__ == "__main__":
    main()
