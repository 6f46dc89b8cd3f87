"""iCalendar (RFC 5545, 7986): a listing as events that recur, with their exceptions, for a calendar to subscribe to.

Each event has a stable UID and its VTIMEZONE goes with it: one common library takes times for floating where it is missing. Names of a
members' calendar are never in here; these are public listings.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vGeo, vRecur, vUri

from holdspace.directory.entry import Entry
from holdspace.directory.formats.weekdays import write_day
from holdspace.directory.publishing.saying import address_of, public_link
from holdspace.meetings.occurrence import upcoming
from holdspace.meetings.times import Moved, Times

_REFRESH = timedelta(hours=12)


def calendar_of(name: str, listed: Iterable[tuple[Entry, str]], now: datetime) -> bytes:
    """A calendar of listings, each with the address of its page."""
    calendar = Calendar()
    calendar.add("prodid", "-//Holdspace//Directory//EN")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _REFRESH, parameters={"value": "DURATION"})
    for entry, page in listed:
        for number, times in enumerate(entry.times):
            for event in _events(entry, times, _uid(page, number), now):
                event.add("url", page)
                calendar.add_component(event)
    if calendar.subcomponents:
        calendar.add_missing_timezones(
            first_date=date(2020, 1, 1), last_date=now.date() + timedelta(days=3653)
        )
    return bytes(calendar.to_ical())


def _uid(page: str, number: int) -> str:
    return f"{blake2b(page.encode(), digest_size=12).hexdigest()}-{number}@holdspace"


def _events(entry: Entry, times: Times, uid: str, now: datetime) -> Iterator[Event]:
    first = _first(times, now)
    if first is None:
        return
    event = _event(entry, uid, first, times.minutes, now)
    rule = _rule(times)
    if rule:
        event.add("rrule", rule)
    zone = ZoneInfo(times.zone)
    wall = time.fromisoformat(times.start)
    extra = [day for day in times.extra if day != first.date()]
    if extra:
        event.add("rdate", [datetime.combine(day, wall, zone) for day in extra])
    without = sorted({*times.without, *_paused(times, first.date(), now.date())})
    if without:
        event.add("exdate", [datetime.combine(day, wall, zone) for day in without])
    yield event
    for moved in times.moved:
        yield _moved(entry, uid, times, moved, now)


def _first(times: Times, now: datetime) -> datetime | None:
    """The first date of the rule: where it begins, else in this year, so that it stays the same from one reading to the next."""
    begin = times.valid_from or times.anchor or date(now.year, 1, 1)
    start = datetime.combine(begin, time(), ZoneInfo(times.zone)).astimezone(UTC)
    found = upcoming(_bare(times), start)
    return found.wall.replace(tzinfo=ZoneInfo(times.zone)) if found else None


def _bare(times: Times) -> Times:
    """The rule alone: what is left out or moved is said beside it."""
    return Times(
        zone=times.zone, start=times.start, minutes=1, every=times.every, weekday=times.weekday, interval=times.interval,
        anchor=times.anchor, nth=times.nth, monthdays=times.monthdays, day=times.day,
        extra=times.extra if times.every == "dates" else (), valid_from=times.valid_from, valid_to=times.valid_to,
    )  # fmt: skip


def _event(entry: Entry, uid: str, start: datetime, minutes: int, now: datetime) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", entry.name)
    event.add("dtstart", start)
    event.add("duration", timedelta(minutes=minutes))
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
    return event


def _moved(entry: Entry, uid: str, times: Times, moved: Moved, now: datetime) -> Event:
    zone = ZoneInfo(times.zone)
    event = _event(entry, uid, moved.to.replace(tzinfo=zone), moved.minutes or times.minutes, now)
    event.add("recurrence-id", datetime.combine(moved.day, time.fromisoformat(times.start), zone))
    return event


def _rule(times: Times) -> vRecur | None:
    if times.every in ("once", "dates"):
        return None
    parts: dict[str, object] = {
        "freq": "WEEKLY" if times.every == "week" else "MONTHLY",
        "interval": times.interval,
    }
    if times.weekday is not None:
        day = write_day("ical", times.weekday)
        parts["byday"] = [day] if times.every == "week" else [f"{number}{day}" for number in times.nth]
    if times.monthdays:
        parts["bymonthday"] = list(times.monthdays)
    if times.valid_to:
        last = datetime.combine(times.valid_to, time(23, 59, 59), ZoneInfo(times.zone))
        parts["until"] = last.astimezone(UTC)  # UTC, since DTSTART has a zone
    return vRecur(parts)


def _paused(times: Times, first: date, today: date) -> Iterator[date]:
    """The days of a pause, up to a year ahead: a calendar knows no pause, only days left out."""
    for pause in times.pauses:
        day = max(pause.first, first)
        last = min(pause.last or date.max, today + timedelta(days=366))
        while day <= last:
            yield day
            day += timedelta(days=1)
