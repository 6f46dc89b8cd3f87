"""Reading the lists others hold: bytes in, an Entry or a Refusal out for every row. Pure: no Django, no database."""

from collections.abc import Callable, Iterator

from holdspace.directory.entry import Entry
from holdspace.directory.formats import bmlt, calendar, hsds, lgv, meeting_guide, table
from holdspace.directory.formats.rows import Refusal, Told

READERS: dict[str, Callable[[bytes, Told], Iterator[Entry | Refusal]]] = {
    "meeting-guide": meeting_guide.read,
    "bmlt": bmlt.read,
    "lgv": lgv.read,
    "hsds": hsds.read,
    "csv": table.read,
    "geojson": table.read_geojson,
    "ical": calendar.read,
}


def read(written_in: str, data: bytes, told: Told) -> Iterator[Entry | Refusal]:
    """Every row of a list. Raises reading.Unreadable when it is none at all."""
    return READERS[written_in](data, told)
