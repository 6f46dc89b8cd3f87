"""Rows that seem to be one meeting twice: the same weekday, the same start, and the same place.

A person decides. Men and women meeting in two rooms of one house look the same from here, so nothing is merged by itself.
"""

import math
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

NEAR = 115  # metres; a thousandth of a degree, as feeds round, is 111
_METRES_A_DEGREE = 111_195
_CELL = 0.0011  # degrees: a little more than NEAR at the equator
_SHORT = {
    "street": "st",
    "avenue": "ave",
    "road": "rd",
    "drive": "dr",
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
}


@dataclass(frozen=True, slots=True)
class Where:
    """When and where one row meets: its key, weekday, start in minutes, place if known, street and town."""

    key: Hashable
    day: int
    start: int
    place: tuple[float, float] | None
    street: str


def find_pairs(rows: Iterable[Where]) -> Iterator[tuple[Hashable, Hashable]]:
    """Each pair of rows that may be the same meeting, the earlier row first. Rows of one time are few, so this is near linear."""
    seen: defaultdict[tuple[int, int, int, int], list[Where]] = defaultdict(list)
    streets: dict[tuple[int, int, str], Where] = {}
    for row in rows:
        if row.place:
            cell = _cell(row.place)
            near = (other for other in _around(seen, row, cell) if _metres(other.place, row.place) <= NEAR)
            yield from ((other.key, row.key) for other in near)
            seen[(row.day, row.start, *cell)].append(row)
        elif row.street:
            words = street_words(row.street)
            if other := streets.get((row.day, row.start, words)):
                yield other.key, row.key
            streets.setdefault((row.day, row.start, words), row)


def _cell(place: tuple[float, float]) -> tuple[int, int]:
    # Degrees of longitude shrink towards the poles; their cells must not.
    wide = _CELL / max(math.cos(math.radians(round(place[0]))), 0.01)
    return math.floor(place[0] / _CELL), math.floor(place[1] / wide)


def _around(
    seen: dict[tuple[int, int, int, int], list[Where]], row: Where, cell: tuple[int, int]
) -> Iterator[Where]:
    for up in (-1, 0, 1):
        for aside in (-1, 0, 1):
            yield from seen.get((row.day, row.start, cell[0] + up, cell[1] + aside), ())


def _metres(one: tuple[float, float] | None, other: tuple[float, float]) -> float:
    if one is None:
        return math.inf
    north = one[0] - other[0]
    east = (one[1] - other[1]) * math.cos(math.radians(one[0]))
    return math.hypot(north, east) * _METRES_A_DEGREE


def street_words(street: str) -> str:
    """A street as it is compared: small letters, short forms, no dots and no double spaces."""
    words = re.sub(r"\W+", " ", street.lower()).split()
    return " ".join(_SHORT.get(word, word) for word in words)
