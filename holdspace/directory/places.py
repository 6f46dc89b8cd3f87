"""Where on the globe: the grid of cells, distances, and the names of places, looked up here and nowhere else.

Names are in a file of their own that `holdspace directory places` makes once (actions/places.py). Nothing asks another machine.
"""

import sqlite3
from collections.abc import Iterator
from math import asin, ceil, cos, degrees, floor, radians, sin, sqrt
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

from holdspace.directory.folding import is_near, key_of

EARTH_KM = 6371.0088
CELLS_PER_DEGREE = 4
ROWS, COLUMNS = 180 * CELLS_PER_DEGREE, 360 * CELLS_PER_DEGREE


class Place(NamedTuple):
    """A town: its name, where it lies, its part of the country, its country, people, and its zone."""

    name: str
    region: str
    country: str
    lat: float
    lon: float
    people: int
    zone: str


# The grid -------------------------------------------------------------------------------------------------------------


def cell_of(lat: float, lon: float) -> int:
    """The number of the cell a point lies in. The poles belong to the last row, 180 degrees to the first column."""
    row = min(ROWS - 1, floor((lat + 90) * CELLS_PER_DEGREE))
    return row * COLUMNS + floor((lon + 180) * CELLS_PER_DEGREE) % COLUMNS


def cells_within(lat: float, lon: float, km: float) -> list[tuple[int, int]]:
    """Ranges of cells (first, last) that hold every point within `km`: for each row of the grid one, or two across 180 degrees."""
    reach = degrees(km / EARTH_KM)
    lowest = max(0, floor((lat - reach + 90) * CELLS_PER_DEGREE))
    highest = min(ROWS - 1, floor((lat + reach + 90) * CELLS_PER_DEGREE))
    wide = _reach_of_longitude(lat, reach)
    return [found for row in range(lowest, highest + 1) for found in _ranges(row, lon, wide)]


def _reach_of_longitude(lat: float, reach: float) -> float:
    """How many degrees of longitude a circle reaches to either side: all of them where it holds a pole."""
    if abs(lat) + reach >= 90:
        return 180.0
    return degrees(asin(min(1.0, sin(radians(reach)) / cos(radians(lat)))))


def _ranges(row: int, lon: float, wide: float) -> Iterator[tuple[int, int]]:
    start = row * COLUMNS
    first, last = (floor((edge + 180) * CELLS_PER_DEGREE) for edge in (lon - wide, lon + wide))
    if last - first >= COLUMNS - 1:
        yield start, start + COLUMNS - 1
    elif first % COLUMNS <= last % COLUMNS:
        yield start + first % COLUMNS, start + last % COLUMNS
    else:
        yield start + first % COLUMNS, start + COLUMNS - 1
        yield start, start + last % COLUMNS


def km_between(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The way over a round globe (haversine)."""
    a, b = radians(lat), radians(other_lat)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


class Flat(NamedTuple):
    """A circle laid flat, so that a database can put it in order: the square of a way on it, in hundred-thousandths of a degree, is
    never that of a longer way than the true one. `narrow`: how much less a degree of longitude counts; `km_each`: km of one unit;
    `most`: the square of all the way to its edge."""

    lat: float
    lon: float
    narrow: float
    km_each: float
    most: float

    def km_of(self, square: float) -> float:
        """The way of which this is the square."""
        return sqrt(square) * self.km_each

    def facing(self, cell: int) -> "Flat":
        """The same, seen from a cell that may lie on the other side of 180 degrees."""
        middle = (cell % COLUMNS + 0.5) / CELLS_PER_DEGREE - 180
        return self._replace(lon=self.lon + 36_000_000 * round((middle - self.lon / 100_000) / 360))


def flat(lat: float, lon: float, km: float) -> Flat:
    """Haversine with sin x replaced by less: by x and the least it is multiplied with anywhere in the circle."""
    reach = degrees(km / EARTH_KM)
    furthest = radians(max(reach, _reach_of_longitude(lat, reach))) / 2
    least_cos = cos(radians(min(90.0, abs(lat) + reach)))
    narrow = cos(radians(lat)) * least_cos
    km_each = sin(furthest) / furthest * EARTH_KM * radians(0.00001)
    # A little more than that: what lies on the edge itself is in the circle.
    most = (km / km_each) ** 2 * (1 + 1e-9)
    return Flat(lat * 100_000, lon * 100_000, narrow, km_each, most)


def far(km: float) -> int:
    """A distance as people say it: whole kilometres, never 0."""
    return max(1, ceil(km))


# Names ----------------------------------------------------------------------------------------------------------------


def file() -> Path:
    """Where the names are, once they were made."""
    return Path(settings.DATA) / "places.sqlite3"


def are_known() -> bool:
    """Whether anybody made them."""
    return file().is_file()


def lookup(text: str, limit: int = 8) -> list[Place]:
    """Towns whose name begins so, the largest first; where there is none, those whose name is a slip away.

    "Springfield, Illinois" and "Springfield US" look in a part of the world: its region or its country.
    """
    if not are_known():
        return []
    name, part = _in_two(text)
    if not name:
        return []
    with sqlite3.connect(f"file:{file()}?mode=ro", uri=True) as names:
        for ask in (_named, _slipped):
            found = [row for row in ask(names, name) if not part or _is_in(row, part)]
            if found:
                return [Place(*row[:-1]) for row in found[:limit]]
    return []


def within(west: float, south: float, east: float, north: float, limit: int) -> list[Place]:
    """The largest towns in a box of degrees; it may reach over 180 to either side."""
    if not are_known():
        return []
    spans = [
        (west + turn, east + turn) for turn in (-360, 0, 360) if west + turn < 180 and east + turn > -180
    ]
    found: list[Place] = []
    with sqlite3.connect(f"file:{file()}?mode=ro", uri=True) as names:
        for first, last in spans:
            rows = names.execute(
                f"SELECT {_COLUMNS} FROM place p WHERE lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?"  # noqa: S608
                " ORDER BY people DESC LIMIT ?",
                [south, north, first, last, limit],
            )
            found += [Place(*row[:-1]) for row in rows]
    return sorted(found, key=lambda town: -town.people)[:limit]


def largest_near(place: Place, km: float) -> Place:
    """The largest town so near, or the place itself."""
    high = degrees(km / EARTH_KM)
    wide = _reach_of_longitude(place.lat, high)
    box = (place.lon - wide, place.lat - high, place.lon + wide, place.lat + high)
    near = (town for town in within(*box, 50) if km_between(place.lat, place.lon, town.lat, town.lon) <= km)
    return max(near, key=lambda town: town.people, default=place)


def _in_two(text: str) -> tuple[str, str]:
    before, _, after = text[:100].partition(",")
    return key_of(before), key_of(after)


_COLUMNS = "p.name, p.region, p.country, p.lat, p.lon, p.people, p.zone, p.part"
# Few names begin alike in so many towns that the best are not among the first of those that do.
_MOST = 400


def _named(names: sqlite3.Connection, name: str) -> list[tuple[Any, ...]]:
    exact = names.execute(
        f"SELECT DISTINCT {_COLUMNS} FROM name n JOIN place p ON p.id = n.place WHERE n.key = ?"  # noqa: S608
        " ORDER BY n.people DESC LIMIT ?",
        [name, _MOST],
    ).fetchall()
    begun = names.execute(
        f"SELECT DISTINCT {_COLUMNS} FROM name n JOIN place p ON p.id = n.place"  # noqa: S608
        " WHERE n.key > ? AND n.key < ? ORDER BY n.people DESC LIMIT ?",
        [name, name + "\U0010ffff", _MOST],
    ).fetchall()
    return exact + [row for row in begun if row not in set(exact)]


def _slipped(names: sqlite3.Connection, name: str) -> list[tuple[Any, ...]]:
    """Among names of towns that are not small and begin with the same letter, or end alike."""
    rows = names.execute(
        "SELECT key, place FROM name WHERE people >= 15000 AND key >= ? AND key < ? AND length(key) BETWEEN ? AND ?",
        [name[:1], name[:1] + "\U0010ffff", len(name) - 2, len(name) + 2],
    )
    near = {place for key, place in rows if is_near(key, name)}
    marks = ",".join("?" * len(near))
    return names.execute(
        f"SELECT {_COLUMNS} FROM place p WHERE id IN ({marks}) ORDER BY people DESC",  # noqa: S608
        sorted(near),
    ).fetchall()


def _is_in(row: tuple[Any, ...], part: str) -> bool:
    """Whether what somebody wrote after the comma begins a name or a code of the town's region or country."""
    return f" {part}" in f" {row[-1]}"
