"""Open Referral HSDS 3: a listing as a service with its place, hours and languages, and the package of tables.

HSDS writes a time zone as a number, which knows no summer: hours carry their offset of the day, the zone goes into the notes, and
a schedule is said anew with `valid_from` and `valid_to` whenever the offset changes.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from holdspace.directory.entry import Entry
from holdspace.directory.formats.types import LANGUAGES
from holdspace.directory.formats.weekdays import write_day
from holdspace.directory.publishing.saying import public_link, rhythm_of
from holdspace.directory.topic_list import topics
from holdspace.meetings.times import Times

_STATUS = {"active": "active", "paused": "temporarily closed", "closed": "defunct"}
# The upper half of the UUID of a service; the lower holds its number.
_SERVICES = 0x486F6C64_7370_8000_8000_000000000000
_NUMBERS = 0xFFFFFFFF
_NAMES = {code: name for code, _, name in LANGUAGES}


def id_of(*parts: object) -> str:
    """A UUID that stays the same for the same thing."""
    return str(uuid5(NAMESPACE_URL, "\x1f".join(str(part) for part in parts)))


def service_id(number: int) -> str:
    """The UUID of a listing by its number, from which it can be found again (RFC 9562, version 8)."""
    return str(UUID(int=_SERVICES | number))


def number_of(service: str) -> int | None:
    """The number of the listing a UUID of ours belongs to."""
    try:
        found = UUID(service).int
    except ValueError:
        return None
    return found & _NUMBERS if found & ~_NUMBERS == _SERVICES else None


def service(entry: Entry, number: int, page: str, today: datetime) -> dict[str, Any]:
    """One listing whole, as `GET /services/{id}` answers."""
    known: dict[str, Any] = {
        "id": service_id(number),
        "name": entry.name,
        "description": entry.notes or entry.name,
        "url": page,
        "status": _STATUS[entry.status],
        "fees_description": entry.cost_notes or entry.cost,
        "last_modified": f"{entry.updated.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if entry.updated else "",
        "organization": organization(entry),
        "languages": [
            {"id": id_of(page, code), "code": code, "name": _NAMES.get(code, code)}
            for code in entry.languages
        ],
        "service_at_locations": [_at(entry, page, today)],
        "attributes": [_attribute(number, page, topic) for topic in entry.topics if topic in topics()],
    }
    return {name: value for name, value in known.items() if value not in ("", None, [])}


def organization(entry: Entry) -> dict[str, str]:
    """Who runs it; a source, where nobody is named."""
    name = entry.host or entry.source
    return {"id": id_of("organization", entry.source, name), "name": name, "description": name}


def _attribute(number: int, page: str, topic: str) -> dict[str, Any]:
    return {
        "id": id_of(page, "topic", topic),
        "link_id": service_id(number),
        "link_type": "topic",
        "link_entity": "service",
        "taxonomy_term": term(topic),
    }


def term(topic: str) -> dict[str, str]:
    """A topic of ours as a term."""
    name = topics()[topic].name("en")
    return {"id": id_of("topic", topic), "code": topic, "name": name, "description": name}


def _at(entry: Entry, page: str, today: datetime) -> dict[str, Any]:
    return {
        "id": id_of(page, "at"),
        "location": _location(entry, page),
        "schedules": [
            row for line, times in enumerate(entry.times) for row in _schedules(times, page, line, today)
        ],
    }


def _location(entry: Entry, page: str) -> dict[str, Any]:
    known: dict[str, Any] = {
        "id": id_of(page, "location"),
        "location_type": "physical" if entry.in_person else "virtual",
        "name": entry.venue or entry.city,
        "url": "" if entry.in_person else public_link(entry),
        "latitude": entry.lat,
        "longitude": entry.lon,
        "transportation": entry.venue_notes,
        "addresses": [_address(entry, page)] if entry.in_person and entry.street and entry.city else [],
        "accessibility": [
            {"id": id_of(page, need), "description": need.replace("_", " ").capitalize()}
            for need in entry.access
        ],
    }
    return {name: value for name, value in known.items() if value not in ("", None, [])}


def _address(entry: Entry, page: str) -> dict[str, str]:
    return {
        "id": id_of(page, "address"),
        "address_1": entry.street,
        "city": entry.city,
        "state_province": entry.region or entry.city,
        "postal_code": entry.postal_code or "-",
        "country": entry.country or "ZZ",
        "address_type": "physical",
    }


def _schedules(times: Times, page: str, line: int, today: datetime) -> Iterator[dict[str, Any]]:
    """One row until the next change of clocks, and one after it, a year ahead at most."""
    zone = ZoneInfo(times.zone)
    start = today.astimezone(zone)
    for number, (first, last, offset) in enumerate(_offsets(start, zone)):
        yield {
            "id": id_of(page, line, first.date()),
            "valid_from": f"{first:%Y-%m-%d}",
            "valid_to": f"{last:%Y-%m-%d}",
            "timezone": round(offset.total_seconds() / 3600, 2),
            **_rule(times),
            "opens_at": _with_offset(times.start, offset),
            "closes_at": _with_offset(_end(times), offset),
            "description": rhythm_of(times),
            "notes": f"Time zone: {times.zone}",
        }
        if number == 1:
            return


def _offsets(start: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime, timedelta]]:
    noon = datetime.combine(start.date(), time(12), zone)
    first, offset = noon, noon.utcoffset() or timedelta()
    for number in range(1, 366):
        day = datetime.combine(start.date() + timedelta(days=number), time(12), zone)
        now = day.utcoffset() or timedelta()
        if now != offset:
            yield first, day - timedelta(days=1), offset
            first, offset = day, now
    yield first, first + timedelta(days=365), offset


def _rule(times: Times) -> dict[str, Any]:
    if times.every in ("once", "dates"):
        day = times.day or min(times.extra)
        return {"dtstart": f"{day:%Y-%m-%d}"}
    day_code = write_day("ical", times.weekday) if times.weekday is not None else ""
    known = {
        "freq": "WEEKLY" if times.every == "week" else "MONTHLY",
        "interval": times.interval,
        "byday": ",".join(f"{number}{day_code}" for number in times.nth) if times.nth else day_code,
        "bymonthday": ",".join(str(day) for day in times.monthdays),
        "dtstart": f"{times.valid_from or times.anchor or ''}",
    }
    return {name: value for name, value in known.items() if value != ""}


def _end(times: Times) -> str:
    start = datetime.strptime(times.start, "%H:%M")  # noqa: DTZ007
    return f"{start + timedelta(minutes=times.minutes):%H:%M}"


def _with_offset(clock: str, offset: timedelta) -> str:
    """As RFC 3339 writes a time: the standard's text leaves the seconds out, its own tables and schemas want them."""
    minutes = round(offset.total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    return f"{clock}:00{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def page_of(contents: list[dict[str, Any]], total: int, number: int, size: int) -> dict[str, Any]:
    """The envelope of a list."""
    pages = max(1, -(-total // size))
    return {
        "total_items": total, "total_pages": pages, "page_number": number, "size": len(contents), "first_page": number == 1,
        "last_page": number >= pages, "empty": not contents, "contents": contents,
    }  # fmt: skip
