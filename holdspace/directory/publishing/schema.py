"""schema.org JSON-LD for the page of a listing: an EventSeries with its schedules, and one Event for the next date."""

import json
from datetime import datetime
from typing import Any

from holdspace.directory.entry import Entry
from holdspace.directory.formats.weekdays import write_day
from holdspace.directory.publishing.saying import public_link
from holdspace.meetings.times import Times

_UNITS = {"week": "W", "nth": "M", "monthday": "M"}
_STATUS = {"active": "EventScheduled", "paused": "EventPostponed", "closed": "EventCancelled"}
_MODES = {(True, False): "Offline", (False, True): "Online", (True, True): "Mixed", (False, False): "Offline"}
# What would end a script element or begin a comment in one.
_UNSAFE = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def json_ld(entry: Entry, page: str, upcoming: tuple[datetime, datetime] | None) -> str:
    """The text of a script element of type application/ld+json; `upcoming` is the next date, start and end."""
    series = _about(entry, page) | {"@type": "EventSeries"}
    if entry.times:
        series["eventSchedule"] = [_schedule(times) for times in entry.times]
    found = [series]
    if upcoming:
        start, end = upcoming
        dates = {"startDate": start.isoformat(), "endDate": end.isoformat()}
        found.append(_about(entry, page) | dates | {"@type": "Event", "superEvent": {"@id": page}})
    series["@id"] = page
    return json.dumps({"@context": "https://schema.org", "@graph": found}, ensure_ascii=False).translate(
        _UNSAFE
    )


def _about(entry: Entry, page: str) -> dict[str, Any]:
    known: dict[str, Any] = {
        "name": entry.name,
        "url": page,
        "description": entry.notes,
        "eventStatus": f"https://schema.org/{_STATUS[entry.status]}",
        "eventAttendanceMode": f"https://schema.org/{_MODES[entry.in_person, entry.online or entry.phone]}EventAttendanceMode",
        "location": _places(entry, page),
        "organizer": {"@type": "Organization", "name": entry.host} if entry.host else None,
        "inLanguage": list(entry.languages),
        "isAccessibleForFree": True if entry.cost in ("free", "donation") else None,
    }
    return {name: value for name, value in known.items() if value not in ("", None, [])}


def _places(entry: Entry, page: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if entry.in_person:
        found.append(
            {"@type": "Place", "name": entry.venue or entry.city, "address": _address(entry)} | _geo(entry)
        )
    if entry.online or entry.phone:
        found.append({"@type": "VirtualLocation", "url": public_link(entry) or page})
    return found


def _address(entry: Entry) -> dict[str, str]:
    known = {
        "@type": "PostalAddress",
        "streetAddress": entry.street,
        "addressLocality": entry.city,
        "addressRegion": entry.region,
        "postalCode": entry.postal_code,
        "addressCountry": entry.country,
    }
    return {name: value for name, value in known.items() if value}


def _geo(entry: Entry) -> dict[str, Any]:
    if entry.lat is None or entry.lon is None:
        return {}
    return {"geo": {"@type": "GeoCoordinates", "latitude": entry.lat, "longitude": entry.lon}}


def _schedule(times: Times) -> dict[str, Any]:
    day = write_day("ical", times.weekday) if times.weekday is not None else ""
    known: dict[str, Any] = {
        "@type": "Schedule",
        "startTime": times.start,
        "duration": f"PT{times.minutes}M",
        "scheduleTimezone": times.zone,
        "repeatFrequency": f"P{times.interval}{_UNITS[times.every]}" if times.every in _UNITS else "",
        "byDay": [f"{number}{day}" for number in times.nth] if times.nth else day,
        "byMonthDay": list(times.monthdays),
        "startDate": f"{times.valid_from or times.anchor or times.day or ''}",
        "endDate": f"{times.valid_to or times.day or ''}",
        "exceptDate": [f"{left}" for left in times.without],
    }
    return {name: value for name, value in known.items() if value not in ("", [])}
