"""iCalendar (RFC 5545, 7986): a listing as events that recur, with their exceptions, for a calendar to subscribe to.

Each event has a stable UID. Names of a members' calendar are never in here; these are public listings.
"""

from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b

from icalendar import Event, vGeo, vUri

from holdspace.directory.entry import Entry
from holdspace.directory.publishing.saying import address_of, public_link
from holdspace.meetings import ical


def calendar_of(name: str, listed: Iterable[tuple[Entry, str]], now: datetime) -> bytes:
    """A calendar of listings, each with the address of its page."""
    calendar = ical.new_calendar(name, "Directory")
    for entry, page in listed:
        for number, times in enumerate(entry.times):
            for event in ical.events(times, _uid(page, number), now):
                _tell(event, entry)
                event.add("url", page)
                calendar.add_component(event)
    return ical.written(calendar, now)


def _uid(page: str, number: int) -> str:
    return f"{blake2b(page.encode(), digest_size=12).hexdigest()}-{number}"


def _tell(event: Event, entry: Entry) -> None:
    """What it is, where, and how one joins."""
    event.add("summary", entry.name)
    event.add("status", "CANCELLED" if entry.status == "closed" else "CONFIRMED")
    place = ", ".join(filter(None, (entry.venue, address_of(entry)))) if entry.in_person else ""
    if place:
        event.add("location", place)
    if entry.notes:
        event.add("description", entry.notes)
    if entry.in_person and entry.lat is not None and entry.lon is not None:
        event["geo"] = vGeo((entry.lat, entry.lon))
    if entry.topics:
        event.add("categories", list(entry.topics))
    if link := public_link(entry):
        event.add("conference", vUri(link), parameters={"value": "URI"})
