"""Where there is land, once: out of the package world-atlas (Natural Earth, public domain) into a small file of our own.

The file lies in the repository (data/land.zip), so nobody who runs Holdspace needs this. It is here so that the file can be made again:

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m holdspace.directory.actions.outlines package/land-10m.json
"""

import json
import sys
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from holdspace.directory.outlines import BOX, FILE, UNITS, Point, Ring, clip, name_of

# In degrees: what lies nearer to a straight line than this is left out. About 300 m; the source itself is no better than a kilometre.
_SLACK = 0.003


def make(source: Path, target: Path = FILE) -> int:
    """Write the file out of land-10m.json; how many boxes of it hold land."""
    rings = list(_rings(json.loads(source.read_text())))
    made = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for y in range(-90, 90, BOX):
            row = [part for ring in rings if (part := clip(ring, (-540, y, 540, y + BOX)))]
            for x in range(-180, 180, BOX):
                inside = [part for ring in row for part in _turned(ring, x, y)]
                if inside:
                    # A fixed date, so that the same source makes the same bytes.
                    member = zipfile.ZipInfo(name_of(x, y))
                    member.compress_type = zipfile.ZIP_DEFLATED
                    packed = [_packed(ring, x, y) for ring in inside]
                    file.writestr(member, json.dumps(packed, separators=(",", ":")))
                    made += 1
    return made


def _turned(ring: Ring, x: int, y: int) -> Iterator[Ring]:
    """Its parts in a box, also of the part that lies beyond 180 degrees."""
    for turn in (-360, 0, 360):
        part = clip(ring, (x + turn, y, x + turn + BOX, y + BOX))
        if part:
            yield [(lon - turn, lat) for lon, lat in part]


def _rings(topology: dict[str, Any]) -> Iterator[Ring]:
    """Outer edges and lakes alike: which is which does not matter to who fills every second one."""
    arcs = [_simple(_arc(arc, topology["transform"])) for arc in topology["arcs"]]
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            for ring in polygon:
                parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in ring]
                yield _unwound([point for part in parts for point in part[:-1]])


def _unwound(ring: Ring) -> Ring:
    """Without a leap from 180 to -180: it goes on beyond. One that goes around a pole is closed over it."""
    turn, found = 0, [ring[0]]
    for before, (lon, lat) in pairwise(ring):
        turn += 360 if lon - before[0] < -180 else -360 if lon - before[0] > 180 else 0
        found.append((lon + turn, lat))
    first, last = found[0], found[-1]
    if abs(last[0] - first[0]) > 180:
        around = first[0] + (360 if last[0] > first[0] else -360)
        found += [(around, first[1]), (around, -90.0), (first[0], -90.0)]
    return found


def _arc(steps: list[list[int]], transform: dict[str, Any]) -> Ring:
    (wide, high), (left, low) = transform["scale"], transform["translate"]
    x = y = 0
    corners = []
    for across, up in steps:
        x, y = x + across, y + up
        corners.append((x * wide + left, y * high + low))
    return corners


def _simple(corners: Ring) -> Ring:
    """Douglas and Peucker: the fewest corners from which no other is further than the slack."""
    kept, open_parts = {0, len(corners) - 1}, [(0, len(corners) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        far, at = max(
            ((_off(corners[i], corners[first], corners[last]), i) for i in range(first + 1, last)),
            default=(0.0, 0),
        )
        if far > _SLACK:
            kept.add(at)
            open_parts += [(first, at), (at, last)]
    return [corners[i] for i in sorted(kept)]


def _off(point: Point, a: Point, b: Point) -> float:
    wide, high = b[0] - a[0], b[1] - a[1]
    length = wide * wide + high * high
    along = ((point[0] - a[0]) * wide + (point[1] - a[1]) * high) / length if length else 0.0
    along = min(1.0, max(0.0, along))
    return float(((point[0] - a[0] - along * wide) ** 2 + (point[1] - a[1] - along * high) ** 2) ** 0.5)


def _packed(ring: Ring, x: int, y: int) -> list[int]:
    """Whole numbers from the corner of the box, each as the step from the one before: small numbers pack well."""
    whole = [(round((lon - x) * UNITS), round((lat - y) * UNITS)) for lon, lat in ring]
    steps = [whole[0], *((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(whole) if a != b)]
    return [number for step in steps for number in step]


if __name__ == "__main__":
    sys.stdout.write(f"{make(Path(sys.argv[1]))} boxes with land.\n")
