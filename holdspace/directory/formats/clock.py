"""Times of day and lengths, as feeds write them: "8:00", "08:00:00", "6:00 PM", "9am", "noon", "01:30:00"."""

import re
from datetime import date, datetime, time

MINUTES_A_DAY = 1440
LONG = 360  # a meeting of six hours or more is most often a room that stands open
_TIME = re.compile(
    r"(\d{1,2})(?:[:.h](\d{2}))?(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:([ap])\.?\s?m\.?)?(?:z|[+-]\d{2}:?\d{2})?", re.I
)
_LENGTH = re.compile(r"(\d{1,3}):(\d{2})(?::\d{2})?")
_WORDS = {"noon": time(12), "midday": time(12), "midnight": time(0)}


def read_time(written: object) -> time | None:
    """A wall time, or None when this is no time of day. A bare number needs am or pm."""
    words = str(written or "").strip().lower()
    if words in _WORDS:
        return _WORDS[words]
    found = _TIME.fullmatch(words)
    if not found or (found[2] is None and found[3] is None):
        return None
    return _time(int(found[1]), int(found[2] or 0), found[3])


def _time(hour: int, minute: int, half: str | None) -> time | None:
    if half and not 1 <= hour <= 12:
        half = (
            None if half == "p" and 13 <= hour <= 23 else "?"
        )  # "14:00 PM" can only be two in the afternoon
    if half == "?" or minute > 59:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(0 if hour == 24 else hour, minute) if hour < 24 or (hour, minute) == (24, 0) else None


def minutes_from(start: time, end: time) -> int:
    """How long it lasts, in minutes. An end that is not after the start is on the next day."""
    length = (end.hour - start.hour) * 60 + end.minute - start.minute
    return length if length > 0 else length + MINUTES_A_DAY


def read_length(written: object) -> int | None:
    """Minutes of "HH:MM" or "HH:MM:SS"; None for nothing, for zero and for more than a day."""
    found = _LENGTH.fullmatch(str(written or "").strip())
    return fitting(int(found[1]) * 60 + int(found[2])) if found and int(found[2]) < 60 else None


def fitting(minutes: float) -> int | None:
    """A length that can be: above nothing and within a day."""
    return int(minutes) if 0 < minutes <= MINUTES_A_DAY else None


def read_date(written: object) -> date | None:
    """The day of "2020-04-04", "2020-04-04 16:50:58", "2020-04-0416:50:58" or an ISO moment with a zone."""
    try:
        return datetime.strptime(str(written or "").strip()[:10], "%Y-%m-%d").date()  # noqa: DTZ007
    except ValueError:
        return None
