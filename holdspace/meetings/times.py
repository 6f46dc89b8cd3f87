"""When a group is held, as people say it: plain values, no database. occurrence.py makes dates of them."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Moved:
    """One day that is held at another time: `to` is local wall time, `minutes` 0 means as long as ever."""

    day: date
    to: datetime
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which nothing is held, the last one included; no last day means until further notice."""

    first: date
    last: date | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Times:
    """One line of a group's hours: one weekday of a week or a month, some days of a month, one day, or a list of days.

    `start` is "HH:MM" on the wall of the IANA `zone`, `minutes` 1 ... 1440. `every` says which of the others count:
    "week" (`weekday`, `interval`, `anchor`), "nth" (`weekday`, `nth`, `interval`, `anchor`), "monthday" (`monthdays`, `interval`,
    `anchor`), "once" (`day`), "dates" (`extra` alone). Monday is 0. `nth` and `monthdays` count from the end where negative. An
    `anchor` is a day on which it is really held; an `interval` above 1 needs one.
    """

    zone: str
    start: str
    minutes: int
    every: str = "week"
    weekday: int | None = None
    interval: int = 1
    anchor: date | None = None
    nth: tuple[int, ...] = ()
    monthdays: tuple[int, ...] = ()
    day: date | None = None
    extra: tuple[date, ...] = ()
    without: tuple[date, ...] = ()
    moved: tuple[Moved, ...] = ()
    pauses: tuple[Pause, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    rule_text: str = ""
