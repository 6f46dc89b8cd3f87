"""Where there is land: outlines from Natural Earth, cut into boxes of ten degrees, in a file of our own (actions/outlines.py).

They are rough, a kilometre or so, and know no lakes, rivers or borders: enough to see where the sea is. What one finds the way by are the
names of towns and the rings (map_view.py).
"""

import zipfile
from collections.abc import Iterator
from functools import lru_cache
from math import floor
from pathlib import Path

import msgspec

FILE = Path(__file__).parent / "data" / "land.zip"
BOX = 10  # degrees
UNITS = 500  # in a degree

Point = tuple[float, float]
Ring = list[Point]
Box = tuple[float, float, float, float]


def name_of(x: int, y: int) -> str:
    """The box whose south-western corner lies there."""
    return f"{x}_{y}"


def land_within(box: Box) -> list[Ring]:
    """Rings of (lon, lat) in a box (west, south, east, north) of degrees; it may reach over 180 to either side.

    Inside is what lies in an odd number of them.
    """
    west, south, east, north = box
    found: list[Ring] = []
    for row in range(_corner(south), floor(north) + 1, BOX):
        for column in range(_corner(west), floor(east) + 1, BOX):
            turned = (column + 180) // 360 * 360
            for ring in _box(column - turned, row):
                part = clip([(lon + turned, lat) for lon, lat in ring], box)
                if part:
                    found.append(part)
    return found


def _corner(degree: float) -> int:
    return floor(degree / BOX) * BOX


@lru_cache(maxsize=32)
def _box(x: int, y: int) -> tuple[Ring, ...]:
    with zipfile.ZipFile(FILE) as file:
        try:
            packed = file.read(name_of(x, y))
        except KeyError:
            return ()
    return tuple(list(_corners(ring, x, y)) for ring in msgspec.json.decode(packed, type=list[list[int]]))


def _corners(steps: list[int], x: int, y: int) -> Iterator[Point]:
    across = up = 0
    for at in range(0, len(steps), 2):
        across, up = across + steps[at], up + steps[at + 1]
        yield x + across / UNITS, y + up / UNITS


def clip(ring: Ring, box: Box) -> Ring:
    """The part of a ring in a box (Sutherland and Hodgman); [] when there is none. Its edges may run along the box twice."""
    west, south, east, north = box
    for axis, edge, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        if ring and any((point[axis] - edge) * sign < 0 for point in ring):
            ring = list(_cut(ring, axis, edge, sign))
    return ring if len(ring) > 2 else []


def _cut(ring: Ring, axis: int, edge: float, sign: int) -> Iterator[Point]:
    last = ring[-1]
    was_in = (last[axis] - edge) * sign >= 0
    for point in ring:
        is_in = (point[axis] - edge) * sign >= 0
        if is_in != was_in:
            yield _crossing(last, point, axis, edge)
        if is_in:
            yield point
        last, was_in = point, is_in


def _crossing(a: Point, b: Point, axis: int, edge: float) -> Point:
    share = (edge - a[axis]) / (b[axis] - a[axis])
    other = a[1 - axis] + share * (b[1 - axis] - a[1 - axis])
    return (edge, other) if axis == 0 else (other, edge)
