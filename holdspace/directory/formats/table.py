"""CSV, as volunteers hold it: the columns of the TSML template, or others of like names. 12 h times, names of days and types."""

from collections.abc import Iterator

from holdspace.directory.entry import Entry
from holdspace.directory.formats import meeting_guide, rows
from holdspace.directory.formats.reading import Unreadable, json_rows, open_row, table_rows
from holdspace.directory.formats.rows import Refusal, Row, Told
from holdspace.directory.formats.words import line

# Ours, which are Meeting Guide's, and what else stands over such a column.
_COLUMNS = {
    "name": ("meeting", "meeting name", "group name", "title", "organisation", "organization"),
    "day": ("weekday", "days", "day of week"),
    "time": ("start", "start time", "from", "starts"),
    "end_time": ("end time", "end", "to", "until", "ends"),
    "types": ("type", "formats", "format"),
    "notes": ("description", "note", "comments", "about"),
    "location": ("venue", "place", "location name"),
    "location_notes": ("location notes", "venue notes", "directions"),
    "formatted_address": ("address", "full address"),
    "city": ("town",),
    "sub_region": ("sub region",),
    "region": ("area", "county"),
    "postal_code": ("postcode", "zip", "postal code", "zip code"),
    "timezone": ("time zone", "tz"),
    "conference_url": ("conference url", "online link", "meeting link", "link"),
    "conference_url_notes": ("conference url notes",),
    "conference_phone": ("conference phone", "dial-in", "dial in"),
    "website": ("url", "web", "homepage"),
    "group_notes": ("group notes",),
    "latitude": ("lat",),
    "longitude": ("lon", "lng", "long"),
    "slug": ("id", "key"),
    "updated": ("last updated", "modified"),
}
_MEANT = {other: ours for ours, others in _COLUMNS.items() for other in (ours, *others)}


def read(data: bytes, told: Told) -> Iterator[Entry | Refusal]:
    """Each line of a table. One that has no column of names is none of meetings."""
    lines = table_rows(data)
    first = next(lines, None)
    if first is None or "name" not in _meant(dict(first[1])):
        raise Unreadable(
            "This table has no line under a heading that names a column “Name”. Nothing was read."
        )

    def opened() -> Iterator[tuple[int, Row | str]]:
        yield first[0], _meant(first[1])
        for number, cells in lines:
            yield number, _meant(cells)

    return rows.each(opened(), lambda row: _entry(row, told), lambda row: line(row.get("slug")))


def read_geojson(data: bytes, told: Told) -> Iterator[Entry | Refusal]:
    """The same columns as properties of points on a map."""
    opened = ((number, _feature(open_row(raw))) for number, raw in enumerate(json_rows(data, "features"), 1))
    return rows.each(opened, lambda row: _entry(row, told), lambda row: line(row.get("slug")))


def _feature(row: Row | str) -> Row | str:
    if isinstance(row, str) or not isinstance(row.get("properties"), dict):
        return row if isinstance(row, str) else "This feature has no properties."
    shape = row.get("geometry")
    point = shape.get("coordinates") if isinstance(shape, dict) else None
    place = (
        {"longitude": point[0], "latitude": point[1]} if isinstance(point, list) and len(point) > 1 else {}
    )
    return _meant({str(name).lower(): value for name, value in row["properties"].items()}) | place


def _meant(cells: Row) -> Row:
    """The cells under our names. A column of our own name wins over one that is only like it."""
    row: Row = {}
    for head, cell in cells.items():
        ours = _MEANT.get(head)
        if ours and (ours == head or ours not in row):
            row[ours] = cell
    return row


def _entry(row: Row, told: Told) -> Entry:
    row = row | {"day": _days(row.get("day"))}
    return meeting_guide.read_row(row, told, code="name")


def _days(written: object) -> list[str]:
    words = line(written).replace("/", ",").replace("&", ",").replace(";", ",")
    return [day for day in words.split(",") if day.strip()]
