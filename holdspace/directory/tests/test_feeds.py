"""The lists others read: what stands in them, what never does, and that they come back as they went."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import recurring_ical_events
from django.test import Client
from icalendar import Calendar

from holdspace.directory import formats
from holdspace.directory.actions.imports import take
from holdspace.directory.entry import Entry
from holdspace.directory.formats.rows import Told
from holdspace.directory.models import Listing
from holdspace.directory.publishing import calendar, hsds, meeting_guide, schema
from holdspace.meetings.occurrence import between
from holdspace.meetings.times import Moved, Times

pytestmark = pytest.mark.django_db

WEEKLY = Times("Europe/Berlin", "23:30", 60, weekday=0)
SECOND = Times("America/New_York", "19:00", 90, every="nth", weekday=1, nth=(2,))
HALL = Entry(
    "here", "hall", "Grief at the hall", notes="We meet. <b>Come</b>", host="A charity", topics=("grief",), languages=("es",), in_person=True,
    venue="Hall", street="1 High St", city="Berlin", country="DE", lat=52.5, lon=13.4, access=("step_free",), openness="open",
    times=(WEEKLY, Times("Europe/Berlin", "08:00", 60, weekday=3)), updated=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
)  # fmt: skip
ROOM = Entry(
    "here", "room", "Room behind a door", online=True, link="https://meet.example.org/secret", openness="members", times=(SECOND,)
)  # fmt: skip
LINKED = Entry(
    "there", "linked", "Open room", online=True, link="https://zoom.us/j/1", link_private=False, times=(Times("Asia/Kathmandu", "07:00", 45, weekday=6),)
)  # fmt: skip
NAMED = Entry("there", "named", "Call Bob", quarantine=("name",), in_person=True, times=(WEEKLY,))


@pytest.fixture
def listed() -> None:
    take("here", [HALL, ROOM])
    take("there", [LINKED, NAMED])


def read(path: str) -> Any:
    """An answer in JSON, asked for by nobody in particular."""
    answer = Client().get(path)
    assert answer.status_code == 200
    assert not answer.cookies
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return json.loads(b"".join(answer.streaming_content) if answer.streaming else answer.content)  # type: ignore[attr-defined]


FEEDS = [
    "/feeds/meeting-guide.json",
    "/client_interface/json/?switcher=GetSearchResults",
    "/hsds/services",
    "/find.ics",
]


@pytest.mark.parametrize("path", FEEDS)
def test_a_private_link_and_what_is_held_back_are_in_no_list(listed: None, path: str) -> None:
    answer = Client().get(path)
    words = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    assert b"secret" not in words
    assert b"Bob" not in words
    assert b"Open room" in words


def test_a_row_for_each_day_with_a_zone_and_an_address_on_every_one(listed: None) -> None:
    rows = read("/feeds/meeting-guide.json")
    assert len({row["slug"] for row in rows}) == len(rows) == 4
    assert all(len(row["slug"]) <= 64 and row["timezone"] and row["formatted_address"] for row in rows)
    assert all(isinstance(row.get("day", 0), int) and isinstance(row["types"], list) for row in rows)
    monday, thursday = (row for row in rows if row["name"] == HALL.name)
    assert (monday["day"], monday["time"], monday["end_time"], thursday["day"]) == (1, "23:30", "00:30", 4)
    assert (monday["types"], monday["approximate"]) == (["S", "O", "X"], "no")
    assert (monday["regions"], monday["region"], monday["sub_region"]) == (["DE", "Berlin"], "DE", "Berlin")
    assert monday["updated"] == "2026-01-02 03:04:05"
    assert monday["url"].startswith("http://testserver/find/grief-at-the-hall-")


def test_what_is_not_every_week_has_no_day_but_says_its_rhythm(listed: None) -> None:
    (row,) = (row for row in read("/feeds/meeting-guide.json") if row["name"] == ROOM.name)
    assert "day" not in row
    assert "time" not in row
    assert row["notes"] == "The second Tuesday of the month, 19:00."
    assert (row["formatted_address"], row["approximate"]) == ("New York", "yes")


def test_a_feed_comes_back_as_it_went(listed: None) -> None:
    answer = Client().get("/feeds/meeting-guide.json?source=there")
    (entry,) = formats.read("meeting-guide", b"".join(answer.streaming_content), Told("again", "aa"))  # type: ignore[attr-defined]
    assert isinstance(entry, Entry)
    assert entry.times == LINKED.times
    assert (entry.name, entry.online, entry.in_person, entry.link) == (LINKED.name, True, False, LINKED.link)


def test_nothing_listed_is_an_empty_list() -> None:
    assert read("/feeds/meeting-guide.json") == []
    assert read("/client_interface/json/?switcher=GetSearchResults") == []
    assert read("/hsds/services")["empty"]


def test_a_long_name_keeps_the_end_that_makes_it_unique() -> None:
    (row, *_) = meeting_guide.rows_of(HALL, "x" * 60 + "-0123456789", "https://h.example/")
    assert len(row["slug"]) == 64
    assert row["slug"].endswith("-0123456789-1-0")


# BMLT -----------------------------------------------------------------------------------------------------------------


def names(query: str) -> list[str]:
    """The meetings a question finds."""
    return [row["meeting_name"] for row in read(f"/client_interface/json/?switcher=GetSearchResults&{query}")]


def test_bmlt_clients_ask_by_day_place_kind_and_words(listed: None) -> None:
    assert names("") == ["Open room", HALL.name, HALL.name]
    assert names("weekdays[]=2&weekdays[]=5") == [HALL.name, HALL.name]
    assert names("weekdays=-1") == [HALL.name, HALL.name]
    assert names("venue_types=2") == ["Open room"]
    assert names("formats[]=1&formats[]=3") == [HALL.name, HALL.name]
    assert names("formats[]=1&formats[]=4&formats_comparison_operator=OR") == [
        "Open room",
        HALL.name,
        HALL.name,
    ]
    assert names("formats=-1") == ["Open room"]
    assert names("StartsAfterH=20") == [HALL.name]
    assert names("StartsBeforeH=7&StartsBeforeM=30") == ["Open room"]
    assert names("SearchString=hall") == [HALL.name, HALL.name]
    assert names("lat_val=52.6&long_val=13.4&geo_width_km=20") == [HALL.name, HALL.name]
    assert names("lat_val=52.6&long_val=13.4&geo_width=-1") == [HALL.name]
    assert names("lat_val=x&geo_width_km=x") == names("")
    assert names("page_size=2&page_num=2") == [HALL.name]
    assert names("meeting_key=location_municipality&meeting_key_value=berlin") == [HALL.name, HALL.name]


def test_bmlt_rows_hold_what_the_aggregator_checks(listed: None) -> None:
    whole = read("/client_interface/json/?switcher=GetSearchResults&get_used_formats")
    bodies = {row["id"]: row for row in read("/client_interface/json/?switcher=GetServiceBodies")}
    known = {row["id"] for row in read("/client_interface/json/?switcher=GetFormats")}
    assert {"id", "parent_id", "name", "description"} <= set(next(iter(bodies.values())))
    assert read("/client_interface/json/?switcher=GetServerInfo")[0]["version"]
    for row in whole["meetings"]:
        assert all(isinstance(value, str) for value in row.values())
        assert row["service_body_bigint"] in bodies
        assert set(filter(None, row["format_shared_id_list"].split(","))) <= known
        assert row["duration_time"] in ("01:00:00", "00:45:00")
    assert {row["key_string"] for row in whole["formats"]} == {"O", "WC", "ES", "VM"}
    keys = read("/client_interface/json/?switcher=GetFormats&key_strings[]=TC&key_strings[]=HY")
    assert [row["key_string"] for row in keys] == ["HY", "TC"]


def test_jsonp_calls_a_function_and_nothing_else(listed: None) -> None:
    answer = Client().get("/client_interface/jsonp/?switcher=GetSearchResults&callback=jsonp_1")
    words = answer.content.decode()
    assert words.startswith("/**/jsonp_1([")
    assert words.endswith("]);")
    assert "<b>" not in words
    assert answer.headers["Content-Type"] == "text/javascript"
    for bad in ("", "alert(1)//", "a b", "x" * 200):
        assert (
            Client().get("/client_interface/jsonp/", {"switcher": "GetFormats", "callback": bad}).status_code
            == 400
        )
    assert Client().get("/client_interface/json/?switcher=GetEverything").status_code == 400
    assert Client().post("/client_interface/json/?switcher=GetFormats").status_code == 405


# HSDS, schema.org -----------------------------------------------------------------------------------------------------


def test_hsds_has_pages_of_services_and_each_alone(listed: None) -> None:
    page = read("/hsds/services?per_page=2")
    assert (page["total_items"], page["total_pages"], page["first_page"], page["last_page"]) == (
        3,
        2,
        True,
        False,
    )
    one = page["contents"][0]
    assert read(f"/hsds/services/{one['id']}") == one
    gone = Listing.objects.get(key="named")
    for key in (
        hsds.service_id(gone.pk),
        hsds.service_id(99_999),
        "x",
        "00000000-0000-4000-8000-000000000000",
    ):
        assert Client().get(f"/hsds/services/{key}").status_code == 404
    assert read("/hsds/taxonomy_terms")["contents"][0]["code"] == "grief"
    assert read("/hsds/")["version"] == "3.0"


def test_hsds_says_hours_anew_at_each_change_of_clocks() -> None:
    said = hsds.service(HALL, 1, "https://h.example/", datetime(2026, 2, 1, tzinfo=UTC))
    first, second = said["service_at_locations"][0]["schedules"][:2]
    assert (first["opens_at"], first["valid_to"], first["timezone"]) == ("23:30:00+01:00", "2026-03-28", 1.0)
    assert (second["opens_at"], second["valid_from"], second["valid_to"]) == (
        "23:30:00+02:00",
        "2026-03-29",
        "2026-10-24",
    )
    (back,) = formats.read("hsds", json.dumps(said).encode(), Told("again"))
    assert isinstance(back, Entry)
    assert (back.name, back.street, back.languages, back.times[0].zone) == (
        HALL.name,
        HALL.street,
        ("es",),
        "Europe/Berlin",
    )


def test_json_ld_can_stand_in_a_page() -> None:
    start = datetime(2026, 1, 5, 22, 30, tzinfo=UTC)
    words = schema.json_ld(HALL, "https://h.example/find/x/", (start, start + timedelta(hours=1)))
    assert "<" not in words
    series, event = json.loads(words)["@graph"]
    assert (series["@type"], event["@type"], event["startDate"]) == (
        "EventSeries",
        "Event",
        "2026-01-05T22:30:00+00:00",
    )
    assert series["eventSchedule"][0]["byDay"] == "MO"
    assert series["eventSchedule"][0]["scheduleTimezone"] == "Europe/Berlin"
    assert "secret" not in schema.json_ld(ROOM, "https://h.example/", None)


def test_the_page_of_a_listing_leads_to_its_calendar_and_to_json_ld(listed: None) -> None:
    slug = Listing.objects.get(key="hall").slug
    page = Client().get(f"/find/{slug}/").content.decode()
    assert f'href="/find/{slug}/calendar.ics"' in page
    assert f'href="/find/{slug}/schema.json"' in page
    answer = Client().get(f"/find/{slug}/schema.json")
    assert answer.headers["Content-Type"] == "application/ld+json"
    assert not answer.cookies
    series, event = answer.json()["@graph"]
    assert series["url"] == f"http://testserver/find/{slug}/"
    assert datetime.fromisoformat(event["endDate"]) > datetime.now(UTC)


# Calendars ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "times",
    [
        WEEKLY, SECOND, Times("Australia/Sydney", "02:30", 60, every="nth", weekday=6, nth=(-1,)), Times("Europe/London", "18:00", 60, every="monthday", monthdays=(31,)),
        Times("America/New_York", "02:30", 60, weekday=6), Times("Europe/Paris", "18:00", 60, weekday=3, interval=2, anchor=date(2026, 1, 8), valid_from=date(2026, 1, 8)),
        Times("Asia/Kolkata", "18:00", 60, weekday=2, valid_from=date(2026, 2, 4), valid_to=date(2026, 5, 1), without=(date(2026, 2, 11),)),
        Times("Europe/Berlin", "18:00", 60, weekday=2, moved=(Moved(date(2026, 3, 4), datetime(2026, 3, 5, 20)),)),  # noqa: DTZ001
        Times("Europe/Berlin", "18:00", 60, every="once", day=date(2026, 7, 1)), Times("Europe/Berlin", "18:00", 60, every="dates", extra=(date(2026, 7, 1), date(2026, 9, 2))),
        Times("Europe/Berlin", "18:00", 60, weekday=2, extra=(date(2026, 7, 2),)),
    ],
)  # fmt: skip
def test_another_program_finds_the_same_dates_in_our_calendar(times: Times) -> None:
    first, last = datetime(2026, 1, 10, tzinfo=UTC), datetime(2027, 1, 10, tzinfo=UTC)
    written = calendar.calendar_of("A", [(Entry("s", "k", "N", times=(times,)), "https://h.example/")], first)
    events = recurring_ical_events.of(Calendar.from_ical(written)).between(first, last)
    theirs = sorted(event["DTSTART"].dt.astimezone(UTC) for event in events)
    assert theirs == [found.start for found in between(times, first, last) if found.start >= first]
    assert theirs


def test_a_calendar_has_zones_and_names_that_stay(listed: None) -> None:
    row = Listing.objects.get(key="hall")
    first, again = (Client().get(f"/find/{row.slug}/calendar.ics") for _ in range(2))
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    text = first.content.decode()
    assert text.count("BEGIN:VEVENT") == 2
    assert "BEGIN:VTIMEZONE" in text
    uids = [line for line in text.splitlines() if line.startswith("UID:")]
    assert len(set(uids)) == 2
    assert uids == [line for line in again.content.decode().splitlines() if line.startswith("UID:")]
    assert Client().get("/find/nothing/calendar.ics").status_code == 404


def test_a_search_is_a_calendar_too(listed: None) -> None:
    text = Client().get("/find.ics?online=1").content.decode()
    assert "SUMMARY:Open room" in text
    assert "SUMMARY:Grief at the hall" not in text
    assert Client().get("/find.ics?days=never").status_code == 404
