"""Meeting Guide JSON, as its two big readers really read it (docs/decisions: one row for each day, a zone and an address on every row).

A row for each day: readers stumble over lists of days. What does not meet every week has no day, so that nobody stands before a
locked door; its rhythm is said in its notes.
"""

from collections.abc import Iterator
from typing import Any

from holdspace.directory.entry import Entry
from holdspace.directory.formats.types import codes_of, shared_codes
from holdspace.directory.formats.weekdays import write_day
from holdspace.directory.publishing.saying import (
    address_of,
    end_of,
    is_weekly,
    public_link,
    rhythm_of,
    town_of,
)
from holdspace.meetings.times import Times

MOST_OF_SLUG = 64


def rows_of(entry: Entry, slug: str, page: str) -> Iterator[dict[str, Any]]:
    """The rows of one listing, whose page is at an address. Closed ones have none."""
    if entry.status == "closed":
        return
    shared = _shared(entry, page)
    weekly = [times for times in entry.times if is_weekly(times)]
    for number, times in enumerate(weekly):
        yield (
            shared
            | _when(times)
            | {"slug": _slug(slug, f"{write_day('meeting-guide', times.weekday or 0)}-{number}")}
        )
    if len(weekly) < len(entry.times) or not entry.times:
        yield shared | _by_words(entry) | {"slug": _slug(slug, "")}


def _slug(slug: str, end: str) -> str:
    """At most 64 signs, its own end kept: that is what makes it unique."""
    end = f"-{end}" if end else ""
    whole = slug + end
    return whole if len(whole) <= MOST_OF_SLUG else slug[: MOST_OF_SLUG - len(end) - 11] + slug[-11:] + end


def _when(times: Times) -> dict[str, Any]:
    return {
        "day": int(write_day("meeting-guide", times.weekday or 0)),
        "time": times.start,
        "end_time": end_of(times),
        "timezone": times.zone,
    }


def _by_words(entry: Entry) -> dict[str, Any]:
    rhythms = [f"{rhythm_of(times)}, {times.start}." for times in entry.times if not is_weekly(times)]
    zone = {"timezone": entry.times[0].zone} if entry.times else {}
    return zone | {"notes": "\n".join(filter(None, [*rhythms, entry.notes]))}


def _shared(entry: Entry, page: str) -> dict[str, Any]:
    place = bool(entry.in_person and entry.street and not entry.approximate)
    regions = list(dict.fromkeys(part for part in (entry.country, entry.region, entry.city) if part))
    row = {
        "name": entry.name,
        "location": entry.venue,
        "formatted_address": address_of(entry) if place else town_of(entry),
        "city": entry.city,
        "state": entry.region,
        "postal_code": entry.postal_code,
        "country": entry.country,
        # One reader knows `regions`, the other only these two.
        "regions": regions,
        "region": regions[0] if regions else "",
        "sub_region": regions[1] if len(regions) > 1 else "",
        "approximate": "no" if place else "yes",
        "latitude": entry.lat,
        "longitude": entry.lon,
        "types": _types(entry),
        "notes": entry.notes,
        "location_notes": entry.venue_notes,
        "conference_url": public_link(entry),
        "conference_phone": entry.phone_number,
        "url": page,
        "entity": entry.host,
        "updated": f"{entry.updated:%Y-%m-%d %H:%M:%S}" if entry.updated else "",
    }
    return {name: value for name, value in row.items() if value not in ("", None, [])}


def _types(entry: Entry) -> list[str]:
    found = codes_of(entry.languages, entry.openness, entry.access) + shared_codes(
        entry.formats, entry.program
    )
    # Readers know "closed for now" only as a type.
    found += ["TC"] if entry.status == "paused" else []
    found += ["ONL"] if entry.online or entry.phone else []
    return list(dict.fromkeys(found))
