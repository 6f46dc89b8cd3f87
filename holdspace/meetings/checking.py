"""Whether a line of hours can be kept: it must have dates, few enough to look at, and hold no word anybody wrote."""

import re
from datetime import date

from holdspace.meetings.occurrence import zone_of
from holdspace.meetings.times import Times

MOST_LINES = 14
# Days left out, moved or paused: two years of weekly exceptions is no rhythm.
_MOST_DAYS = 120
_MOST_INTERVAL = 52
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)
_YEARS = range(2000, 2200)


def are_hours(times: tuple[Times, ...]) -> bool:
    """Whether a group can keep these."""
    return len(times) <= MOST_LINES and all(map(is_line, times))


def is_line(times: Times) -> bool:
    """Whether one line names days and says nothing else. Reasons are sealed, so none may stand here."""
    wordless = not times.rule_text and not any(pause.reason for pause in times.pauses)
    return wordless and _has_clock(times) and _is_whole(times) and _has_days(times) and _is_short(times)


def _has_clock(times: Times) -> bool:
    return bool(_CLOCK.fullmatch(times.start)) and 1 <= times.minutes <= 1440 and _is_zone(times.zone)


def _is_zone(name: str) -> bool:
    try:
        zone_of(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _has_days(times: Times) -> bool:
    on_weekday = times.weekday is not None and 0 <= times.weekday <= 6
    anchored = 1 <= times.interval <= _MOST_INTERVAL and (times.interval == 1 or times.anchor is not None)
    return {
        "week": on_weekday and anchored and (times.anchor is None or times.anchor.weekday() == times.weekday),
        "nth": on_weekday and anchored and _are_numbers(times.nth, 5),
        "monthday": anchored and _are_numbers(times.monthdays, 31),
        "once": times.day is not None,
        "dates": bool(times.extra),
    }.get(times.every, False)


def _is_whole(times: Times) -> bool:
    """Also what this rhythm does not use makes sense: others who read the line look at all of it."""
    numbers = 0 not in times.nth and 0 not in times.monthdays
    return times.weekday in (None, *range(7)) and 1 <= times.interval <= _MOST_INTERVAL and numbers


def _are_numbers(numbers: tuple[int, ...], most: int) -> bool:
    return 1 <= len(numbers) <= most and all(1 <= abs(number) <= most for number in numbers)


def _is_short(times: Times) -> bool:
    days = [*times.extra, *times.without, *_days_of_changes(times)]
    return len(days) <= _MOST_DAYS and all(day.year in _YEARS for day in days) and _are_sound(times)


def _days_of_changes(times: Times) -> list[date]:
    """Every other day a line names."""
    named = [times.anchor, times.day, times.valid_from, times.valid_to]
    moved = [day for each in times.moved for day in (each.day, each.to.date())]
    paused = [day for pause in times.pauses for day in (pause.first, pause.last)]
    return [day for day in (*named, *moved, *paused) if day]


def _are_sound(times: Times) -> bool:
    """A moved date has a wall time of its own, without a zone; a pause ends after it began."""
    moved = all(each.to.tzinfo is None and 0 <= each.minutes <= 1440 for each in times.moved)
    return moved and all(pause.last is None or pause.first <= pause.last for pause in times.pauses)
