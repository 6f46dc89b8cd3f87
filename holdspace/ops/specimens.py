"""What the page that shows every part puts into the templates of lists: a group that comes soon, and one nobody confirmed for long."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext

from holdspace.directory.entry import Entry
from holdspace.directory.showing import Card, card, next_dates
from holdspace.meetings.times import Times

_LONG_AGO = timedelta(days=800)
_FAR_AWAY = Times("Pacific/Auckland", "18:00", 90, weekday=1)


def cards() -> list[Card]:
    """Two cards, as the directory draws them."""
    now = datetime.now(UTC)
    name = gettext("Lantern evening")
    soon = Entry(
        "design", "lantern", name, topics=("grief",), languages=("en",), in_person=True, online=True,
        city="Köpenick", times=(_FAR_AWAY,), confirmed=now,
    )  # fmt: skip
    stale = replace(soon, online=False, times=(), confirmed=now - _LONG_AGO)
    there = card("lantern", soon, next_dates(soon.times, "Europe/Berlin", now)[0], 3.2, now)
    return [replace(there, number=1), card("lantern", stale, None, None, now)]
