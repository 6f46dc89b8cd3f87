"""Times as events of iCalendar (RFC 5545), which every calendar program understands the same way.

Zones go along with it: one common library takes times for floating where VTIMEZONE is missing. What recurs is one event with its
exceptions; a single date, or one that was moved off its rule, is an event of its own, so that nobody has to guess.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vRecur

from holdspace.meetings import occurrence
from holdspace.meetings.times import Moved, Times

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
REFRESH = timedelta(hours=12)
# A calendar holds what was lately, so that yesterday does not vanish overnight; and pauses are written out this far ahead.
_BACK, _AHEAD = timedelta(days=60), timedelta(days=800)
_RULES = ("week", "nth", "monthday")


def new_calendar(name: str, program: str) -> Calendar:
    """A calendar without events."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Holdspace//{program}//EN")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    return calendar


def written(calendar: Calendar, now: datetime) -> bytes:
    """As it is sent, with the zones its events name."""
    if calendar.subcomponents:
        for name in sorted(calendar.get_missing_tzids()):
            calendar.add_component(_zone(name, now.year))
    return bytes(calendar.to_ical())


@lru_cache(maxsize=700)
def _zone(name: str, year: int) -> Timezone:
    """What a zone does for ten years. To work it out takes a while, and there are some hundreds."""
    return Timezone.from_tzid(name, first_date=date(2020, 1, 1), last_date=date(year + 10, 12, 31))


def events(times: Times, uid: str, now: datetime) -> Iterator[Event]:
    """The events of one line of hours: when they are, and nothing else. The first UID is `uid`, others begin with it."""
    rule = _Rule(times, uid, now)
    if rule.first is not None:
        yield rule.series(rule.first)
    yield from rule.rest()


class _Rule:
    """One line, and what of it a calendar's own rule can say."""

    def __init__(self, times: Times, uid: str, now: datetime) -> None:
        self._times, self._uid, self._now = times, uid, now
        self._zone = ZoneInfo(times.zone)
        self._bare = _bare(times)
        begin = date((now - _BACK).year, 1, 1)
        self.first = next(occurrence.rule_days(self._bare, begin, begin + _FAR), None)

    def series(self, first: date) -> Event:
        """The event that recurs."""
        event = self._event(self._uid, self._wall(first), self._times.minutes)
        event.add("rrule", self._recurs())
        if out := self._left_out(first):
            event.add("exdate", [self._wall(day).replace(tzinfo=self._zone) for day in out])
        return event

    def rest(self) -> Iterator[Event]:
        """Dates that were moved, and those of no rule."""
        for moved in self._times.moved:
            if occurrence.is_held(self._times, moved):
                yield self._moved(moved)
        for day in self._single_days():
            if not occurrence.is_changed(self._times, day):
                yield self._event(f"{self._uid}-{day:%Y%m%d}", self._wall(day), self._times.minutes)

    def _moved(self, moved: Moved) -> Event:
        minutes = moved.minutes or self._times.minutes
        if not self._is_of_rule(moved.day):
            return self._event(f"{self._uid}-{moved.day:%Y%m%d}", moved.to, minutes)
        event = self._event(self._uid, moved.to, minutes)
        event.add("recurrence-id", self._wall(moved.day).replace(tzinfo=self._zone))
        return event

    def _single_days(self) -> list[date]:
        """The days of this line that its rule does not name."""
        times = self._times
        named = {*times.extra, *((times.day,) if times.every == "once" and times.day else ())}
        return sorted(day for day in named if self._is_valid(day) and not self._is_of_rule(day))

    def _is_valid(self, day: date) -> bool:
        return next(occurrence.days(self._times, day, day), None) is not None

    def _is_of_rule(self, day: date) -> bool:
        """Whether the series names this day."""
        begun = self.first is not None and self.first <= day
        return begun and next(occurrence.rule_days(self._bare, day, day), None) is not None

    def _left_out(self, first: date) -> list[date]:
        """Days of the series that are not held, or not then. A calendar knows no pause, only days left out."""
        kept = {moved.day for moved in self._times.moved if occurrence.is_held(self._times, moved)}
        days = occurrence.rule_days(self._bare, first, self._now.date() + _AHEAD)
        return [day for day in days if occurrence.is_changed(self._times, day) and day not in kept]

    def _recurs(self) -> vRecur:
        times = self._bare
        parts: dict[str, Any] = {
            "freq": "WEEKLY" if times.every == "week" else "MONTHLY",
            "interval": times.interval,
        }
        if times.every == "monthday":
            parts["bymonthday"] = list(times.monthdays)
        else:
            day = DAYS[times.weekday or 0]
            parts["byday"] = [day] if times.every == "week" else [f"{number}{day}" for number in times.nth]
        if times.valid_to:
            last = datetime.combine(times.valid_to, time(23, 59, 59), self._zone)
            parts["until"] = last.astimezone(UTC)  # UTC, since DTSTART has a zone
        return vRecur(parts)

    def _wall(self, day: date) -> datetime:
        return datetime.combine(day, time.fromisoformat(self._times.start))

    def _event(self, uid: str, wall: datetime, minutes: int) -> Event:
        event = Event()
        event.add("uid", f"{uid}@holdspace")
        # The day, not the second: what did not change is the same to the byte all day.
        event.add("dtstamp", datetime.combine(self._now.date(), time(), UTC))
        event.add("dtstart", wall.replace(tzinfo=self._zone))
        event.add("duration", timedelta(minutes=minutes))
        return event


_FAR = timedelta(days=occurrence.FAR_DAYS)


def _bare(times: Times) -> Times:
    """The rule alone, ended where a pause without an end begins."""
    if times.every not in _RULES:
        return Times(times.zone, times.start, times.minutes, "dates")
    ends = [pause.first - timedelta(days=1) for pause in times.pauses if pause.last is None]
    return Times(
        zone=times.zone, start=times.start, minutes=times.minutes, every=times.every, weekday=times.weekday,
        interval=times.interval, anchor=times.anchor, nth=times.nth, monthdays=times.monthdays,
        valid_from=times.valid_from, valid_to=min((*ends, *filter(None, [times.valid_to])), default=None),
    )  # fmt: skip
