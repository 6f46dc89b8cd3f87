"""A member's calendar: right in other programs, neutral, and behind an address that can be ended."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import recurring_ical_events
from django.test import Client
from django.utils import translation
from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from icalendar import Calendar

from holdspace.accounts.models import Account
from holdspace.groups.actions import forget_all
from holdspace.meetings import actions, ical
from holdspace.meetings.models import MemberCalendar
from holdspace.meetings.occurrence import between
from holdspace.meetings.tests.cast import Circle, Person, weekly
from holdspace.meetings.tests.test_occurrence import schedules
from holdspace.meetings.times import Moved, Pause, Times
from holdspace.sealing import log_draft

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
YEAR = (datetime(2026, 10, 2, tzinfo=UTC), datetime(2027, 10, 2, tzinfo=UTC))


def dates_of(written: bytes, first: datetime, last: datetime) -> list[tuple[datetime, datetime]]:
    """When things begin and end, as another program reads a calendar."""
    found = recurring_ical_events.of(Calendar.from_ical(written)).between(first, last)
    spans = [(each["DTSTART"].dt.astimezone(UTC), each["DTEND"].dt.astimezone(UTC)) for each in found]
    return sorted(span for span in spans if first <= span[0] < last)


def calendar_at(secret: str) -> Any:
    return Client().get(f"/calendar/{secret}.ics")


def account_of(person: Person) -> Account:
    return Account.objects.get(pk=person.id)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(times=schedules())
def test_another_program_finds_the_dates_of_whatever_line_there_can_be(times: Times) -> None:
    """Left out, moved onto and off the rule, paused and moved out of it: against what a page shows."""
    calendar = ical.new_calendar("A", "Test")
    for event in ical.events(times, "a", NOW):
        calendar.add_component(event)
    theirs = {start for start, _ in dates_of(ical.written(calendar, NOW), *YEAR)}
    assert theirs == {found.start for found in between(times, *YEAR) if found.start >= YEAR[0]}


@pytest.mark.django_db
def test_a_member_reads_the_dates_of_all_their_groups(circle: Circle, ben: Person, amara: Person) -> None:
    second = Circle().start(ben).admit(ben, amara)
    changes: dict[str, Any] = {
        "without": (date(2026, 10, 13),),
        "moved": (Moved(date(2026, 10, 20), datetime.fromisoformat("2026-10-21T19:00")),),
        "pauses": (Pause(date(2026, 12, 21), date(2027, 1, 3)),),
    }
    line, other = weekly(**changes), weekly(zone="America/New_York", weekday=3, every="nth", nth=(-1,))
    ben.ask("set-hours", group=circle.id, times=[line])
    ben.ask("set-hours", group=second.id, times=[other])
    secret = actions.make_calendar(account_of(amara))
    with freeze_time(NOW):
        written = calendar_at(secret).content
    ours = [(each.start, each.end) for times in (line, other) for each in between(times, *YEAR)]
    assert dates_of(written, *YEAR) == sorted(ours)
    # The clocks of Berlin go back on 25 October: the hour on its wall stays.
    starts = {start.date(): start.hour for start, _ in ours}
    assert (starts[date(2026, 10, 6)], starts[date(2026, 10, 27)]) == (16, 17)


@pytest.mark.django_db
def test_it_names_nothing_but_that_there_is_an_appointment(
    circle: Circle, ben: Person, amara: Person
) -> None:
    ben.ask("set-hours", group=circle.id, times=[weekly()])
    one, other = (actions.make_calendar(account_of(person)) for person in (amara, ben))
    answer = calendar_at(one)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies
    text = answer.content.decode()
    said = {
        line.partition(":")[2] for line in text.splitlines() if line.startswith(("SUMMARY", "NAME", "X-WR-"))
    }
    assert said == {"Appointment", "Appointments"}
    assert circle.id.hex() not in text.lower()
    for word in (
        "LOCATION",
        "DESCRIPTION",
        "URL",
        "CONFERENCE",
        "CATEGORIES",
        "ORGANIZER",
        "ATTENDEE",
        "Riverside",
    ):
        assert word not in text
    for wanted in ("BEGIN:VTIMEZONE", "REFRESH-INTERVAL;VALUE=DURATION:PT12H", "CLASS:PRIVATE"):
        assert wanted in text
    uids = [_uids(text), _uids(calendar_at(other).content.decode())]
    assert uids[0] == _uids(calendar_at(one).content.decode())
    assert not uids[0] & uids[1]  # two members' calendars have nothing in common that proves a group


def _uids(text: str) -> set[str]:
    return {line for line in text.splitlines() if line.startswith("UID:")}


@pytest.mark.django_db
def test_it_speaks_the_language_in_which_its_address_was_made(circle: Circle, ben: Person) -> None:
    ben.ask("set-hours", group=circle.id, times=[weekly()])
    with translation.override("ar"):
        secret = actions.make_calendar(account_of(ben))
        word = translation.gettext("Appointment")
    assert word != "Appointment"
    assert f"SUMMARY:{word}" in calendar_at(secret).content.decode()


@pytest.mark.django_db
def test_who_left_and_a_group_that_ended_are_in_no_calendar(
    circle: Circle, ben: Person, amara: Person
) -> None:
    ben.ask("set-hours", group=circle.id, times=[weekly()])
    secrets = [actions.make_calendar(account_of(person)) for person in (ben, amara)]
    assert all(b"VEVENT" in calendar_at(secret).content for secret in secrets)
    circle.append(amara, circle.leaving(amara))
    assert b"VEVENT" not in calendar_at(secrets[1]).content
    circle.append(ben, circle.rekeying(ben))
    circle.append(ben, circle.same_epoch(ben, log_draft.close(circle.now, circle.by(ben))))
    forget_all()
    assert b"VEVENT" not in calendar_at(secrets[0]).content


@pytest.mark.django_db
def test_a_new_address_ends_the_old_one_and_an_ended_one_shows_nothing(ben: Person) -> None:
    account = account_of(ben)
    old, new = actions.make_calendar(account), actions.make_calendar(account)
    assert calendar_at(old).status_code == 404
    assert calendar_at(new).status_code == 200
    actions.end_calendar(account)
    actions.end_calendar(account)
    assert [calendar_at(each).status_code for each in (old, new, "guessed", "")] == [404] * 4


@pytest.mark.django_db
def test_the_address_is_not_in_the_database_and_goes_with_its_account(ben: Person) -> None:
    secret = actions.make_calendar(account_of(ben))
    (row,) = MemberCalendar.objects.values()
    assert secret not in str(row)
    account_of(ben).delete()
    assert calendar_at(secret).status_code == 404


@pytest.mark.django_db
def test_only_a_look_is_answered(ben: Person) -> None:
    secret = actions.make_calendar(account_of(ben))
    assert Client().post(f"/calendar/{secret}.ics").status_code == 405
    assert Client().head(f"/calendar/{secret}.ics").status_code == 200


def test_the_same_day_it_is_the_same_to_the_byte() -> None:
    def read(now: datetime) -> bytes:
        calendar = ical.new_calendar("A", "Test")
        for event in ical.events(weekly(), "a", now):
            calendar.add_component(event)
        return ical.written(calendar, now)

    assert read(NOW) == read(NOW + timedelta(hours=3))
