"""What all formats need of an entry: its address on one line, its rhythm in words, and which of its ways in may be told."""

from datetime import datetime, timedelta

from holdspace.directory.entry import Entry
from holdspace.directory.formats.weekdays import WRITTEN
from holdspace.meetings.times import Times

_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}


def public_link(entry: Entry) -> str:
    """The join link, where the group published it."""
    return "" if entry.link_private else entry.link


def is_weekly(times: Times) -> bool:
    """Whether a format that knows only weeks can say these hours."""
    return times.every == "week" and times.interval == 1


def end_of(times: Times) -> str:
    """The wall time at which it ends, "HH:MM"; past midnight it is smaller than the start."""
    start = datetime.strptime(times.start, "%H:%M")  # noqa: DTZ007
    return f"{start + timedelta(minutes=times.minutes):%H:%M}"


def rhythm_of(times: Times) -> str:
    """How it repeats, in words."""
    return times.rule_text or _RHYTHMS[times.every](times)


def _weekly(times: Times) -> str:
    day = WRITTEN["name"][times.weekday or 0]
    return f"Every {day}" if times.interval == 1 else f"{day}, every {times.interval} weeks"


def _nth(times: Times) -> str:
    which = " and ".join(_NTH.get(number, f"{number}.") for number in times.nth)
    months = "the month" if times.interval == 1 else f"every {times.interval} months"
    return f"The {which} {WRITTEN['name'][times.weekday or 0]} of {months}"


def _monthday(times: Times) -> str:
    days = ", ".join("the last day" if day == -1 else f"day {day}" for day in times.monthdays)
    return f"{days.capitalize()} of the month"


def _dates(times: Times) -> str:
    return "On " + ", ".join(f"{day:%Y-%m-%d}" for day in sorted({*times.extra, *filter(None, (times.day,))}))


_RHYTHMS = {"week": _weekly, "nth": _nth, "monthday": _monthday, "once": _dates, "dates": _dates}


def town_of(entry: Entry) -> str:
    """The town with its country, or the town its time zone is named after: never nothing."""
    said = ", ".join(dict.fromkeys(filter(None, (entry.city, entry.region, entry.country))))
    zone = entry.times[0].zone if entry.times else ""
    return said or zone.rpartition("/")[2].replace("_", " ") or "Online"


def address_of(entry: Entry) -> str:
    """The address on one line."""
    town = " ".join(filter(None, (entry.region, entry.postal_code)))
    return (
        ", ".join(filter(None, (entry.street, entry.city, town, entry.country)))
        if entry.street
        else town_of(entry)
    )
