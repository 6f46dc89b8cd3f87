"""A map of what was found, drawn here: land, rings of true distance, names of towns, and a pin for each group.

Pure values in whole units of its own square, `SIZE` each way (some languages write 1.5 with a comma); the template makes an SVG of them. No other machine is asked for a picture, so
nobody learns where somebody looks. North is up, also where one reads from right to left.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import asin, atan2, ceil, cos, degrees, hypot, pi, radians, sin
from typing import NamedTuple

from holdspace.directory import outlines, places
from holdspace.directory.places import EARTH_KM, Place, km_between

SIZE = 320
HALF = SIZE / 2
# A pin can be met with a thumb on the smallest screen: 24 px there.
PIN = 14
_KM_PER_DEGREE = EARTH_KM * pi / 180
_LEAST_KM, _MOST_KM = 3.0, 1500.0
_STEPS_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_MOST_TOWNS = 16
# Where fewer are drawn, arrows lead to those beyond the edge.
_FEW_TOWNS = 4
_MOST_BEYOND = 4
_ARROWS = "\u2191\u2197\u2192\u2198\u2193\u2199\u2190\u2196"
# South, north, then all between, in sixty-fourths of a turn.
_TURNS = (32, 0, 24, 40, 8, 56, 16, 48, 28, 36, 20, 44, 4, 60, 12, 52)
_MOST_ASKED = 120
_LETTER_WIDE, _LETTER_HIGH = 6.4, 14.0


class Spot(NamedTuple):
    """A group where it meets: its number in the list, the last part of its address, its name, and whether that is only about."""

    number: int
    slug: str
    name: str
    lat: float
    lon: float
    is_about: bool


@dataclass(frozen=True, slots=True)
class Pin:
    """Where its sign is drawn and, where others were in the way, where it really is."""

    spot: Spot
    x: int
    y: int
    at_x: int
    at_y: int

    @property
    def is_moved(self) -> bool:
        """Whether a line has to lead to the place."""
        return hypot(self.x - self.at_x, self.y - self.at_y) > 1


class Label(NamedTuple):
    """A name beside its point; `anchor` is SVG's word for the side it begins at."""

    name: str
    x: int
    y: int
    text_x: int
    text_y: int
    anchor: str


class Beyond(NamedTuple):
    """A town outside of what is drawn: an arrow to it at the edge, and how far it is."""

    arrow: str
    name: str
    km: int
    text_x: int
    text_y: int
    anchor: str


class Distance(NamedTuple):
    """A ring of corners that all lie `km` from the middle, and where that is written, if there is room."""

    km: int
    path: str
    is_named: bool
    text_x: int
    text_y: int


@dataclass(frozen=True, slots=True)
class MapView:
    """All there is to draw. `km` is how far it is from the middle to an edge, nearly."""

    land: str
    distances: list[Distance]
    towns: list[Label]
    beyond: list[Beyond]
    middle: Label | None
    pins: list[Pin]
    km: int
    size: int = SIZE
    pin: int = PIN


class _Frame(NamedTuple):
    """A point of the globe in the middle of the square, and how large a kilometre is."""

    lat: float
    lon: float
    unit: float

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a point lies: true near the middle, and by a few in a hundred too wide or too narrow 200 km away."""
        east = (lon - self.lon + 180) % 360 - 180
        across = east * cos(radians(self.lat)) * _KM_PER_DEGREE * self.unit
        return HALF + across, HALF - (lat - self.lat) * _KM_PER_DEGREE * self.unit

    def box(self) -> outlines.Box:
        """What is seen, in degrees."""
        high = HALF / self.unit / _KM_PER_DEGREE
        wide = min(180.0, high / max(0.02, cos(radians(self.lat))))
        return self.lon - wide, max(-90.0, self.lat - high), self.lon + wide, min(90.0, self.lat + high)


def around(place: tuple[float, float], km: float, spots: Sequence[Spot], name: str = "") -> MapView:
    """As far as somebody would go from a place; where that is as far as need be (0), as far as the furthest."""
    reach = km or max((km_between(*place, spot.lat, spot.lon) for spot in spots), default=_LEAST_KM)
    reach = max(1.0, reach)
    frame = _Frame(*place, HALF / (reach * 1.12))
    return _drawn(frame, reach, spots, name, has_rings=True)


def of_all(spots: Sequence[Spot]) -> MapView | None:
    """As much as it takes to see all of them; None where they lie too far apart for one map."""
    if not spots:
        return None
    lat = (min(spot.lat for spot in spots) + max(spot.lat for spot in spots)) / 2
    lon = (min(spot.lon for spot in spots) + max(spot.lon for spot in spots)) / 2
    reach = max(_LEAST_KM, *(km_between(lat, lon, spot.lat, spot.lon) for spot in spots))
    if reach > _MOST_KM:
        return None
    return _drawn(_Frame(lat, lon, HALF / (reach * 1.2)), reach, spots, "", has_rings=False)


def _drawn(frame: _Frame, reach: float, spots: Sequence[Spot], name: str, *, has_rings: bool) -> MapView:
    pins = list(_pins(frame, spots))
    taken = [_around_pin(pin.x, pin.y) for pin in pins]
    middle = _label(name, HALF, HALF, taken) if name else None
    distances = [_distance(frame, km, taken) for km in _rings(reach)] if has_rings else []
    towns = list(_towns(frame, name, taken))
    beyond = list(_beyond(frame, taken)) if len(towns) < _FEW_TOWNS else []
    return MapView(_land(frame), distances, towns, beyond, middle, pins, ceil(reach))


def _land(frame: _Frame) -> str:
    """One path of all rings. Points nearer than half a unit to the one before them are not seen, and left out."""
    parts = []
    for ring in outlines.land_within(frame.box()):
        corners = [_short(*frame.at(lat, lon)) for lon, lat in _unwound(ring, frame.lon)]
        kept = [point for point, before in zip(corners, [None, *corners], strict=False) if point != before]
        if len(kept) > 2:
            parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in kept) + "Z")
    return "".join(parts)


def _unwound(ring: outlines.Ring, lon: float) -> Iterator[outlines.Point]:
    """Points at the very edge of half the globe would jump to its other side."""
    for east, north in ring:
        yield min(lon + 179.99, max(lon - 179.99, east)), north


def _short(x: float, y: float) -> tuple[float, float]:
    return round(x * 2) / 2, round(y * 2) / 2


# Rings ----------------------------------------------------------------------------------------------------------------


def _rings(reach: float) -> list[int]:
    """Two to four distances people reckon with, the outermost as far as somebody would go."""
    last = round(reach)
    step = next((step for step in _STEPS_KM if reach / step <= 4), _STEPS_KM[-1])
    return [*(km for km in range(step, last, step) if km <= last * 0.85), last]


def _distance(frame: _Frame, km: int, taken: list["_Area"]) -> Distance:
    """The ring, and its name on it where nothing else is: in the south, or else all around."""
    corners = [frame.at(*_gone(frame.lat, frame.lon, km, 2 * pi * turn / 64)) for turn in range(64)]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z"
    areas = [(x - 22, y - 7, x + 22, y + 7) for x, y in (corners[turn] for turn in _TURNS)]
    free = (area for area in areas if _fits(area) and not any(_overlap(area, other) for other in taken))
    area = next(free, None)
    if area is None:
        return Distance(km, path, False, 0, 0)
    taken.append(area)
    return Distance(km, path, True, round(area[0] + 22), round(area[1] + 11))


def _gone(lat: float, lon: float, km: float, bearing: float) -> tuple[float, float]:
    """Where one is after that many kilometres."""
    way, north = km / EARTH_KM, radians(lat)
    there = asin(sin(north) * cos(way) + cos(north) * sin(way) * cos(bearing))
    east = atan2(sin(bearing) * sin(way) * cos(north), cos(way) - sin(north) * sin(there))
    return degrees(there), lon + degrees(east)


def direction(lat: float, lon: float, to_lat: float, to_lon: float) -> int:
    """Which of eight ways it is: 0 north, 2 east, 4 south, 6 west."""
    east = ((to_lon - lon + 180) % 360 - 180) * cos(radians((lat + to_lat) / 2))
    return round(atan2(east, to_lat - lat) / (pi / 4)) % 8


# Pins -----------------------------------------------------------------------------------------------------------------


def _pins(frame: _Frame, spots: Iterable[Spot]) -> Iterator[Pin]:
    """Each beside the others, the first ones where they belong."""
    taken: list[tuple[float, float]] = []
    for spot in spots:
        at_x, at_y = frame.at(spot.lat, spot.lon)
        x, y = next(
            (free for free in _tries(at_x, at_y) if _is_free(*free, taken)), (_inside(at_x), _inside(at_y))
        )
        taken.append((x, y))
        yield Pin(spot, round(x), round(y), round(at_x), round(at_y))


def _tries(x: float, y: float) -> Iterator[tuple[float, float]]:
    yield _inside(x), _inside(y)
    for way in range(1, 9):
        for turn in range(6 * way):
            angle = 2 * pi * turn / (6 * way) - pi / 2
            yield _inside(x + way * PIN * cos(angle)), _inside(y + way * PIN * sin(angle))


def _inside(value: float) -> float:
    return min(SIZE - PIN - 1.0, max(PIN + 1.0, value))


def _is_free(x: float, y: float, taken: list[tuple[float, float]]) -> bool:
    """A thumb needs the square around a pin, not its circle alone."""
    return all(max(abs(x - other_x), abs(y - other_y)) >= 2 * PIN + 1 for other_x, other_y in taken)


# Names ----------------------------------------------------------------------------------------------------------------

_Area = tuple[float, float, float, float]


def _around_pin(x: float, y: float) -> _Area:
    return x - PIN, y - PIN, x + PIN, y + PIN


def _towns(frame: _Frame, middle: str, taken: list[_Area]) -> Iterator[Label]:
    """The largest first; names that would lie over a pin or a name are left out."""
    drawn = 0
    for town in _seen(frame, middle):
        x, y = frame.at(town.lat, town.lon)
        label = _label(town.name, x, y, taken) if _is_seen(x, y) else None
        if label is not None:
            yield label
            drawn += 1
        if drawn == _MOST_TOWNS:
            return


def _seen(frame: _Frame, middle: str) -> list[Place]:
    west, south, east, north = frame.box()
    return [town for town in places.within(west, south, east, north, _MOST_ASKED) if town.name != middle]


def _beyond(frame: _Frame, taken: list[_Area]) -> Iterator[Beyond]:
    """The largest town in each of eight ways, as far off as six times what is drawn."""
    ways: set[int] = set()
    for town in places.within(*_Frame(frame.lat, frame.lon, frame.unit / 6).box(), _MOST_ASKED):
        x, y = frame.at(town.lat, town.lon)
        way = direction(frame.lat, frame.lon, town.lat, town.lon)
        if not (0 < x < SIZE and 0 < y < SIZE) and way not in ways and len(ways) < _MOST_BEYOND:
            km = places.far(km_between(frame.lat, frame.lon, town.lat, town.lon))
            shown = _at_edge(Beyond(_ARROWS[way], town.name, km, round(x), round(y), ""))
            area = _area_of(shown)
            if not any(_overlap(area, other) for other in taken):
                taken.append(area)
                ways.add(way)
                yield shown


def _at_edge(town: Beyond) -> Beyond:
    """Moved along its way to the edge."""
    x, y = town.text_x - HALF, town.text_y - HALF
    share = (HALF - 12) / max(abs(x), abs(y))
    across = round(HALF + x * share)
    anchor = "end" if across > SIZE * 0.7 else "start" if across < SIZE * 0.3 else "middle"
    return town._replace(text_x=across, text_y=round(HALF + y * share) + 4, anchor=anchor)


def _area_of(town: Beyond) -> _Area:
    wide = (len(f"{town.name} {town.km}") + 6) * _LETTER_WIDE
    left = town.text_x - {"start": 0.0, "middle": wide / 2, "end": wide}[town.anchor]
    return left, town.text_y - 11.0, left + wide, town.text_y + 3.0


def _is_seen(x: float, y: float) -> bool:
    return 4 < x < SIZE - 4 and 4 < y < SIZE - 4


def _label(name: str, x: float, y: float, taken: list[_Area]) -> Label | None:
    """The first side on which the name has room, and then nothing else has; None where there is none.

    Beside its point, or further off where a pin stands on that.
    """
    wide = len(name) * _LETTER_WIDE
    for text_x, text_y, anchor, left in (*_sides(x, y, 5, wide), *_sides(x, y, PIN + 4, wide)):
        area = (left, text_y - 11, left + wide, text_y - 11 + _LETTER_HIGH)
        if _fits(area) and not any(_overlap(area, other) for other in taken):
            taken += [area, (x - 2, y - 2, x + 2, y + 2)]
            return Label(name, round(x), round(y), round(text_x), round(text_y), anchor)
    return None


def _sides(x: float, y: float, off: int, wide: float) -> Iterator[tuple[float, float, str, float]]:
    yield x + off, y + 4, "start", x + off
    yield x - off, y + 4, "end", x - off - wide
    yield x, y - off, "middle", x - wide / 2
    yield x, y + off + 10, "middle", x - wide / 2


def _fits(area: _Area) -> bool:
    return area[0] >= 2 and area[1] >= 2 and area[2] <= SIZE - 2 and area[3] <= SIZE - 2


def _overlap(one: _Area, other: _Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
