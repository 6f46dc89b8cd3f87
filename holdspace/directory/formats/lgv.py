"""The JSON of LGV_MeetingServer, which gathers BMLT servers: lengths in seconds, a time zone on every row, weekday 1 is Sunday."""

from collections.abc import Iterator
from typing import Any

from holdspace.directory.entry import Entry
from holdspace.directory.formats import rows
from holdspace.directory.formats.bmlt import put_ways_in
from holdspace.directory.formats.clock import fitting, read_time
from holdspace.directory.formats.meeting_guide import put_meaning
from holdspace.directory.formats.reading import open_row, rows_with
from holdspace.directory.formats.rows import Draft, Refusal, Row, Told, Unfit
from holdspace.directory.formats.types import meaning_of
from holdspace.directory.formats.weekdays import read_day
from holdspace.directory.formats.words import line


def read(data: bytes, told: Told) -> Iterator[Entry | Refusal]:
    """Each meeting of a page."""
    raws = rows_with(data, ("meetings",), "name", "weekday", "start_time")
    opened = ((number, open_row(raw)) for number, raw in enumerate(raws, 1))
    return rows.each(opened, lambda row: _entry(row, told), _key)


def _key(row: Row) -> str:
    server, meeting = line(row.get("server_id")), line(row.get("meeting_id"))
    return f"{server}-{meeting}" if server and meeting else ""


def _entry(row: Row, told: Told) -> Entry:
    formats = [kind for kind in _list(row.get("formats")) if isinstance(kind, dict)]
    meaning = meaning_of(line(kind.get("name")) for kind in formats)
    draft = rows.begin(told, _key(row), row.get("name"))
    rows.put(
        draft,
        formats=tuple(line(kind.get("key"), 20) for kind in formats),
        program=told.program or line(row.get("organization_key"), 20),
    )
    _put_place(draft, row)
    online = _map(row.get("virtual_information"))
    put_ways_in(
        draft,
        {"virtual_meeting_link": online.get("url"), "phone_meeting_number": online.get("phone_number")},
        meaning,
    )
    put_meaning(draft, meaning)
    rows.put_place(draft, row.get("latitude", ""), row.get("longitude", ""))
    _put_times(draft, row, told)
    draft.notes += [row.get("comments", ""), online.get("info", "")]
    return rows.finish(draft)


def _put_place(draft: Draft, row: Row) -> None:
    place = _map(row.get("physical_address"))
    rows.put(
        draft,
        venue=line(place.get("name")),
        street=line(place.get("street")),
        city=line(place.get("city") or place.get("city_subsection")),
        region=line(place.get("province") or place.get("county")),
        postal_code=line(place.get("postal_code")),
        country=rows.country_of(place.get("nation")),
    )
    draft.venue_notes += [place.get("info", ""), place.get("neighborhood", "")]


def _put_times(draft: Draft, row: Row, told: Told) -> None:
    day, start = read_day("lgv", row.get("weekday", "")), read_time(row.get("start_time"))
    if day is None:
        raise Unfit("Its weekday is none of 1 to 7.")
    if start is None:
        raise Unfit(f"“{line(row.get('start_time'), 40)}” is no time of day.")
    seconds = row.get("duration")
    minutes = fitting(seconds / 60) if isinstance(seconds, int | float) and seconds == seconds else None
    zone = rows.zone_for(draft, told, row.get("time_zone"))
    rows.put(draft, times=(rows.weekly(zone, day, start, minutes),))


def _map(value: Any) -> Row:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
