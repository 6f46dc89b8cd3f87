"""Lists of others become listings: whole real files, and each format's own ways of writing."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from django.conf import settings

from holdspace.directory import formats
from holdspace.directory.entry import Entry, Moved
from holdspace.directory.formats import people, rhythm, types
from holdspace.directory.formats.clock import minutes_from, read_length, read_time
from holdspace.directory.formats.duplicates import Where, find_pairs
from holdspace.directory.formats.places import Address, address_of
from holdspace.directory.formats.reading import read_whole
from holdspace.directory.formats.rows import Refusal, Told
from holdspace.directory.formats.weekdays import DAYS, WRITTEN, read_day, write_day

DATA: Path = settings.BASE / "tests" / "data"
NA = Told("na", "na")


def read(form: str, data: bytes | list[dict[str, object]], told: Told = NA) -> list[Entry | Refusal]:
    """All rows."""
    return list(formats.read(form, data if isinstance(data, bytes) else json.dumps(data).encode(), told))


def entries(form: str, data: bytes | list[dict[str, object]], told: Told = NA) -> list[Entry]:
    """All rows, of which none may be refused."""
    found = read(form, data, told)
    assert [row for row in found if isinstance(row, Refusal)] == []
    return [row for row in found if isinstance(row, Entry)]


def reasons(form: str, data: bytes | list[dict[str, object]], told: Told = NA) -> list[str]:
    """Why rows were refused."""
    return [row.reason for row in read(form, data, told) if isinstance(row, Refusal)]


@pytest.fixture(scope="module")
def na() -> list[Entry]:
    with (DATA / "na-meetings-2672.lgv.json.gz").open("rb") as file:
        return entries("lgv", read_whole(file))


# Weekdays and clocks --------------------------------------------------------------------------------------------------


def test_every_code_of_a_weekday_means_the_day_it_should() -> None:
    sundays = {"meeting-guide": 0, "bmlt": 1, "lgv": 1, "iso": 7, "ical": "SU", "name": "Sunday"}
    assert {code: read_day(code, sunday) for code, sunday in sundays.items()} == dict.fromkeys(WRITTEN, 6)
    for code in WRITTEN:
        assert [read_day(code, write_day(code, day)) for day in DAYS] == list(DAYS)
    # 14 November 2026 is a Saturday.
    assert date(2026, 11, 14).weekday() == read_day("name", "sat.") == read_day("bmlt", "7") == 5


@pytest.mark.parametrize("wrong", [8, -1, "", None, True, "Someday", [], 1.5])
def test_what_is_no_weekday_is_none(wrong: object) -> None:
    assert read_day("bmlt", wrong) is None


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("8:00", "08:00"), ("08:00:00", "08:00"), ("6:00 PM", "18:00"), ("12:00 AM", "00:00"), ("12:00 pm", "12:00"), ("9am", "09:00"),
        ("7.30 p.m.", "19:30"), ("noon", "12:00"), ("24:00", "00:00"), ("14:00 PM", "14:00"), ("19h30", "19:30"),
    ],
)  # fmt: skip
def test_times_of_day_are_read_as_people_write_them(written: str, clock: str) -> None:
    assert f"{read_time(written):%H:%M}" == clock


@pytest.mark.parametrize("written", ["25:00", "8", "", None, "0:60", "13:00 AM", "soon", "24:30", "²:00"])
def test_what_is_no_time_of_day_is_none(written: object) -> None:
    assert read_time(written) is None


def test_an_end_past_midnight_is_on_the_next_day() -> None:
    late, early = read_time("23:30"), read_time("00:30")
    assert late
    assert early
    assert minutes_from(late, early) == 60
    assert read_length("01:30:00") == 90
    assert read_length("00:00:00") is None


# Whole lists ----------------------------------------------------------------------------------------------------------


def test_every_one_of_the_2672_real_meetings_is_read(na: list[Entry]) -> None:
    assert len({entry.key for entry in na}) == len(na) == 2672
    zones = {times.zone for entry in na for times in entry.times}
    assert len(zones) == 10
    assert Counter(len(entry.times) for entry in na) == {1: 2672}
    assert sum(entry.lat is None for entry in na) == 266
    assert sum("long" in entry.remarks for entry in na) == 8


def test_members_names_and_phones_are_held_back_from_the_hand_labelled_rows(na: list[Entry]) -> None:
    labelled = set(json.loads((DATA / "na-people.json").read_text())["held"])
    held = {entry.key for entry in na if entry.held or entry.quarantine}
    assert len(labelled & held) >= 0.95 * len(labelled) > 150
    assert len(held - labelled) <= 10
    shown = "\n".join(f"{entry.notes} {entry.venue_notes} {entry.venue}" for entry in na)
    assert "Sam X." not in shown
    assert not people.reaches_somebody(shown.replace("\n", " / "))


def test_the_known_duplicates_are_found(na: list[Entry]) -> None:
    known: dict[tuple[object, ...], list[str]] = {}
    for entry in na:
        if entry.lat is not None and entry.lon is not None:
            hours = entry.times[0]
            key = (hours.weekday, hours.start, round(entry.lat, 3), round(entry.lon, 3))
            known.setdefault(key, []).append(entry.key)
    pairs = {tuple(keys) for keys in known.values() if len(keys) == 2}
    found = set(find_pairs(_where(na)))
    assert len(pairs) == 35
    assert len(pairs & found) >= 30
    assert len(found - pairs) <= 5


def _where(listed: list[Entry]) -> Iterator[Where]:
    for entry in listed:
        place = None if entry.lat is None or entry.lon is None else (entry.lat, entry.lon)
        for hours in entry.times:
            start = int(hours.start[:2]) * 60 + int(hours.start[3:])
            yield Where(entry.key, hours.weekday or 0, start, place, f"{entry.street} {entry.city}".strip())


def test_two_rooms_across_the_street_and_an_hour_apart_are_no_duplicates() -> None:
    one = Where("a", 0, 600, (60.0, 10.0), "")
    near, far, later = (60.0008, 10.0), (60.0, 10.0025), (60.0, 10.0)
    rows = [one, Where("b", 0, 600, near, ""), Where("c", 0, 600, far, ""), Where("d", 0, 660, later, "")]
    assert list(find_pairs(rows)) == [("a", "b")]
    street = [Where("a", 1, 0, None, "12 North Main Street, X"), Where("b", 1, 0, None, "12 n. main st x")]
    assert list(find_pairs(street)) == [("a", "b")]


def test_wording_about_weeks_is_recognised_in_the_real_notes(na: list[Entry]) -> None:
    assert sum("weeks" in entry.remarks for entry in na) >= 120
    rules = {entry.times[0].rule_text for entry in na if entry.times[0].rule_text}
    assert {"Meets 3rd Sunday", "Only Meets on 2nd & 4th Saturdays", "Last Sunday of month only"} <= rules
    assert not any("floor" in rule.lower() for rule in rules)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Meets 1st Sunday", "rule"), ("Every other Thursday", "rule"), ("WOMEN ONLY - Meets 1st Sunday every month", "rule"),
        ("Speaker on last Wednesday of the month", "note"), ("1st and 3rd Lit. study", "note"), ("Alternating Beginner/Step", "note"),
        ("2nd floor, first door on the left", None), ("First 3 Steps Meeting", None), ("Last house on the street", None),
    ],
)  # fmt: skip
def test_a_rule_is_told_from_a_note_and_from_a_floor(words: str, kind: str | None) -> None:
    assert rhythm.wording(words) == kind


@pytest.mark.parametrize(
    "words",
    [
        "Contact Mary at 07700 900123", "Llame a Juan 555 123 4567", "+44 7700 900123", "Bob S 07700 900 123", "Call Sue", "Chair: Anne M.",
        "ask for Dave", "For info: jane@example.org", "Anna-Lena P. 0171-5551234", "call 555-0142", "(480)917-4547",
    ],
)  # fmt: skip
def test_words_that_lead_to_a_member_are_noticed(words: str) -> None:
    assert people.names_somebody(words)


@pytest.mark.parametrize(
    "words",
    [
        "Room C. upstairs", "contact the office", "call ahead", "Zoom ID: 819 2233 4455 passcode 123456", "Meets 2019-2020 only",
        "https://zoom.example/j/63592920304?pwd=1234567890123", "See Facebook page", "Btwn E 210th St & Dekalb Ave", "Steps 1,2,3",
    ],
)  # fmt: skip
def test_rooms_codes_and_streets_are_no_members(words: str) -> None:
    assert not people.names_somebody(words)


def test_a_group_named_after_a_number_is_not_shown_at_all() -> None:
    (entry,) = entries("meeting-guide", [{"name": "Call Bob 555-123-4567", "slug": "x"}])
    assert entry.quarantine == ("name",)


# Meeting Guide --------------------------------------------------------------------------------------------------------


def test_a_real_feed_with_types_as_words_and_no_zone_is_read() -> None:
    found = entries("meeting-guide", (DATA / "alpena-46.json").read_bytes(), Told("alpena", "aa"))
    assert len(found) == 46
    assert found[2].openness == "members"
    assert "men" in found[2].topics
    assert found[0].times[0].zone == "America/Detroit"
    assert {entry.remarks for entry in found} == {("zone",)}
    assert found[0].times[0].start == "10:30"


def test_several_days_are_one_listing_with_several_hours() -> None:
    row: dict[str, object] = {
        "name": "A",
        "slug": "a",
        "day": [1, "3", 1],
        "time": "8:00",
        "end_time": "9:15",
        "timezone": "Europe/Berlin",
    }
    (entry,) = entries("meeting-guide", [row])
    assert [(hours.weekday, hours.start, hours.minutes) for hours in entry.times] == [
        (0, "08:00", 75),
        (2, "08:00", 75),
    ]


def test_each_wrong_row_says_why_and_the_others_are_read() -> None:
    good = {"name": "A", "slug": "a", "day": 1, "time": "8:00", "timezone": "Europe/Berlin"}
    wrong = [
        good | {"day": 9},
        good | {"time": "late"},
        good | {"time": None},
        good | {"day": None},
        good | {"name": " "},
        good | {"timezone": "x"},
    ]
    found = read("meeting-guide", [good, *wrong, "?"])  # type: ignore[list-item]
    assert len(found) == 8
    assert isinstance(found[0], Entry)
    refusals = [row for row in found if isinstance(row, Refusal)]
    assert [row.row for row in refusals] == list(range(2, 9))
    assert [row.reason for row in refusals] == [
        "Its day is none of the seven of a week.",
        "“late” is no time of day.",
        "It has a day and no time.",
        "It has a time and no day of the week.",
        "It has no name.",
        "It names no time zone we know and has no place to take one from. Say which zone this list is in.",
        "This row is no record with fields.",
    ]


def test_the_same_code_means_what_its_program_means() -> None:
    assert types.read_types(["Y"], "al-anon").words == ("alateen",)
    assert types.read_types(["Y"], "aa").topics == ("young",)
    assert types.read_types(["SP"], "aca").languages == ("es",)
    assert types.read_types(["SP"], "aa").structure == "speaker"
    assert types.read_types(["O", "X"], "sg") == types.Meaning()
    assert types.read_types(["O", "C", "X", "S", "ONL", "TC"], "aa") == types.Meaning(
        openness="members", languages=("es",), access=("step_free",), online=True, closed=True
    )


def test_who_is_online_and_who_is_closed_for_now() -> None:
    base: dict[str, object] = {
        "name": "A",
        "slug": "",
        "day": 1,
        "time": "8:00",
        "timezone": "UTC",
        "formatted_address": "1 Main St, Reno, NV 89501, USA",
    }
    link = {"conference_url": "https://meet.example.org/a"}
    told = Told("x", "aa")
    here, both, online, shut = entries(
        "meeting-guide",
        [
            base,
            base | link | {"name": "B"},
            base | link | {"types": ["TC"], "name": "C"},
            base | {"types": ["TC"], "name": "D"},
        ],
        told,
    )
    assert [(row.in_person, row.online, row.status) for row in (here, both, online, shut)] == [
        (True, False, "active"), (True, True, "active"), (False, True, "active"), (False, False, "paused"),
    ]  # fmt: skip
    assert (here.street, here.city, here.region, here.postal_code, here.country) == (
        "1 Main St",
        "Reno",
        "NV",
        "89501",
        "US",
    )


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        (
            "2634 Union Ave, San Jose, CA 95124, USA",
            Address("2634 Union Ave", "San Jose", "CA", "95124", "US"),
        ),
        ("100 Main St, Tupelo, MS", Address("100 Main St", "Tupelo", "MS")),
        ("Berlin, Germany", Address("", "Berlin", "", "", "DE")),
        ("36 New Mount Street, Manchester", Address("36 New Mount Street", "Manchester")),
        (
            "519 Church St, Toronto, ON M4Y 2C9, Canada",
            Address("519 Church St", "Toronto", "ON", "M4Y 2C9", "CA"),
        ),
        ("", Address()),
    ],
)
def test_an_address_on_one_line_is_taken_apart(written: str, parts: Address) -> None:
    assert address_of(written) == parts


# BMLT and CSV ---------------------------------------------------------------------------------------------------------


def test_a_bmlt_answer_is_read_and_sunday_is_its_first_day() -> None:
    raw = json.loads((DATA / "new-york-60.bmlt.json").read_text())
    found = entries("bmlt", raw)
    assert len(found) == 60
    assert found[0].times[0].weekday == (int(raw[0]["weekday_tinyint"]) - 2) % 7
    assert not any(entry.held for entry in found)
    assert Counter(entry.openness for entry in found)["open"] > 20


def test_a_bmlt_server_may_name_its_own_formats() -> None:
    row = {
        "id_bigint": "7", "meeting_name": "A", "weekday_tinyint": "1", "start_time": "19:00:00", "duration_time": "01:15:00", "venue_type": "3",
        "time_zone": "Europe/Rome", "formats": "ZZ,WC", "virtual_meeting_link": "https://meet.example.org/b", "bus_lines": "12", "published": "1",
    }  # fmt: skip
    whole = {
        "meetings": [row, row | {"published": "0", "id_bigint": "8"}],
        "formats": [{"key_string": "ZZ", "name_string": "Closed", "lang": "en"}],
    }
    entry, refused = read("bmlt", json.dumps(whole).encode())
    assert isinstance(entry, Entry)
    assert (entry.openness, entry.in_person, entry.online, entry.access) == (
        "members",
        True,
        True,
        ("step_free",),
    )
    assert (entry.times[0].weekday, entry.times[0].minutes, entry.venue_notes) == (6, 75, "Bus: 12")
    assert entry.link_private
    assert refused == Refusal(2, "8", "The list says that it is not published.")


def test_a_table_of_volunteers_is_read_with_its_own_names_for_days_and_types() -> None:
    table = (
        "Day;Start Time;End Time;Meeting Name;Address;Types;Notes;Timezone\r\n"
        'Monday;6:00 PM;19:30;Évening;"1 Rue Haute, Lyon, France";"Open, Wheelchair Access, Discussion";<b>Door</b> at the back;Europe/Paris\r\n'
        "\r\n"
        "Tues & Thu;9am;;Morning;;;;Europe/Paris\r\n"
        "Nonday;9am;;Wrong;;;;Europe/Paris\r\n"
    ).encode("cp1252")
    evening, morning, wrong = read("csv", table, Told("lyon", "aa"))
    assert isinstance(evening, Entry)
    assert isinstance(morning, Entry)
    assert (evening.name, evening.city, evening.country, evening.openness) == (
        "Évening",
        "Lyon",
        "FR",
        "open",
    )
    assert (evening.access, evening.structure, evening.times[0].minutes) == (("step_free",), "topic", 90)
    assert evening.notes.startswith("Door at the back")
    assert [hours.weekday for hours in morning.times] == [1, 3]
    assert wrong == Refusal(5, "", "Its day is none of the seven of a week.")
    assert evening.key == read("csv", table, Told("lyon", "aa"))[0].key


# HSDS and iCalendar ---------------------------------------------------------------------------------------------------


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
