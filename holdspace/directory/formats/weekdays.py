"""The one table of how formats write a weekday. Here Monday is 0, as in Python's `date.weekday()`.

Sunday is 0 in Meeting Guide, 1 in BMLT and LGV, 7 in ISO. A table off by one sends people to a locked door.
"""

from holdspace.meetings import ical

DAYS = range(7)
WRITTEN = {
    "meeting-guide": ("1", "2", "3", "4", "5", "6", "0"),
    "bmlt": ("2", "3", "4", "5", "6", "7", "1"),
    "lgv": ("2", "3", "4", "5", "6", "7", "1"),
    "iso": ("1", "2", "3", "4", "5", "6", "7"),
    "ical": ical.DAYS,
    "name": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_READ = {code: {written.lower(): day for day, written in enumerate(row)} for code, row in WRITTEN.items()}
# "Mon", "Tues", "Thurs": as much of a name as people write.
_READ["name"] |= {
    name[:size].lower(): day for day, name in enumerate(WRITTEN["name"]) for size in range(3, len(name))
}
_READ["name"]["weds"] = 2


def read_day(code: str, written: object) -> int | None:
    """The weekday a format wrote in its own code, or None when it is none of the seven."""
    return None if isinstance(written, bool) else _READ[code].get(str(written).strip().rstrip(".").lower())


def write_day(code: str, day: int) -> str:
    """A weekday in a format's own code."""
    return WRITTEN[code][day]
