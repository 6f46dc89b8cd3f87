"""Dates of a group, against a slow and plain second opinion: python-dateutil for the rules, a walk through minutes for the clocks."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule
from hypothesis import given, settings
from hypothesis import strategies as st

from holdspace.meetings.occurrence import Occurrence, between, instant, upcoming
from holdspace.meetings.times import Moved, Pause, Times

# Both hemispheres, half hours, a change of half an hour, changes at midnight, none at all, and both sides of the date line.
ZONES = [
    "Europe/London", "America/New_York", "Australia/Sydney", "Australia/Lord_Howe", "America/Santiago", "Asia/Kolkata",
    "Asia/Beirut", "Pacific/Auckland", "Pacific/Honolulu", "America/St_Johns",
]  # fmt: skip
SPAN = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
DAYS = [date(2025, 12, 25) + timedelta(days=number) for number in range(760)]
WEEKDAYS = (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)

days = st.sampled_from(DAYS)
starts = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
pauses = st.builds(
    lambda first, size: Pause(first, None if size is None else first + timedelta(days=size)),
    days,
    st.none() | st.integers(0, 60),
)
moves = st.builds(
    lambda day, by, hour, minutes: Moved(
        day, datetime.combine(day, time(hour)) + timedelta(days=by), minutes
    ),
    days,
    st.integers(-20, 20),
    st.integers(0, 23),
    st.sampled_from([0, 15, 1440]),
)


@st.composite
def schedules(draw: st.DrawFn) -> Times:
    """Any line of hours there can be."""
    every = draw(st.sampled_from(["week", "nth", "monthday", "once", "dates"]))
    weekday, interval = draw(st.integers(0, 6)), draw(st.integers(1, 5))
    anchor = next(day for day in DAYS[draw(st.integers(0, 300)) :] if day.weekday() == weekday)
    plain = Times(draw(st.sampled_from(ZONES)), draw(starts), draw(st.integers(1, 1440)), every)
    held = list(_days_of(plain, weekday, interval, anchor)) or DAYS[:1]
    return Times(
        plain.zone,
        plain.start,
        plain.minutes,
        every,
        weekday,
        interval,
        anchor,
        nth=tuple(draw(st.sets(st.sampled_from([1, 2, 3, 4, 5, -1, -2, -5]), min_size=1, max_size=3))),
        monthdays=tuple(draw(st.sets(st.sampled_from([1, 13, 29, 30, 31, -1, -30]), min_size=1, max_size=3))),
        day=draw(days),
        extra=tuple(draw(st.lists(days, max_size=4))),
        without=tuple(draw(st.lists(st.sampled_from(held), max_size=4))),
        moved=tuple(draw(st.lists(moves, max_size=2, unique_by=lambda moved: moved.day))),
        pauses=tuple(draw(st.lists(pauses, max_size=2))),
        valid_from=draw(st.none() | days),
        valid_to=draw(st.none() | days),
    )


def _days_of(times: Times, weekday: int, interval: int, anchor: date) -> Iterator[date]:
    return (day for day in DAYS if day.weekday() == weekday) if times.every == "week" else iter(DAYS)


# The second opinion ---------------------------------------------------------------------------------------------------


def is_in_rule(times: Times, day: date) -> bool:
    """dateutil's answer, asked day by day from an anchor long before."""
    if times.every in ("once", "dates"):
        return times.every == "once" and times.day == day
    assert times.anchor and times.weekday is not None
    start = datetime.combine(times.anchor, datetime.min.time())
    here = datetime.combine(day, datetime.min.time())
    if times.every == "week":
        while start > here:
            start -= timedelta(weeks=times.interval)
        rule = rrule.rrule(rrule.WEEKLY, start, times.interval, byweekday=times.weekday)
        return bool(rule.between(here, here, inc=True))
    months = (day.year - times.anchor.year) * 12 + day.month - times.anchor.month
    if months % times.interval:
        return False
    first = here.replace(day=1)
    if times.every == "nth":
        rule = rrule.rrule(
            rrule.MONTHLY, first, byweekday=[WEEKDAYS[times.weekday](number) for number in times.nth]
        )
    else:
        rule = rrule.rrule(rrule.MONTHLY, first, bymonthday=times.monthdays)
    last = first.replace(day=monthrange(day.year, day.month)[1])
    return here in rule.between(first, last, inc=True)


def walked(wall: datetime, zone: str) -> datetime:
    """The instant of a wall time, by walking: the first minute that shows it; in a gap, as long after the jump as it is late."""
    here = ZoneInfo(zone)
    moment = wall.replace(tzinfo=UTC) - timedelta(hours=15)
    before = moment
    for _ in range(30 * 60):
        shown = moment.astimezone(here).replace(tzinfo=None)
        if shown == wall:
            return moment
        if shown > wall:
            jumped_from = before.astimezone(here).replace(tzinfo=None) + timedelta(minutes=1)
            return moment + (wall - jumped_from)
        before, moment = moment, moment + timedelta(minutes=1)
    raise AssertionError("never shown")


def brute(times: Times, first: datetime, last: datetime) -> list[tuple[datetime, datetime]]:
    """Every occurrence of the span, each day asked by itself."""
    found = []
    hour, minute = map(int, times.start.split(":"))
    for day in [date(2025, 11, 1) + timedelta(days=number) for number in range(900)]:
        if not (is_in_rule(times, day) or day in times.extra):
            continue
        if (times.valid_from and day < times.valid_from) or (times.valid_to and day > times.valid_to):
            continue
        if day in times.without:
            continue
        moved = next((each for each in times.moved if each.day == day), None)
        wall = moved.to if moved else datetime.combine(day, time(hour, minute))
        held = wall.date()
        if any(pause.first <= held and (pause.last is None or held <= pause.last) for pause in times.pauses):
            continue
        start = walked(wall, times.zone) if _near_a_change(wall, times.zone) else instant(wall, times.zone)
        end = start + timedelta(minutes=(moved.minutes if moved else 0) or times.minutes)
        if end > first and start < last:
            found.append((start, end))
    return sorted(found)


def _near_a_change(wall: datetime, zone: str) -> bool:
    here = ZoneInfo(zone)
    around = (wall + timedelta(hours=by) for by in (-4, 4))
    return len({moment.replace(tzinfo=here).utcoffset() for moment in around}) > 1


def pairs(found: Iterator[Occurrence]) -> list[tuple[datetime, datetime]]:
    """Start and end of each."""
    return [(each.start, each.end) for each in found]


@settings(max_examples=100, deadline=None)
@given(schedules())
def test_two_years_of_dates_are_those_of_the_second_opinion(times: Times) -> None:
    assert pairs(between(times, *SPAN)) == brute(times, *SPAN)


@settings(max_examples=40, deadline=None)
@given(schedules(), st.integers(0, 700 * 1440))
def test_the_next_date_is_the_first_that_is_not_over(times: Times, minutes: int) -> None:
    moment = SPAN[0] + timedelta(minutes=minutes)
    found = upcoming(times, moment)
    dates = [date for date in brute(times, *SPAN) if date[1] > moment]
    if dates:
        assert found is not None and (found.start, found.end) == dates[0]
    else:
        assert found is None or found.start >= SPAN[1]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ZONES), st.integers(0, 730), st.integers(0, 1439))
def test_every_wall_time_is_where_a_walk_finds_it(zone: str, day: int, minute: int) -> None:
    wall = datetime.combine(date(2026, 1, 1), time()) + timedelta(days=day, minutes=minute)
    assert instant(wall, zone) == walked(wall, zone)


@pytest.mark.parametrize("zone", ZONES)
def test_the_hours_around_each_change_of_clocks_are_where_a_walk_finds_them(zone: str) -> None:
    here = ZoneInfo(zone)
    hours = [SPAN[0] + timedelta(hours=number) for number in range(365 * 24)]
    changes = [
        hour
        for hour in hours
        if hour.astimezone(here).utcoffset() != (hour + timedelta(hours=1)).astimezone(here).utcoffset()
    ]
    for change in changes:
        middle = change.astimezone(here).replace(tzinfo=None)
        for by in range(-150, 151, 15):
            wall = middle + timedelta(minutes=by)
            assert instant(wall, zone) == walked(wall, zone)
    assert len(changes) == (0 if zone in ("Asia/Kolkata", "Pacific/Honolulu") else 2)


# Said by hand ---------------------------------------------------------------------------------------------------------


def first_of(times: Times, *moment: int) -> str:
    """The next date after a moment of UTC, in UTC."""
    found = upcoming(times, datetime(*moment, tzinfo=UTC))  # type: ignore[misc, arg-type]
    assert found
    return f"{found.start:%Y-%m-%d %H:%M}"


def test_half_past_two_that_does_not_exist_is_held_at_half_past_three() -> None:
    sundays = Times("America/New_York", "02:30", 60, weekday=6)
    assert first_of(sundays, 2026, 3, 8) == "2026-03-08 07:30"


def test_half_past_one_that_comes_twice_is_held_the_first_time() -> None:
    sundays = Times("Europe/London", "01:30", 60, weekday=6)
    assert first_of(sundays, 2026, 10, 25) == "2026-10-25 00:30"


def test_a_fifth_tuesday_leaves_out_months_without_one() -> None:
    fifth = Times("Europe/Berlin", "18:00", 90, "nth", 1, nth=(5,))
    assert first_of(fifth, 2026, 1, 1) == "2026-03-31 16:00"


def test_what_goes_on_past_midnight_is_still_the_one_that_goes_on() -> None:
    late = Times("Europe/Berlin", "23:30", 90, weekday=4)
    assert first_of(late, 2026, 1, 9, 23, 30) == "2026-01-09 22:30"
    assert first_of(late, 2026, 1, 10, 0, 0) == "2026-01-16 22:30"


def test_a_group_that_rests_until_further_notice_has_no_next_date() -> None:
    resting = Times("Europe/Berlin", "18:00", 90, weekday=1, pauses=(Pause(date(2026, 1, 1), None),))
    assert upcoming(resting, datetime(2026, 1, 2, tzinfo=UTC)) is None
