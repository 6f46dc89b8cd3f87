"""When a group is held: the dates of one line of its hours, as instants.

Local wall time is the truth (docs/decisions): "Tuesdays at 18:00 in Berlin" stays 18:00 there when clocks change. A wall time that
a change of clocks leaves out is held as much later as the clocks jumped; one that comes twice is held the first time. An
occurrence lasts its minutes, whatever the clocks do meanwhile.
"""

import heapq
from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from holdspace.meetings.times import Moved, Times

# How far ahead anybody looks for a next date: four years hold every 29 February but one in a century.
FAR_DAYS = 4 * 366
# Clocks of the world are at most this far from UTC, and a group lasts at most a day.
SLACK = timedelta(days=2)
_DAY = timedelta(days=1)


class Occurrence(NamedTuple):
    """One date of a group: aware instants in UTC, and the wall time in its own zone."""

    start: datetime
    end: datetime
    wall: datetime


@lru_cache(maxsize=1024)
def zone_of(name: str) -> ZoneInfo:
    """The zone of an IANA name; KeyError when there is none."""
    return ZoneInfo(name)


def instant(wall: datetime, zone: str) -> datetime:
    """When a naive wall time is, in UTC. PEP 495 with fold 0: a gap moves forward, an overlap is its first pass."""
    return wall.replace(tzinfo=zone_of(zone), fold=0).astimezone(UTC)


def between(times: Times, first: datetime, last: datetime) -> Iterator[Occurrence]:
    """What is going on or begins from `first` on and begins before `last`, in order."""
    for found in _from(times, (first - SLACK).date(), (last + SLACK).date()):
        if found.start >= last:
            return
        if found.end > first:
            yield found


def upcoming(times: Times, moment: datetime) -> Occurrence | None:
    """The occurrence that goes on at `moment` or comes next, or None."""
    return next(between(times, moment, moment + timedelta(days=FAR_DAYS)), None)


def _from(times: Times, first: date, last: date) -> Iterator[Occurrence]:
    """Everything held on local days first ... last, in order of its instants."""
    begin = time.fromisoformat(times.start)
    kept = (datetime.combine(day, begin) for day in days(times, first, last) if not is_changed(times, day))
    planned = (_occurrence(times, wall, times.minutes) for wall in kept)
    return heapq.merge(planned, sorted(_moved(times)))


def _moved(times: Times) -> Iterator[Occurrence]:
    for moved in times.moved:
        if is_held(times, moved):
            yield _occurrence(times, moved.to, moved.minutes or times.minutes)


def is_held(times: Times, moved: Moved) -> bool:
    """Whether a moved date takes place: its day is one of the line's, not left out, and no pause lies where it went."""
    named = any(day == moved.day for day in days(times, moved.day, moved.day))
    return named and moved.day not in times.without and not is_paused(times, moved.to.date())


def _occurrence(times: Times, wall: datetime, minutes: int) -> Occurrence:
    start = instant(wall, times.zone)
    return Occurrence(start, start + timedelta(minutes=minutes), wall)


def is_changed(times: Times, day: date) -> bool:
    """Left out, moved or paused."""
    return day in times.without or any(m.day == day for m in times.moved) or is_paused(times, day)


def is_paused(times: Times, day: date) -> bool:
    """Whether nothing is held on a day."""
    return any(pause.first <= day and (pause.last is None or day <= pause.last) for pause in times.pauses)


# Days by the rule alone -----------------------------------------------------------------------------------------------


def days(times: Times, first: date, last: date) -> Iterator[date]:
    """The days of the rule and the further ones, each once, in order."""
    begin, end = max(first, times.valid_from or first), min(last, times.valid_to or last)
    extra = sorted(day for day in times.extra if begin <= day <= end)
    known = None
    for day in heapq.merge(rule_days(times, first, last), extra):
        if day != known:
            known = day
            yield day


def rule_days(times: Times, first: date, last: date) -> Iterator[date]:
    """The days the rule itself names, in order, while it is valid."""
    return _RULES[times.every](
        times, max(first, times.valid_from or first), min(last, times.valid_to or last)
    )


def _weekly(times: Times, first: date, last: date) -> Iterator[date]:
    step = 7 * times.interval
    start = times.anchor or first + timedelta(days=((times.weekday or 0) - first.weekday()) % 7)
    day = first + timedelta(days=(start - first).days % step)
    while day <= last:
        yield day
        day += timedelta(days=step)


def _monthly(times: Times, first: date, last: date) -> Iterator[date]:
    anchor = times.anchor or first
    for month in range(_number(first), _number(last) + 1):
        if (month - _number(anchor)) % times.interval == 0:
            yield from (day for day in _of_month(times, *divmod(month, 12)) if first <= day <= last)


def _number(day: date) -> int:
    """Months since the year 0."""
    return day.year * 12 + day.month - 1


def _of_month(times: Times, year: int, month_before: int) -> list[date]:
    """The days of one month that the rule names, in order. "5th" and "31" leave out months that have none."""
    month = month_before + 1
    weekday_of_first, size = monthrange(year, month)
    if times.every == "monthday":
        numbers = {number if number > 0 else size + 1 + number for number in times.monthdays}
    else:
        earliest = 1 + ((times.weekday or 0) - weekday_of_first) % 7
        held = range(earliest, size + 1, 7)
        numbers = {held[n - 1 if n > 0 else n] for n in times.nth if -len(held) <= n <= len(held) and n}
    return [date(year, month, number) for number in sorted(numbers) if 1 <= number <= size]


def _once(times: Times, first: date, last: date) -> Iterator[date]:
    if times.day and first <= times.day <= last:
        yield times.day


def _no_rule(times: Times, first: date, last: date) -> Iterator[date]:
    return iter(())


_RULES = {"week": _weekly, "nth": _monthly, "monthday": _monthly, "once": _once, "dates": _no_rule}
EVERY = frozenset(_RULES)
