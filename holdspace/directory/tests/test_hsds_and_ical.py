"""HSDS services, and calendars."""

import json
from datetime import date, datetime

from holdspace.directory.entry import Entry
from holdspace.directory.tests.lists import entries, read, reasons
from holdspace.meetings.times import Moved


def test_an_hsds_service_has_its_place_and_hours() -> None:
    service = {
        "id": "s", "name": "Grief group", "status": "active", "description": "We meet.", "organization": {"name": "Host"},
        "languages": [{"name": "Urdu", "code": "ur"}], "contacts": [{"name": "Ann Persona"}],
        "service_at_locations": [{
            "id": "p",
            "location": {"name": "Hall", "location_type": "physical", "latitude": 51.5, "longitude": -0.1, "addresses": [{"address_1": "1 High St", "city": "London", "country": "GB"}]},
            "schedules": [{"freq": "MONTHLY", "byday": "2TU,-1TU", "dtstart": "2026-01-13", "opens_at": "19:00", "closes_at": "20:30", "timezone": 0}],
        }],
    }  # fmt: skip
    for written in (service, [service], {"contents": [service], "total_pages": 1}):
        (entry,) = entries("hsds", json.dumps(written).encode())
        hours = entry.times[0]
        assert (hours.every, hours.nth, hours.weekday, hours.minutes, hours.zone) == (
            "nth",
            (-1, 2),
            1,
            90,
            "Europe/London",
        )
        assert (entry.venue, entry.street, entry.host, entry.languages) == (
            "Hall",
            "1 High St",
            "Host",
            ("ur",),
        )
        assert "Persona" not in repr(entry)


ICS = """BEGIN:VCALENDAR
X-WR-TIMEZONE:Europe/London
BEGIN:VEVENT
UID:weekly
DTSTART;TZID=America/New_York:20260106T190000
DURATION:PT1H30M
RRULE:FREQ=WEEKLY;UNTIL=20261231T235900Z
EXDATE;TZID=America/New_York:20260113T190000
SUMMARY:Weekly
ATTENDEE;CN=Bob:mailto:bob@example.org
END:VEVENT
BEGIN:VEVENT
UID:weekly
RECURRENCE-ID;TZID=America/New_York:20260120T190000
DTSTART;TZID=America/New_York:20260121T200000
DURATION:PT2H
SUMMARY:Weekly
END:VEVENT
BEGIN:VEVENT
UID:second
DTSTART;TZID=America/New_York:20260113T233000
DTEND;TZID=America/New_York:20260114T003000
RRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2
SUMMARY:Late
END:VEVENT
BEGIN:VEVENT
UID:both
DTSTART;TZID=W. Europe Standard Time:20260105T180000
RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;WKST=SU;COUNT=5
SUMMARY:Fortnight
END:VEVENT
BEGIN:VEVENT
UID:once
DTSTART:20260705T180000Z
SUMMARY:Once
LOCATION:https://meet.example.org/x
END:VEVENT
BEGIN:VEVENT
UID:day
DTSTART;VALUE=DATE:20260105
SUMMARY:All day
END:VEVENT
BEGIN:VEVENT
UID:odd
DTSTART;TZID=Europe/Berlin:20260105T180000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=SU
SUMMARY:Odd
END:VEVENT
BEGIN:VEVENT
nonsense
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()


def test_a_calendar_is_read_with_what_was_moved_and_left_out() -> None:
    found = {row.key: row for row in read("ical", ICS) if isinstance(row, Entry)}
    weekly, second, once = found["weekly"].times[0], found["second"].times[0], found["once"].times[0]
    assert (weekly.zone, weekly.start, weekly.minutes, weekly.weekday) == ("America/New_York", "19:00", 90, 1)
    assert (weekly.without, weekly.valid_to) == ((date(2026, 1, 13),), date(2026, 12, 31))
    assert weekly.moved == (Moved(date(2026, 1, 20), datetime(2026, 1, 21, 20), 120),)  # noqa: DTZ001
    assert (second.every, second.nth, second.minutes) == ("nth", (2,), 60)
    assert (once.every, once.start, once.zone) == ("once", "19:00", "Europe/London")
    assert (found["once"].link, found["once"].online) == ("https://meet.example.org/x", True)
    assert "bob" not in repr(found)


def test_every_second_week_is_counted_from_the_day_a_week_begins_on() -> None:
    found = {row.key: row for row in read("ical", ICS) if isinstance(row, Entry)}
    monday, thursday = found["both"].times
    assert (monday.anchor, thursday.anchor, monday.interval) == (date(2026, 1, 5), date(2026, 1, 8), 2)
    assert monday.valid_to == thursday.valid_to == date(2026, 2, 2)


def test_a_rule_we_have_no_field_for_is_kept_in_words_for_a_person() -> None:
    odd = next(row for row in read("ical", ICS) if isinstance(row, Entry) and row.key == "odd")
    assert odd.remarks == ("rule",)
    assert odd.times[0].rule_text == "Repeats by FREQ=YEARLY;BYDAY=SU;BYMONTH=3"
    assert reasons("ical", ICS) == ["It lasts the whole day and has no time.", "It has no start."]
