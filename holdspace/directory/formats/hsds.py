"""Open Referral HSDS 3 (JSON, or the tables of a data package in CSV) and the older tables that have a weekday on every line.

A service is a listing, a location its place, a schedule its hours. Contacts are persons and stay where they are.
"""

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from holdspace.directory.entry import Entry
from holdspace.directory.formats import recurrence, rows
from holdspace.directory.formats.clock import minutes_from, read_date, read_time
from holdspace.directory.formats.reading import (
    MOST_BYTES,
    Unreadable,
    json_rows,
    json_value,
    open_row,
    table_rows,
)
from holdspace.directory.formats.recurrence import Rule, read_days
from holdspace.directory.formats.rows import Draft, Refusal, Row, Told, Unfit
from holdspace.directory.formats.types import LANGUAGES
from holdspace.directory.formats.weekdays import read_day
from holdspace.directory.formats.words import line
from holdspace.directory.formats.zones import known_zone
from holdspace.meetings.times import Times

_STATUS = {"active": "active", "inactive": "paused", "temporarily closed": "paused", "defunct": "closed"}
_TONGUES = {name.lower(): code for code, _, name in LANGUAGES}
_SEVERAL = re.compile(r"[,;]\s*")
_TABLES = (
    "services",
    "locations",
    "addresses",
    "schedules",
    "regular_schedules",
    "organizations",
    "service_at_location",
    "languages",
)


def read(data: bytes, told: Told) -> Iterator[Entry | Refusal]:
    """Each service at each of its places; of JSON, or of a zip of tables."""
    if data[:2] == b"PK":
        return read_tables(_unzipped(data), told)
    found = (place for number, raw in enumerate(_raws(data), 1) for place in _places(number, open_row(raw)))
    return rows.each(found, lambda row: _entry(row, told), lambda row: line(row.get("id")))


def _raws(data: bytes) -> list[msgspec.Raw]:
    """The services of a list, of a page or of an organisation; or the one service that this document is."""
    whole = json_value(data)
    if (
        isinstance(whole, dict)
        and "contents" not in whole
        and "services" not in whole
        and "name" in whole | _dict(whole.get("service"))
    ):
        return [msgspec.Raw(msgspec.json.encode(whole))]
    return json_rows(data, "contents", "services")


def _places(number: int, row: Row | str) -> Iterator[tuple[int, Row | str]]:
    """A service once for each of its places, with the place in it as `at`."""
    if isinstance(row, dict) and isinstance(row.get("service"), dict):
        row = row["service"] | {"service_at_locations": [row]}  # a service_at_location
    if isinstance(row, str) or not (places := _dicts(row.get("service_at_locations"))):
        yield number, row
        return
    for place in places:
        key = f"{line(row.get('id'))}:{line(place.get('id'))}" if len(places) > 1 else row.get("id")
        yield number, row | {"id": key, "at": place}


def _entry(row: Row, told: Told) -> Entry:
    at = _dict(row.get("at"))
    place = _dict(at.get("location"))
    draft = rows.begin(told, row.get("id"), row.get("name"))
    rows.put(
        draft,
        host=line(_dict(row.get("organization")).get("name")),
        website=rows.address_of_web(row.get("url") or row.get("website")),
        status=_STATUS.get(line(row.get("status")).lower(), "active"),
        cost_notes=line(row.get("fees_description") or row.get("fees"), 400),
        languages=_languages(row.get("languages")),
        formats=("service",),
        updated=rows.moment(read_date(row.get("last_modified"))),
    )
    _put_place(draft, place)
    schedules = _dicts(at.get("schedules")) or _dicts(place.get("schedules")) or _dicts(row.get("schedules"))
    rows.put(draft, times=tuple(times for one in schedules[:60] for times in _times(draft, told, one)))
    draft.notes += [row.get("description", ""), row.get("eligibility_description", ""), row.get("alert", "")]
    draft.venue_notes += [place.get("transportation", "")]
    draft.venue_notes += [one.get("description", "") for one in _dicts(place.get("accessibility"))]
    return rows.finish(draft)


def _put_place(draft: Draft, place: Row) -> None:
    address = next(iter(_dicts(place.get("addresses"))), {})
    online = (
        line(place.get("location_type")).lower() == "virtual" or line(place.get("virtual")).lower() == "true"
    )
    rows.put(
        draft,
        in_person=bool(place) and not online,
        online=online,
        link=rows.address_of_web(place.get("url")) if online else "",
        link_private=True,
        venue=line(place.get("name")),
        street=", ".join(filter(None, (line(address.get("address_1")), line(address.get("address_2"))))),
        city=line(address.get("city")),
        region=line(address.get("state_province") or address.get("region")),
        postal_code=line(address.get("postal_code")),
        country=rows.country_of(address.get("country")),
    )
    rows.put_place(draft, place.get("latitude", ""), place.get("longitude", ""))


def _languages(written: Any) -> tuple[str, ...]:
    names = _SEVERAL.split(written) if isinstance(written, str) else []
    codes = [_TONGUES.get(line(name).lower(), "") for name in names]
    codes += [line(row.get("code")).lower()[:2] for row in _dicts(written)]
    return tuple(dict.fromkeys(code for code in codes if code))


def _times(draft: Draft, told: Told, row: Row) -> tuple[Times, ...]:
    start, end = read_time(row.get("opens_at")), read_time(row.get("closes_at"))
    if start is None:
        return ()  # a schedule without hours says no more than its description
    minutes = minutes_from(start, end) if end else rows.USUAL
    zone = _zone(draft, told, row)
    if "weekday" in row:
        day = read_day("name", row["weekday"])
        if day is None:
            raise Unfit("The weekday of its hours is none of the seven.")
        return (rows.weekly(zone, day, start, minutes),)
    first = read_date(row.get("dtstart")) or read_date(row.get("valid_from"))
    days = read_days(_SEVERAL.split(line(row.get("byday"))) if line(row.get("byday")) else ())
    if first is None or days is None:
        raise Unfit("Its hours have no first day, or a day that is none of the seven.")
    base = Times(zone=zone, start=f"{start:%H:%M}", minutes=minutes, rule_text=_odd_text(row))
    return recurrence.times_of(base, first, _rule(row, days)) or _kept_as_words(draft, base, row)


def _kept_as_words(draft: Draft, base: Times, row: Row) -> tuple[Times, ...]:
    draft.remarks.add("rule")
    draft.notes.append(row.get("description", ""))
    return ()


def _rule(row: Row, days: tuple[tuple[int, int], ...]) -> Rule | None:
    frequency = line(row.get("freq")).upper()
    if not frequency:
        return None
    until = read_date(row.get("until")) or read_date(row.get("valid_to"))
    numbered = frequency == "MONTHLY"
    return Rule(
        frequency=frequency,
        interval=_number(row.get("interval")) or 1,
        days=days,
        # The official example fills every field; what a rule of weeks says about days of the month means nothing.
        monthdays=_numbers(row.get("bymonthday")) if numbered else (),
        count=None if until else _number(row.get("count")),
        until=until,
        week_start=read_day("ical", row.get("wkst", "")) or 0,
    )


def _odd_text(row: Row) -> str:
    return line(row.get("description")) if line(row.get("byweekno")) or line(row.get("byyearday")) else ""


def _zone(draft: Draft, told: Told, row: Row) -> str:
    """HSDS writes a number of hours, which knows no summer; the zone of the place is better."""
    for attribute in _dicts(row.get("attributes")):
        if zone := known_zone(line(attribute.get("value"))):
            return zone
    hours = _number(row.get("timezone"))
    if "lat" not in draft.fields and not told.zone and hours is not None and -12 <= hours <= 14:
        draft.remarks.add("zone")
        return "UTC" if hours == 0 else f"Etc/GMT{-hours:+d}"
    return rows.zone_for(draft, told, "")


def _number(written: Any) -> int | None:
    words = line(written, 12)
    return int(words) if words.lstrip("+-").isdigit() else None


def _numbers(written: Any) -> tuple[int, ...]:
    found = (_number(part) for part in _SEVERAL.split(line(written)))
    return tuple(number for number in found if number and -31 <= number <= 31)


def _dict(value: Any) -> Row:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[Row]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


# Tables ---------------------------------------------------------------------------------------------------------------


def _unzipped(data: bytes) -> dict[str, bytes]:
    """The tables of a package. The sizes a zip claims are checked against what comes out."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return {
                name: _member(package, info) for info in package.infolist() if (name := _table(info.filename))
            }
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        raise Unreadable("This package is damaged or locked. Nothing was read.") from None


def _member(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with package.open(info) as file:
        found = file.read(MOST_BYTES // 4 + 1)
    if len(found) > MOST_BYTES // 4:
        raise Unreadable(
            f"A table of this package is larger than {MOST_BYTES // 4 // 1024 // 1024} MB. Nothing was read."
        )
    return found


def _table(filename: str) -> str:
    name = filename.rpartition("/")[2].removesuffix(".csv")
    return name if name in _TABLES and filename.endswith(".csv") else ""


def read_tables(tables: Mapping[str, bytes], told: Told) -> Iterator[Entry | Refusal]:
    """Services of a package in CSV, each with its organisation, places and hours."""
    if "services" not in tables:
        raise Unreadable("There is no table named services.csv. Nothing was read.")
    found = (place for number, row in _joined(tables) for place in _places(number, row))
    return rows.each(found, lambda row: _entry(row, told), lambda row: line(row.get("id")))


def _joined(tables: Mapping[str, bytes]) -> Iterator[tuple[int, Row]]:
    hosts, locations = _by_id(tables, "organizations"), _by_id(tables, "locations")
    addresses, links = (
        _under(tables, "addresses", "location_id"),
        _under(tables, "service_at_location", "service_id"),
    )
    hours = {
        of: _under(tables, "schedules", of, _under(tables, "regular_schedules", of))
        for of in ("service_id", "location_id")
    }
    for number, row in table_rows(tables["services"]):
        ids = [link["location_id"] for link in links.get(row.get("id", ""), []) if link.get("location_id")]
        ids = ids or [row.get("location_id", "")]
        places = [
            {
                "id": id,
                "location": locations[id]
                | {"addresses": addresses.get(id, []), "schedules": hours["location_id"].get(id, [])},
            }
            for id in ids
            if id in locations
        ]
        host = hosts.get(row.get("organization_id", "")) or _host_of(places, hosts)
        yield (
            number,
            dict(row)
            | {
                "organization": host,
                "schedules": hours["service_id"].get(row.get("id", ""), []),
                "service_at_locations": places,
            },
        )


def _host_of(places: list[Row], hosts: Mapping[str, Row]) -> Row:
    return hosts.get(places[0]["location"].get("organization_id", ""), {}) if places else {}


def _by_id(tables: Mapping[str, bytes], name: str) -> dict[str, Row]:
    return {row.get("id", ""): dict(row) for _, row in table_rows(tables.get(name, b""))}


def _under(
    tables: Mapping[str, bytes], name: str, parent: str, found: dict[str, list[Row]] | None = None
) -> dict[str, list[Row]]:
    gathered: dict[str, list[Row]] = defaultdict(list, found or {})
    for _, row in table_rows(tables.get(name, b"")):
        if row.get(parent):
            gathered[row[parent]].append(dict(row))
    return gathered
