"""The search: the one place with its SQL, the same on SQLite and PostgreSQL but for words.

Dates are found by walking an index of minutes from each span of somebody's hours, in order, until there are enough; never by
computing the minute of a week (windows.py says why). A circle is the cells of its box, then true distances. What is searched is
nowhere written down.
"""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, groupby, islice
from typing import Any, NamedTuple

from django.db import connection

from holdspace.directory import languages, places, wording
from holdspace.directory.topic_list import number_of
from holdspace.directory.windows import (
    WEEK,
    Hours,
    Span,
    Walk,
    first_within,
    minutes_of,
    spans,
    walks,
)

PAGE = 20
MOST_PAGES = 50
_CHUNK = 3 * PAGE
_MOST_AT_ONCE = 64 * _CHUNK
# Hours in more pieces than this are looked at here, not in the statement.
_MOST_STEPS = 40
# More rows than there can be: a table with a limit is read by itself before it is joined.
_ALL = 1 << 40
# Where somebody asks for the nearest, however far: circles that grow until there are enough.
_RINGS_KM = (10.0, 50.0, 250.0, 1000.0)


class Near(NamedTuple):
    """A point, and how far somebody would go; 0: as far as need be."""

    lat: float
    lon: float
    km: float


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody looks for. `every` are bits that all have to be there, `some` sets of which one has to be (marks.py)."""

    topics: tuple[str, ...] = ()
    language: str = ""
    every: int = 0
    some: tuple[int, ...] = ()
    near: Near | None = None
    words: str = ""
    hours: Hours = field(default_factory=lambda: Hours("UTC"))
    nearest: bool = False
    page: int = 1


class Found(NamedTuple):
    """A listing and the date that fits: minutes of UTC, NO_DATE by appointment. `km` where somebody named a place."""

    start: int
    listing: int
    schedule: int | None
    km: float | None


class Page(NamedTuple):
    """Some of what was found, whether there is more, and words that were read as others: (typed, taken)."""

    found: list[Found]
    more: bool
    mended: tuple[tuple[str, str], ...]


def search(query: Query, now: datetime) -> Page:
    """One page of what fits, each listing once with its first date that fits."""
    text = wording.wanted(query.words)
    if text.nothing_fits:
        return Page([], False, text.mended)
    page = min(query.page, MOST_PAGES)
    rows = _near(query, query.near, text, now) if query.near else _anywhere(query, text, now)
    found = list(islice(_each_once(rows), (page - 1) * PAGE, page * PAGE + 1))
    return Page(found[:PAGE], len(found) > PAGE and page < MOST_PAGES, text.mended)


def _each_once(rows: Iterable[Found]) -> Iterator[Found]:
    seen = set()
    for row in rows:
        if row.listing not in seen:
            seen.add(row.listing)
            yield row


# By date --------------------------------------------------------------------------------------------------------------


def _anywhere(query: Query, text: wording.Wanted, now: datetime) -> Iterator[Found]:
    minute = minutes_of(now)
    for steps in walks(spans(query.hours, now)):
        runs = [_walk(query, text, minute, step, topic) for step in steps for topic in _topics(query)]
        yield from heapq.merge(*runs, key=lambda row: row.start)


def _topics(query: Query) -> list[int]:
    return sorted(number for number in map(number_of, query.topics) if number) if query.topics else [0]


def _walk(query: Query, text: wording.Wanted, minute: int, step: Walk, topic: int) -> Iterator[Found]:
    """The slots of one topic in a span, in order, some at a time: mostly the first are enough."""
    later = step.weeks * WEEK
    conditions, values = _conditions(query, minute, topic)
    if later:
        conditions.append(f"s.until >= s.next_start + {later:d}")
    if not text.words:
        for start, listing, schedule in _in_slots(step, conditions, values):
            yield Found(start + later, listing, schedule, None)
        return
    cells = places.cells_within(*query.near) if query.near else ()
    for start, listing, schedule, *place in _in_words(
        _match(query, text, topic, cells), step, conditions, values
    ):
        way = _way(query.near, *place)
        if query.near is None or (way is not None and way <= query.near.km):
            yield Found(start + later, listing, schedule, way)


def _way(near: Near | None, lat: int | None, lon: int | None) -> float | None:
    """How far a slot is, where somebody named a place and it has one."""
    if near is None or lat is None or lon is None:
        return None
    return places.km_between(near.lat, near.lon, lat / 100_000, lon / 100_000)


def _in_slots(step: Walk, conditions: list[str], values: list[Any]) -> Iterator[tuple[Any, ...]]:
    sql = (
        f"SELECT s.next_start, s.listing_id, s.schedule_id, s.id FROM directory_slot s WHERE {_all(conditions)}"  # noqa: S608
        f" AND (s.next_start, s.id) > (%s, %s) AND (s.next_start, s.id) < (%s, %s) ORDER BY s.next_start, s.id LIMIT {_CHUNK:d}"
    )
    (first, last), after = step.span, 0
    while True:
        rows = _rows(sql, [*values, first, after, last, 0])
        yield from (row[:3] for row in rows)
        if len(rows) < _CHUNK:
            return
        first, after = rows[-1][0], rows[-1][3]


def _in_words(asked: str, step: Walk, conditions: list[str], values: list[Any]) -> Iterator[tuple[Any, ...]]:
    """Rows of the index are taken first and looked up in their slots after: an engine that is given both at once guesses how many rows
    will do, and PostgreSQL then sorts every row that holds the word."""
    sql = (
        f"SELECT s.next_start, s.listing_id, s.schedule_id, s.lat, s.lon, t.rowid FROM ({wording.ROWS[connection.vendor]}"  # noqa: S608
        f" AND rowid > %s AND rowid < %s ORDER BY rowid LIMIT %s) t"
        f" LEFT JOIN directory_slot s ON {wording.SAME} AND {_all(conditions)} ORDER BY t.rowid"
    )
    after, last = (wording.row_of(minute, 0) for minute in step.span)
    many = _CHUNK
    while True:
        rows = _rows_of_words(sql, [asked, after, last, many, *values])
        yield from (row[:5] for row in rows if row[1] is not None)
        if len({row[5] for row in rows}) < many:
            return
        after, many = rows[-1][5], min(2 * many, _MOST_AT_ONCE)


def _all(conditions: Iterable[str]) -> str:
    return " AND ".join(conditions)


def _match(query: Query, text: wording.Wanted, topic: int, ranges: Sequence[tuple[int, int]] = ()) -> str:
    """What the index of words is asked: what marks find is looked at in its slot all the same."""
    marks = [wording.marks_of(topic, _language(query), _asks_for_a_line(query)), wording.marks_within(ranges)]
    return wording.match(text, *filter(None, marks))


def _language(query: Query) -> int:
    return languages.number_of(query.language) if query.language else 0


def _asks_for_a_line(query: Query) -> bool:
    """Whether nothing but what is online or by phone will do."""
    return any(some and not some & ~wording.ONLINE for some in query.some)


def _conditions(query: Query, minute: int, topic: int) -> tuple[list[str], list[Any]]:
    conditions, values = ["s.topic = %s", "s.next_end > %s"], [topic, minute]
    if query.language:
        conditions.append("s.lang = %s")
        values.append(_language(query))
    if query.every:
        conditions.append(f"(s.marks & {query.every:d}) = {query.every:d}")
    return conditions + [f"(s.marks & {some:d}) <> 0" for some in query.some], values


# By place -------------------------------------------------------------------------------------------------------------


def _near(query: Query, near: Near, text: wording.Wanted, now: datetime) -> Iterable[Found]:
    """In a circle; where no distance is too far, in circles that grow until there are enough."""
    circles = [near._replace(km=km) for km in ([near.km] if near.km else _RINGS_KM)]
    if query.nearest and not text.words:
        return chain.from_iterable(_outwards(query, circle, now) for circle in circles)
    # PostgreSQL puts every row that holds the word in order before it looks at the first; SQLite walks.
    if near.km and text.words and not query.nearest and connection.vendor == "sqlite":
        same = (found for _, found in groupby(_anywhere(query, text, now), key=lambda row: row.start))
        return chain.from_iterable(sorted(found, key=_by_date) for found in same)
    found: list[Found] = []
    for circle in circles:
        found = list(_within(query, circle, text, now))
        if len({row.listing for row in found}) > query.page * PAGE:
            break
    return sorted(found, key=_by_way if query.nearest else _by_date)


def _by_way(row: Found) -> tuple[float, int, int]:
    return (row.km or 0.0, row.start, row.listing)


def _by_date(row: Found) -> tuple[int, float, int]:
    return (row.start, row.km or 0.0, row.listing)


def _outwards(query: Query, near: Near, now: datetime) -> Iterator[Found]:
    """From the nearest on, and no more of a circle read than is wanted.

    Rows come in the order of a way that is never longer than the true one, so each waits until none that is nearer can come.
    """
    wanted, flat = spans(query.hours, now), places.flat(*near)
    runs = []
    for topic in _topics(query):
        conditions, values = _conditions(query, minutes_of(now), topic)
        conditions += [] if query.hours.is_any() else _of_hours(wanted)
        for cells in places.cells_within(*near):
            runs.append(_outwards_in(flat.facing(cells[0]), cells, conditions, values))
    waiting: list[tuple[tuple[float, int, int], Found]] = []
    for row in heapq.merge(*runs):
        while waiting and waiting[0][0][0] < flat.km_of(row[0]):
            yield heapq.heappop(waiting)[1]
        for found in _fitting(row[2:], near, wanted):
            heapq.heappush(waiting, (_by_way(found), found))
    yield from (found for _, found in sorted(waiting))


def _of_hours(wanted: list[Span]) -> list[str]:
    """That a slot has a date in somebody's hours, where that is quickly said: it spares the way of what cannot fit."""
    steps = [step for steps in walks(wanted) for step in steps]
    dates = "(s.next_start >= {0.span.first:d} AND s.next_start < {0.span.last:d} AND s.until >= s.next_start + {1:d})"
    return (
        [f"({' OR '.join(dates.format(step, step.weeks * WEEK) for step in steps)})"]
        if 0 < len(steps) <= _MOST_STEPS
        else []
    )


def _outwards_in(
    flat: places.Flat, cells: tuple[int, int], conditions: list[str], values: list[Any]
) -> Iterator[tuple[Any, ...]]:
    """(square of the way, id, and what `_fitting` takes) of some cells, in order, some at a time: mostly the first are enough."""
    sql = (
        f"SELECT * FROM (SELECT {_SQUARE} AS square, s.id AS id, {_COLUMNS} FROM directory_slot s WHERE {_all(conditions)}"  # noqa: S608
        " AND s.cell >= %s AND s.cell <= %s) c WHERE square <= %s AND (square, id) > (%s, %s) ORDER BY square, id LIMIT %s"
    )
    place = [flat.lat, flat.lat, flat.narrow, flat.lon, flat.lon, *values, *cells, flat.most]
    square, last, many = -1.0, 0, _CHUNK
    while True:
        rows = _rows(sql, [*place, square, last, many])
        yield from rows
        if len(rows) < many:
            return
        (square, last), many = rows[-1][:2], min(4 * many, _MOST_AT_ONCE)


_LAT, _LON = (f"(CAST(s.{name} AS double precision) - %s)" for name in ("lat", "lon"))
_SQUARE = f"{_LAT} * {_LAT} + %s * {_LON} * {_LON}"
_COLUMNS = "s.next_start, s.until, s.lat, s.lon, s.listing_id, s.schedule_id"


def _within(query: Query, near: Near, text: wording.Wanted, now: datetime) -> Iterator[Found]:
    wanted = spans(query.hours, now)
    for topic in _topics(query):
        for row in _in_cells(query, near, text, minutes_of(now), topic):
            yield from _fitting(row, near, wanted)


def _fitting(row: tuple[Any, ...], near: Near, wanted: list[Span]) -> Iterator[Found]:
    """The first date of a slot in somebody's hours, where it lies in the circle."""
    way = _way(near, row[2], row[3])
    if way is None or way > near.km:
        return
    start = first_within(wanted, _starts(row[0], row[1], wanted))
    if start is not None:
        yield Found(start, row[4], row[5], way)


def _starts(first: int, until: int, wanted: list[Span]) -> Iterable[int]:
    """The dates a slot stands for, as far as somebody looks."""
    return range(first, min(until, wanted[-1].last) + 1, WEEK) if wanted else ()


def _in_cells(
    query: Query, near: Near, text: wording.Wanted, minute: int, topic: int
) -> Iterator[tuple[Any, ...]]:
    ranges = places.cells_within(*near)
    conditions, values = _conditions(query, minute, topic)
    columns = f"SELECT {_COLUMNS} FROM"
    if text.words:
        sql = f"{columns} ({wording.ROWS[connection.vendor]} LIMIT %s) t JOIN directory_slot s ON {wording.SAME}"
        sql += f" AND {_all(conditions)} AND s.lat IS NOT NULL"
        yield from _rows_of_words(sql, [_match(query, text, topic, ranges), _ALL, *values])
        return
    sql = f"{columns} directory_slot s WHERE {_all(conditions)} AND s.cell >= %s AND s.cell <= %s"
    for first, last in ranges:
        yield from _rows(sql, [*values, first, last])


def _rows(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _rows_of_words(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    """PostgreSQL has to know which words before it decides on a way. A plan it kept would be the one for rare words, which reads and sorts
    every row that holds a common one."""
    if connection.vendor != "postgresql":
        return _rows(sql, values)
    with connection.cursor() as cursor:
        return list(cursor.cursor.execute(sql, values, prepare=False))
