"""A recurrence rule of RFC 5545 as our lines of hours, as far as they go together; the rest is kept as words for a person.

Ours are: every n weeks, the nth or last weekday of every n months, days of the month, once, and a list of dates.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from dateutil.rrule import MONTHLY, WEEKLY, rrule
from dateutil.rrule import weekday as nth_weekday

from holdspace.directory.formats.weekdays import read_day
from holdspace.meetings.times import Times

MOST_COUNTED = 1_000  # a rule that counts further has no end that matters
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")


@dataclass(frozen=True, slots=True)
class Rule:
    """The parts of a rule. `days` holds (nth or 0, weekday); `odd` says that there are parts we have no place for."""

    frequency: str
    interval: int = 1
    days: tuple[tuple[int, int], ...] = ()
    monthdays: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    count: int | None = None
    until: date | None = None
    week_start: int = 0
    odd: bool = False


def read_days(written: Iterable[object]) -> tuple[tuple[int, int], ...] | None:
    """BYDAY: "2TU", "-1SU", "MO"; None when one can't be read."""
    found = []
    for word in (str(part).strip().upper() for part in written):
        day, number = read_day("ical", word[-2:]), word[:-2].lstrip("+") or "0"
        if day is None or not number.lstrip("-").isdigit() or abs(int(number)) > 5:
            return None
        found.append((int(number), day))
    return tuple(found)


def times_of(line: Times, first: date, rule: Rule | None) -> tuple[Times, ...] | None:
    """The lines of hours of a rule that begins on a day; None when the rule can't be said with them."""
    if rule is None:
        return (replace(line, every="once", day=first),)
    if rule.odd or rule.frequency not in _FREQUENCIES or not 1 <= rule.interval <= 60:
        return None
    line = replace(line, valid_from=first, valid_to=_last(first, rule))
    return _BY[rule.frequency](line, first, rule)


def _daily(line: Times, first: date, rule: Rule) -> tuple[Times, ...] | None:
    if rule.interval != 1 or rule.monthdays or rule.positions:
        return None
    days = rule.days or tuple((0, day) for day in range(7))
    return _weekly(line, first, replace(rule, days=days))


def _weekly(line: Times, first: date, rule: Rule) -> tuple[Times, ...] | None:
    if rule.monthdays or rule.positions or any(number for number, _ in rule.days):
        return None
    days = sorted({day for _, day in rule.days} or {first.weekday()})
    return tuple(
        replace(
            line,
            weekday=day,
            interval=rule.interval,
            anchor=_anchor(first, day, rule) if rule.interval > 1 else None,
        )
        for day in days
    )


def _anchor(first: date, day: int, rule: Rule) -> date:
    """The first date on this weekday: which week counts is a matter of the day a week starts on."""
    start = first - timedelta((first.weekday() - rule.week_start) % 7)
    found = start + timedelta((day - rule.week_start) % 7)
    return found if found >= first else found + timedelta(weeks=rule.interval)


def _monthly(line: Times, first: date, rule: Rule) -> tuple[Times, ...] | None:
    line = replace(line, interval=rule.interval, anchor=first if rule.interval > 1 else None)
    if rule.monthdays or not rule.days:
        return None if rule.days or rule.positions else (_on_monthdays(line, rule.monthdays or (first.day,)),)
    days = _with_positions(rule)
    if days is None:
        return None
    return tuple(
        replace(
            line,
            every="nth",
            weekday=day,
            nth=tuple(sorted({number for number, other in days if other == day})),
        )
        for day in sorted({day for _, day in days})
    )


def _on_monthdays(line: Times, monthdays: tuple[int, ...]) -> Times:
    return replace(line, every="monthday", monthdays=tuple(sorted(set(monthdays))))


def _with_positions(rule: Rule) -> list[tuple[int, int]] | None:
    """BYDAY=TU;BYSETPOS=2 is 2TU. Positions among several weekdays have no line of ours."""
    if rule.positions:
        if len(rule.days) != 1 or rule.days[0][0]:
            return None
        return [(position, rule.days[0][1]) for position in rule.positions if abs(position) <= 5]
    return list(rule.days) if all(number for number, _ in rule.days) else None


def _yearly(line: Times, first: date, rule: Rule) -> tuple[Times, ...] | None:
    if rule.days or rule.monthdays or rule.positions:
        return None
    return _monthly(line, first, replace(rule, frequency="MONTHLY", interval=rule.interval * 12))


_BY = {"DAILY": _daily, "WEEKLY": _weekly, "MONTHLY": _monthly, "YEARLY": _yearly}


def _last(first: date, rule: Rule) -> date | None:
    """The last day, where the rule has one."""
    if rule.until or not rule.count or rule.count > MOST_COUNTED:
        return rule.until
    by_day = [nth_weekday(day, number or None) for number, day in rule.days] or None
    if rule.frequency in ("WEEKLY", "DAILY"):
        days = by_day or ([nth_weekday(day) for day in range(7)] if rule.frequency == "DAILY" else None)
        found = rrule(
            WEEKLY,
            _noon(first),
            interval=rule.interval,
            byweekday=days,
            count=rule.count,
            wkst=rule.week_start,
        )
    else:
        months = rule.interval * (12 if rule.frequency == "YEARLY" else 1)
        found = rrule(
            MONTHLY,
            _noon(first),
            interval=months,
            byweekday=by_day,
            bymonthday=list(rule.monthdays) or None,
            bysetpos=list(rule.positions) or None,
            until=_noon(first) + timedelta(days=36_500),
            count=None,
        )
        return next((day.date() for number, day in enumerate(found, 1) if number == rule.count), None)
    return max((day.date() for day in found), default=None)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12))
