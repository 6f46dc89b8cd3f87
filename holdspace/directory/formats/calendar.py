"""iCalendar (RFC 5545): each event that recurs is a listing, with its exceptions and the dates that were moved.

A calendar is cut into its events before any is parsed: a broken one costs itself, and nothing is ever expanded.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Component, Event
from icalendar.error import BrokenCalendarProperty

from holdspace.directory.entry import Entry
from holdspace.directory.formats import recurrence, rows
from holdspace.directory.formats.clock import fitting
from holdspace.directory.formats.places import address_of
from holdspace.directory.formats.reading import MOST_BYTES_OF_A_ROW, MOST_ROWS, Unreadable, text_of
from holdspace.directory.formats.recurrence import Rule, read_days
from holdspace.directory.formats.rows import Draft, Refusal, Row, Told, Unfit
from holdspace.directory.formats.weekdays import read_day
from holdspace.directory.formats.words import line
from holdspace.directory.formats.zones import known_zone
from holdspace.meetings.times import Moved, Times

_EVENT = re.compile(r"^BEGIN:VEVENT[^\S\n]*\n(.*?)^END:VEVENT[^\S\n]*$", re.M | re.S | re.I)
_ZONE = re.compile(r"^X-WR-TIMEZONE(?:;[^:\n]*)?:(.*)$", re.M | re.I)
_UID = re.compile(r"^UID(?:;[^:\n]*)?:(.*(?:\n[ \t].*)*)", re.M | re.I)
_MOVED = re.compile(r"^RECURRENCE-ID[;:]", re.M | re.I)
_KNOWN = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYSETPOS", "COUNT", "UNTIL", "WKST"}


def read(data: bytes, told: Told) -> Iterator[Entry | Refusal]:
    """Each event, with what was moved or called off put into it."""
    text = text_of(data)[0].replace("\r\n", "\n").replace("\r", "\n").replace("\0", " ")
    if not re.match(r"\s*BEGIN:VCALENDAR", text, re.I):
        raise Unreadable("This is no calendar. Nothing was read.")
    zone = _ZONE.search(text)
    told = replace(told, zone=(known_zone(zone[1]) if zone else "") or told.zone)
    events, changes = _cut(text)
    opened = ((number, _opened(event) or _TOO_LARGE) for number, event in events)
    return rows.each(
        opened, lambda row: _whole_entry(row["event"], changes, told), lambda row: _uid(row["event"])
    )


_TOO_LARGE = "This event is far too large."


def _cut(text: str) -> tuple[list[tuple[int, str]], dict[str, list[str]]]:
    """Events with their number, and the changed dates of each by its UID."""
    events: list[tuple[int, str]] = []
    changes: dict[str, list[str]] = defaultdict(list)
    for number, found in enumerate(_EVENT.finditer(text), 1):
        if number > MOST_ROWS:
            raise Unreadable(f"This calendar has more than {MOST_ROWS:,} events. Nothing was read.")
        uid = _UID.search(found[1])
        if _MOVED.search(found[1]) and uid:
            changes[re.sub(r"\n[ \t]", "", uid[1]).strip()].append(found[1])
        else:
            events.append((number, found[1]))
    return events, changes


def _opened(event: str) -> Row | None:
    if len(event) > MOST_BYTES_OF_A_ROW:
        return None
    return {"event": _parsed(event)}


def _parsed(event: str) -> Component | None:
    try:
        return Event.from_ical(f"BEGIN:VEVENT\n{event}END:VEVENT\n")
    except (ValueError, IndexError, KeyError, TypeError, RecursionError):
        return None


def _uid(event: Component | None) -> str:
    return line(event.get("UID")) if event is not None else ""


def _whole_entry(event: Component | None, changes: dict[str, list[str]], told: Told) -> Entry:
    try:
        return _entry(event, changes, told)
    except BrokenCalendarProperty:
        raise Unfit("A part of it is not written as calendars write it.") from None


def _entry(event: Component | None, changes: dict[str, list[str]], told: Told) -> Entry:
    if event is None:
        raise Unfit("It can't be read as an event.")
    name, place = line(event.get("SUMMARY")), line(event.get("LOCATION"), 300)
    start = _start(event)
    uid = str(event.get("UID") or "")
    key = uid if 0 < len(uid) <= 200 else rows.own_key(name, uid, start, place)
    draft = rows.begin(told, key, name)
    _put_place(draft, event, place)
    zone = _zone(draft, event, start, told)
    rows.put(draft, times=_times(draft, event, _local(start, zone), zone, changes.get(uid.strip(), ())))
    rows.put(
        draft,
        formats=_categories(event),
        status="closed" if line(event.get("STATUS")).upper() == "CANCELLED" else "active",
        updated=_updated(event),
    )
    draft.notes.append(str(event.get("DESCRIPTION") or ""))
    return rows.finish(draft)


def _start(event: Component) -> datetime:
    found = _value(event, "DTSTART")
    if not isinstance(found, datetime):
        raise Unfit(
            "It lasts the whole day and has no time." if isinstance(found, date) else "It has no start."
        )
    return found


def _value(event: Component, name: str) -> Any:
    found = event.get(name)
    return getattr(found, "dt", None)


def _put_place(draft: Draft, event: Component, place: str) -> None:
    link = rows.address_of_web(place) or rows.address_of_web(event.get("CONFERENCE"))
    address = address_of("" if rows.address_of_web(place) else place)
    rows.put(
        draft,
        online=bool(link),
        in_person=bool(place and not rows.address_of_web(place)),
        link=link,
        website=rows.address_of_web(event.get("URL")),
        street=address.street,
        city=address.city,
        region=address.region,
        postal_code=address.postal_code,
        country=address.country,
    )
    geo = event.get("GEO")
    if geo is not None:
        rows.put_place(draft, getattr(geo, "latitude", ""), getattr(geo, "longitude", ""))


def _zone(draft: Draft, event: Component, start: datetime, told: Told) -> str:
    """The zone it names; of a moment in UTC that does not recur, the calendar's."""
    written = str(event["DTSTART"].params.get("TZID", ""))
    if not written and start.tzinfo is not None:
        return "UTC" if event.get("RRULE") or not told.zone else told.zone
    return rows.zone_for(draft, told, written)


def _local(moment: datetime, zone: str) -> datetime:
    """Wall time in the zone. What names a zone is already that; only UTC is turned."""
    if (
        moment.tzinfo is not None
        and moment.utcoffset() == timedelta()
        and str(moment.tzinfo).upper() in ("UTC", "Z")
    ):
        moment = moment.astimezone(ZoneInfo(zone))
    return moment.replace(tzinfo=None)


def _times(
    draft: Draft, event: Component, start: datetime, zone: str, changes: list[str] | tuple[()]
) -> tuple[Times, ...]:
    line_of_hours = Times(zone=zone, start=f"{start:%H:%M}", minutes=_minutes(event))
    extra, without = _days(event, "RDATE", zone), set(_days(event, "EXDATE", zone))
    moved = []
    for change in (found for text in changes if (found := _parsed(text)) is not None):
        was, now = _value(change, "RECURRENCE-ID"), _value(change, "DTSTART")
        if not isinstance(was, datetime) or not isinstance(now, datetime):
            continue
        if line(change.get("STATUS")).upper() == "CANCELLED":
            without.add(_local(was, zone).date())
        else:
            moved.append(Moved(_local(was, zone).date(), _local(now, zone), _minutes(change)))
    line_of_hours = replace(
        line_of_hours, extra=tuple(extra), without=tuple(sorted(without)), moved=tuple(moved)
    )
    return _by_rule(draft, event, line_of_hours, start)


def _by_rule(draft: Draft, event: Component, hours: Times, start: datetime) -> tuple[Times, ...]:
    written = event.get("RRULE")
    if isinstance(written, list):
        written = written[0] if len(written) == 1 else {"FREQ": ["?"]}
    rule = _rule(written, hours.zone) if written else None
    found = recurrence.times_of(hours, start.date(), rule)
    if found is None:
        draft.remarks.add("rule")
        words = written.to_ical().decode() if hasattr(written, "to_ical") else "several rules at once"
        found = (replace(hours, every="once", day=start.date(), rule_text=f"Repeats by {line(words)}"),)
    # What is added or moved belongs to one line; on two it would be held twice.
    return (found[0], *(replace(one, extra=(), moved=_of_day(one)) for one in found[1:])) if found else ()


def _of_day(hours: Times) -> tuple[Moved, ...]:
    return tuple(one for one in hours.moved if one.day.weekday() == hours.weekday)


def _rule(written: Any, zone: str) -> Rule:
    parts = {
        str(name).upper(): value if isinstance(value, list) else [value] for name, value in written.items()
    }
    days = read_days(parts.get("BYDAY", ()))
    until = next(iter(parts.get("UNTIL", ())), None)
    if isinstance(until, datetime):
        until = _local(until, zone).date()
    return Rule(
        frequency=str(parts.get("FREQ", [""])[0]),
        interval=_whole(parts.get("INTERVAL", [1])[0]) or 1,
        days=days or (),
        monthdays=tuple(_whole(day) for day in parts.get("BYMONTHDAY", ())),
        positions=tuple(_whole(place) for place in parts.get("BYSETPOS", ())),
        count=_whole(parts["COUNT"][0]) if "COUNT" in parts else None,
        until=until,
        week_start=read_day("ical", parts.get("WKST", ["MO"])[0]) or 0,
        odd=days is None or not set(parts) <= _KNOWN,
    )


def _whole(value: Any) -> int:
    return int(value) if str(value).lstrip("+-").isdigit() and len(str(value)) < 6 else 0


def _days(event: Component, name: str, zone: str) -> list[date]:
    found = event.get(name, [])
    many = found if isinstance(found, list) else [found]
    values = (one.dt for part in many for one in getattr(part, "dts", ()))
    return sorted(
        {
            _local(day, zone).date() if isinstance(day, datetime) else day
            for day in values
            if isinstance(day, date)
        }
    )


def _minutes(event: Component) -> int:
    start, end, length = _value(event, "DTSTART"), _value(event, "DTEND"), _value(event, "DURATION")
    if not isinstance(length, timedelta):
        both = isinstance(start, datetime) and isinstance(end, datetime)
        length = (
            end.replace(tzinfo=None) - start.replace(tzinfo=None) if both else timedelta(minutes=rows.USUAL)
        )
    minutes = fitting(length.total_seconds() / 60)
    if minutes is None:
        raise Unfit("It lasts longer than a day, or not at all.")
    return minutes


def _categories(event: Component) -> tuple[str, ...]:
    found = event.get("CATEGORIES", [])
    many = found if isinstance(found, list) else [found]
    return tuple(line(word, 60) for part in many for word in getattr(part, "cats", ()))[:60]


def _updated(event: Component) -> datetime | None:
    found = _value(event, "LAST-MODIFIED")
    return found.astimezone(UTC) if isinstance(found, datetime) and found.tzinfo else None
