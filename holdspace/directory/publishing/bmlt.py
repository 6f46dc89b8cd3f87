"""The BMLT semantic API, as much of it as its clients and its aggregator ask for. All values are words; weekday 1 is Sunday.

What does not meet every week is left out: this format has no way to say so.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple
from zlib import crc32

from holdspace.directory.entry import Entry
from holdspace.directory.formats.types import LANGUAGES
from holdspace.directory.formats.weekdays import write_day
from holdspace.directory.publishing.saying import is_weekly, public_link
from holdspace.meetings.times import Times

Row = dict[str, str]
VERSION = "3.0.0"
KM_A_MILE = 1.609344
_EARTH_KM = 6371.0


class Format(NamedTuple):
    """A format: its number, key, name, what it means, its world-wide code and kind, and whether an entry has it."""

    number: int
    key: str
    name: str
    means: str
    world: str
    kind: str
    fits: Callable[[Entry], bool]


_FORMATS = [
    Format(1, "O", "Open", "Everybody may come.", "OPEN", "FC3", lambda entry: entry.openness == "open"),
    Format(2, "C", "Closed", "For those who share it.", "CLOSED", "FC3", lambda entry: entry.openness == "members"),
    Format(3, "WC", "Wheelchair", "There are no steps.", "WCHR", "FC2", lambda entry: "step_free" in entry.access),
    Format(4, "VM", "Virtual Meeting", "Meets online.", "VM", "FC2", lambda entry: entry.online and not entry.in_person),
    Format(5, "HY", "Hybrid", "Meets online and in a room.", "HYBR", "FC2", lambda entry: entry.online and entry.in_person),
    Format(6, "TC", "Temporarily Closed", "Does not meet for now.", "TC", "FC2", lambda entry: entry.status == "paused"),
    Format(7, "SL", "Sign Language", "There is sign language.", "", "FC2", lambda entry: "sign_language" in entry.access),
    Format(8, "CW", "Childcare", "Children are looked after.", "CW", "FC3", lambda entry: "childcare" in entry.access),
    Format(9, "W", "Women", "For women.", "W", "FC3", lambda entry: "women" in entry.topics),
    Format(10, "M", "Men", "For men.", "M", "FC3", lambda entry: "men" in entry.topics),
    Format(11, "Y", "Young People", "For young people.", "Y", "FC3", lambda entry: "young" in entry.topics),
    Format(12, "GL", "LGBTQ", "For LGBTQ people.", "GL", "FC3", lambda entry: "lgbtq" in entry.topics),
]  # fmt: skip


def _speaks(code: str) -> Callable[[Entry], bool]:
    return lambda entry: code in entry.languages


FORMATS = _FORMATS + [
    Format(100 + number, code.upper(), name, f"Speaks {name}.", "LANG", "FC3", _speaks(code))
    for number, (code, _, name) in enumerate(LANGUAGES)
]


def body_of(source: str) -> str:
    """The number of a service body: a source is one."""
    return str(crc32(source.encode()) % 1_000_000 + 1)


def bodies(sources: Iterable[str], root: str) -> list[Row]:
    """GetServiceBodies."""
    return [
        {
            "id": body_of(source), "parent_id": "0", "name": source, "description": "", "type": "AS", "url": "", "helpline": "",
            "world_id": "", "root_server_uri": root,
        }
        for source in sources
    ]  # fmt: skip


def formats(root: str, keys: Iterable[str] = ()) -> list[Row]:
    """GetFormats, or those with these keys."""
    wanted = set(keys)
    return [
        {
            "key_string": one.key, "name_string": one.name, "description_string": one.means, "lang": "en", "id": str(one.number),
            "world_id": one.world, "root_server_uri": root, "format_type_enum": one.kind,
        }
        for one in FORMATS
        if not wanted or one.key in wanted
    ]  # fmt: skip


def rows_of(entry: Entry, number: int, root: str) -> Iterator[Row]:
    """The rows of one listing; `number` is its own, and stays."""
    if entry.status == "closed":
        return
    for line, times in enumerate(entry.times):
        if is_weekly(times):
            yield _row(entry, times, str(number * 100 + line), root)


def _row(entry: Entry, times: Times, number: str, root: str) -> Row:
    fitting = [one for one in FORMATS if one.fits(entry)]
    place = entry.in_person and not entry.approximate
    return {
        "id_bigint": number, "worldid_mixed": "", "shared_group_id_bigint": "", "service_body_bigint": body_of(entry.source),
        "weekday_tinyint": write_day("bmlt", times.weekday or 0), "venue_type": _venue_type(entry),
        "start_time": f"{times.start}:00", "duration_time": f"{times.minutes // 60:02}:{times.minutes % 60:02}:00", "time_zone": times.zone,
        "formats": ",".join(one.key for one in fitting), "format_shared_id_list": ",".join(str(one.number) for one in fitting),
        "lang_enum": entry.languages[0] if entry.languages else "en",
        "longitude": str(entry.lon if entry.lon is not None else 0), "latitude": str(entry.lat if entry.lat is not None else 0),
        "distance_in_km": "", "distance_in_miles": "", "email_contact": "", "published": "1", "root_server_uri": root,
        "meeting_name": entry.name, "location_text": entry.venue, "location_info": entry.venue_notes,
        "location_street": entry.street if place else "", "location_city_subsection": "", "location_neighborhood": "",
        "location_municipality": entry.city, "location_sub_province": "", "location_province": entry.region,
        "location_postal_code_1": entry.postal_code, "location_nation": entry.country,
        "comments": "\n".join(filter(None, (times.rule_text, entry.notes))), "train_lines": "", "bus_lines": "",
        "virtual_meeting_link": public_link(entry), "phone_meeting_number": entry.phone_number, "virtual_meeting_additional_info": "",
    }  # fmt: skip


def _venue_type(entry: Entry) -> str:
    online = entry.online or entry.phone
    return "3" if online and entry.in_person else "2" if online else "1"


# GetSearchResults -----------------------------------------------------------------------------------------------------


class Asked(NamedTuple):
    """What a client asked for, by the names of the API: words, and lists of words (weekdays[]=1&weekdays[]=2)."""

    one: Mapping[str, str]
    many: Mapping[str, list[str]]


def select(rows: Iterable[Row], asked: Asked) -> list[Row]:
    """The rows that fit, in the order and on the page asked for."""
    found = [row for row in rows if all(fits(row, asked) for fits in _CHECKS)]
    found, is_near = _near(found, asked.one)
    keys = [key for key in asked.one.get("sort_keys", "").split(",") if key] or [
        "weekday_tinyint",
        "start_time",
        "id_bigint",
    ]
    if not is_near:
        found.sort(key=lambda row: [row.get(key, "") for key in keys])
    size, page = whole(asked.one.get("page_size")), whole(asked.one.get("page_num")) or 1
    found = found[(page - 1) * size : page * size] if size > 0 < page else found
    fields = [field for field in asked.one.get("data_field_key", "").split(",") if field]
    return [{field: row[field] for field in fields if field in row} for row in found] if fields else found


def _among(name: str, field: str) -> Callable[[Row, Asked], bool]:
    """Numbers one of which has to be there; negative ones must not."""

    def fits(row: Row, asked: Asked) -> bool:
        numbers = asked.many.get(name, [])
        wanted = {number for number in numbers if not number.startswith("-")}
        return f"-{row[field]}" not in numbers and (not wanted or row[field] in wanted)

    return fits


def _formats_fit(row: Row, asked: Asked) -> bool:
    here, numbers = set(row["format_shared_id_list"].split(",")), asked.many.get("formats", [])
    wanted = {number for number in numbers if not number.startswith("-")}
    if any(number[1:] in here for number in numbers if number.startswith("-")):
        return False
    either = asked.one.get("formats_comparison_operator", "").upper() == "OR"
    return not wanted or (bool(wanted & here) if either else wanted <= here)


def _starts_fit(row: Row, asked: Asked) -> bool:
    """At or after, before, and between: by the wall time of the meeting."""
    first, last = _clock(asked.one, "StartsAfter"), _clock(asked.one, "StartsBefore")
    start = row["start_time"][:5]
    return (not first or start >= first) and (not last or start < last)


def _clock(one: Mapping[str, str], name: str) -> str:
    hour, minute = one.get(f"{name}H", ""), one.get(f"{name}M", "")
    return f"{whole(hour):02}:{whole(minute):02}" if hour or minute else ""


def _words_fit(row: Row, asked: Asked) -> bool:
    words = asked.one.get("SearchString", "").lower().split()
    if not words or whole(asked.one.get("StringSearchIsAnAddress")):
        return True
    text = " ".join(
        (row["meeting_name"], row["location_text"], row["location_municipality"], row["comments"])
    ).lower()
    return all(word in text for word in words)


def _value_fits(row: Row, asked: Asked) -> bool:
    key = asked.one.get("meeting_key", "")
    return not key or row.get(key, "").lower() == asked.one.get("meeting_key_value", "").lower()


_CHECKS = (
    _among("weekdays", "weekday_tinyint"),
    _among("venue_types", "venue_type"),
    _among("services", "service_body_bigint"),
    _among("meeting_ids", "id_bigint"),
    _formats_fit,
    _starts_fit,
    _words_fit,
    _value_fits,
)


def _near(rows: list[Row], one: Mapping[str, str]) -> tuple[list[Row], bool]:
    """Within a radius of a point, nearest first; a negative width is how many of the nearest. Whether a radius was asked for."""
    width = _number(one.get("geo_width_km")) or _number(one.get("geo_width")) * KM_A_MILE
    if not width:
        return rows, False
    lat, lon = _number(one.get("lat_val")), _number(one.get("long_val"))
    far = sorted(
        ((_km(lat, lon, row), row) for row in rows if row["latitude"] != "0"), key=lambda pair: pair[0]
    )
    count = round(-width / (1 if one.get("geo_width_km") else KM_A_MILE))
    found = far[:count] if width < 0 else [pair for pair in far if pair[0] <= width]
    measured = [
        row | {"distance_in_km": f"{km:.3f}", "distance_in_miles": f"{km / KM_A_MILE:.3f}"}
        for km, row in found
    ]
    return measured, True


def _km(lat: float, lon: float, row: Row) -> float:
    there = radians(float(row["latitude"])), radians(float(row["longitude"]))
    high, wide = there[0] - radians(lat), there[1] - radians(lon)
    half = sin(high / 2) ** 2 + cos(radians(lat)) * cos(there[0]) * sin(wide / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))


def _number(written: str | None) -> float:
    try:
        found = float(written or 0)
    except ValueError:
        return 0.0
    return found if abs(found) < 100_000 else 0.0


def whole(written: str | None) -> int:
    """A whole number of a request, 0 when it is none."""
    words = (written or "").strip()
    return int(words) if words.lstrip("-").isdecimal() and len(words) < 8 else 0
