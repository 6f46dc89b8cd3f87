"""One listing as a list of groups gives it: what readers of feeds make and publishers are given. Plain values, no database."""

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


@dataclass(frozen=True, slots=True)
class Entry:
    """A listing. `source` and `key` say which one it is, also when it comes again. No `times`: by appointment.

    `topics` and `access` are our own ids (topic_list, access_list); `formats` are the source's own codes, which mean what `program`
    says. `quarantine` holds reasons: a row with any is kept and not shown until a coordinator looked at it. `held` are words of its
    notes that may tell of a member: the listing is shown without them. `remarks` are codes for coordinators. Times of day are UTC.
    """

    source: str
    key: str
    name: str
    notes: str = ""
    host: str = ""
    topics: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    program: str = ""
    structure: str = ""
    in_person: bool = False
    online: bool = False
    phone: bool = False
    venue: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    approximate: bool = False
    access: tuple[str, ...] = ()
    venue_notes: str = ""
    cost: str = ""
    cost_notes: str = ""
    openness: str = ""
    times: tuple[Times, ...] = ()
    link: str = ""
    link_private: bool = True
    phone_number: str = ""
    website: str = ""
    contact: str = ""
    confirmed: datetime | None = None
    updated: datetime | None = None
    places_left: int | None = None
    status: str = "active"
    raw: str = ""
    quarantine: tuple[str, ...] = ()
    held: str = ""
    remarks: tuple[str, ...] = ()
