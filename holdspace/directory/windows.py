"""What somebody means by "Tuesdays from six to eight, my time": spans of UTC, in order. No minute of the week is ever computed."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import NamedTuple

from holdspace.meetings.occurrence import instant, zone_of

WEEKS = 5
WEEK = 7 * 1440
# A group that goes on began at most a day ago, on a day that is not yet over somewhere.
_BACK = 2
ALWAYS = (-(2**31), 2**31 - 1)


class Hours(NamedTuple):
    """Weekdays (0 Monday; none: all) and a part of the day on somebody's own wall: from `begin` to before `finish`.

    Both the same, or both None, is the whole day; a `finish` before `begin` is on the next day.
    """

    zone: str
    days: frozenset[int] = frozenset()
    begin: time | None = None
    finish: time | None = None

    def is_any(self) -> bool:
        """True when every time will do."""
        return not self.days and (self.begin is None or self.begin == self.finish)


class Span(NamedTuple):
    """From this minute of UTC since 1970 to before that one."""

    first: int
    last: int


def minutes_of(moment: datetime) -> int:
    """Minutes since 1970 UTC of an aware moment."""
    return int(moment.timestamp()) // 60


def spans(hours: Hours, now: datetime) -> list[Span]:
    """The hours of the next five weeks, in order and apart from one another."""
    if hours.is_any():
        return [Span(*ALWAYS)]
    today = now.astimezone(zone_of(hours.zone)).date()
    days = (today + timedelta(days=number) for number in range(-_BACK, WEEKS * 7 + 1))
    found = (_of_day(hours, datetime.combine(day, time())) for day in days if _is_meant(hours, day.weekday()))
    return _joined(span for span in found if span.first < span.last)


def _is_meant(hours: Hours, weekday: int) -> bool:
    return not hours.days or weekday in hours.days


def _of_day(hours: Hours, midnight: datetime) -> Span:
    begin, finish = hours.begin or time(), hours.finish or time()
    first = datetime.combine(midnight, begin)
    last = datetime.combine(midnight, finish)
    if last <= first:
        last += timedelta(days=1)
    return Span(minutes_of(instant(first, hours.zone)), minutes_of(instant(last, hours.zone)))


def _joined(found: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in found:
        if joined and span.first <= joined[-1].last:
            joined[-1] = Span(joined[-1].first, max(joined[-1].last, span.last))
        else:
            joined.append(span)
    return joined


class Walk(NamedTuple):
    """A span in which to look for slots whose own minute lies `weeks` before the date that is meant."""

    span: Span
    weeks: int


def walks(found: list[Span]) -> list[list[Walk]]:
    """For each span, where slots have to be looked for.

    A weekly slot stands where its first date is. While nobody's clocks change, that date lies in a span of the same shape, and
    the first walk finds it. Where the asker's clocks change in between, a later date may be in a span although the first is not.
    """
    known = set(found)
    return [[Walk(span, 0), *_earlier(span, known)] for span in found]


def _earlier(span: Span, known: set[Span]) -> Iterable[Walk]:
    if span.first <= ALWAYS[0]:
        return
    for weeks in range(1, WEEKS + 1):
        moved = Span(span.first - weeks * WEEK, span.last - weeks * WEEK)
        if moved not in known and moved.last > min(known).first:
            yield Walk(moved, weeks)


def first_within(found: list[Span], starts: Iterable[int]) -> int | None:
    """The first of some minutes that lies in a span."""
    for start in starts:
        at = bisect_right(found, (start, ALWAYS[1])) - 1
        if at >= 0 and found[at].first <= start < found[at].last:
            return start
    return None
