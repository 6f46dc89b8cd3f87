"""A group's hours: facilitators set them, its members read them, and no word of anybody is kept with them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from django.http import Http404
from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdspace.groups import access
from holdspace.groups.actions import forget_all
from holdspace.live.verbs import News
from holdspace.meetings import actions, queries
from holdspace.meetings.checking import MOST_LINES, are_hours
from holdspace.meetings.models import Hours
from holdspace.meetings.occurrence import between
from holdspace.meetings.tests.cast import Circle, Person, weekly
from holdspace.meetings.tests.test_occurrence import schedules
from holdspace.meetings.times import Moved, Pause, Times
from holdspace.meetings.verbs import AHEAD, DATES, coming
from holdspace.sealing import log_draft
from holdspace.ui.refused import Refused

pytestmark = pytest.mark.django_db


def test_a_facilitator_sets_hours_and_everybody_in_the_group_reads_them(
    circle: Circle, ben: Person, amara: Person
) -> None:
    ben.ask("set-hours", group=circle.id, times=[weekly()])
    with freeze_time("2026-10-20T12:00:00Z"):
        told = amara.ask("hours", group=circle.id)
    assert msgspec.convert(told["times"], tuple[Times, ...]) == (weekly(),)
    # Clocks in Berlin went back on 25 October: an hour later in UTC, the same hour on the wall.
    starts = [datetime.fromtimestamp(start / 1000, UTC).hour for start, *_ in told["dates"][:2]]
    assert starts == [16, 17]
    assert [wall for *_, wall in told["dates"][:2]] == ["2026-10-20T18:00", "2026-10-27T18:00"]
    assert len(told["dates"]) == DATES


def test_what_is_set_stands_in_the_place_of_what_was(circle: Circle, ben: Person) -> None:
    ben.ask("set-hours", group=circle.id, times=[weekly(), weekly(weekday=3)])
    ben.ask("set-hours", group=circle.id, times=[weekly(weekday=4)])
    assert queries.times_of(circle.id) == (weekly(weekday=4),)
    ben.ask("set-hours", group=circle.id, times=[])
    assert queries.times_of(circle.id) == ()


def test_hours_that_can_not_be_leave_those_that_stood(circle: Circle, ben: Person) -> None:
    ben.ask("set-hours", group=circle.id, times=[weekly()])
    with pytest.raises(Refused) as refused:
        ben.ask("set-hours", group=circle.id, times=[weekly(weekday=2), weekly(zone="Mars/Base")])
    assert refused.value.code == "hours"
    assert queries.times_of(circle.id) == (weekly(),)


def test_the_group_is_told_that_its_hours_are_other_ones(circle: Circle, ben: Person) -> None:
    (news,) = ben.news("set-hours", group=circle.id, times=[weekly()])
    assert isinstance(news, News)
    assert news.audience[0] == circle.id
    assert b"18:00" not in b"".join(news.frames)


@pytest.mark.parametrize("who", ["Amara", "Eli", "Dana", "Chidi"])
def test_nobody_but_a_facilitator_sets_hours(circle: Circle, who: str) -> None:
    person = circle.people.get(who) or Person.named(who, is_coordinator=who == "Chidi")
    with pytest.raises(Refused) as refused:
        person.ask("set-hours", group=circle.id, times=[weekly()])
    assert refused.value.code == "not-found"
    assert not Hours.objects.exists()


@pytest.mark.parametrize("who", ["Eli", "Dana", "Chidi"])
def test_nobody_outside_reads_hours(circle: Circle, ben: Person, who: str) -> None:
    ben.ask("set-hours", group=circle.id, times=[weekly()])
    person = circle.people.get(who) or Person.named(who, is_coordinator=who == "Chidi")
    with pytest.raises(Http404):
        person.ask("hours", group=circle.id)


def test_the_action_itself_asks_who_sets(circle: Circle, amara: Person) -> None:
    with pytest.raises(Http404):
        actions.set_hours(access.membership_of(amara.id, circle.id), (weekly(),))


def test_a_group_that_has_ended_keeps_its_hours_as_they_are(circle: Circle, ben: Person) -> None:
    circle.append(ben, circle.same_epoch(ben, log_draft.close(circle.now, circle.by(ben))))
    forget_all()
    with pytest.raises(Refused) as refused:
        ben.ask("set-hours", group=circle.id, times=[weekly()])
    assert refused.value.code == "hours"


@pytest.mark.parametrize(
    "wrong",
    [
        {"zone": "Mars/Base"}, {"zone": ""}, {"zone": "../../etc/passwd"}, {"zone": "/etc/localtime"},
        {"start": "24:00"}, {"start": "8:00"}, {"start": "18:60"}, {"start": "\u0661\u0668:\u0660\u0660"}, {"start": "18-00"}, {"start": "1:023"}, {"start": "001:5"}, {"start": ":0059"},
        {"minutes": 0}, {"minutes": 1441}, {"minutes": -5},
        {"weekday": None}, {"weekday": 7}, {"weekday": -1},
        {"interval": 0}, {"interval": 2}, {"interval": 53, "anchor": date(2026, 12, 1)},
        {"every": "sometimes"}, {"every": "once"}, {"every": "dates"}, {"every": "nth"},
        {"every": "nth", "nth": (0,)}, {"every": "nth", "nth": (6,)}, {"every": "monthday", "monthdays": (32,)},
        {"pauses": (Pause(date(2026, 12, 24), date(2026, 12, 20)),)},
        {"moved": (Moved(date(2026, 12, 1), datetime(2026, 12, 2, 18, tzinfo=UTC)),)},
        {"moved": (Moved(date(2026, 12, 1), datetime.fromisoformat("2026-12-02T18:00"), 2000),)},
        {"without": tuple(date(2026, 1, 1) + timedelta(days=day) for day in range(200))},
        {"valid_from": date(1066, 10, 14)},
        # What this rhythm does not use, others look at all the same.
        {"every": "once", "day": date(2026, 12, 1), "weekday": 9}, {"every": "once", "day": date(2026, 12, 1), "interval": 0},
        {"nth": (0,)},
        # Words are sealed, so the server takes none.
        {"pauses": (Pause(date(2026, 12, 20), None, "Ben is not well"),)}, {"rule_text": "after the first Monday"},
    ],
)  # fmt: skip
def test_a_line_that_names_no_days_or_holds_words_is_refused(wrong: dict[str, Any]) -> None:
    assert are_hours((weekly(),))
    assert not are_hours((weekly(**wrong),))


def test_a_group_has_a_handful_of_lines() -> None:
    assert are_hours((weekly(),) * MOST_LINES)
    assert not are_hours((weekly(),) * (MOST_LINES + 1))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(times=st.lists(schedules(), max_size=3))
def test_whatever_is_taken_comes_back_as_it_was_and_makes_its_dates(times: list[Times]) -> None:
    """Every line there can be, through JSON as it rests, and merged: what each makes alone, soonest first."""
    kept = [msgspec.json.decode(msgspec.json.encode(each), type=Times) for each in times]
    assert kept == times
    now = datetime(2026, 3, 20, tzinfo=UTC)
    found = [(start, line) for start, _, line, _ in coming(kept, now)]
    alone = [
        (int(start.timestamp()) * 1000, line)
        for line, each in enumerate(times)
        for start, *_ in between(each, now, now + AHEAD)
    ]
    assert sorted(found) == sorted(alone)
    assert [start for start, _ in found] == sorted(start for start, _ in found)
