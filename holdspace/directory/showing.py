"""A listing in words: its hours as people say them, and its next date in somebody's own zone and in the group's."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext
from django.utils.translation import gettext_lazy as _

from holdspace.directory import languages, map_view
from holdspace.directory.entry import Entry
from holdspace.directory.map_view import MapView, Spot
from holdspace.directory.models import NO_DATE, Listing, OwnListing
from holdspace.directory.offer import OPENNESS, PLACES, SIZES, Offer
from holdspace.directory.places import far, km_between
from holdspace.directory.search import Found, Near
from holdspace.directory.topic_list import topics
from holdspace.meetings.occurrence import Occurrence, between, zone_of
from holdspace.meetings.times import Times

# After so long without a word, one should ask before setting out.
STALE_DAYS = 365
_AHEAD = timedelta(days=35)
_ACROSS_THE_STREET_KM = 0.3
# What the map of one group shows to each side.
_AROUND_KM = 5.0
_WEB = re.compile(r"https?://[^\s/]+")

ACCESS_NAMES = {
    "step_free": _("No steps"),
    "hearing_loop": _("Hearing loop"),
    "sign_language": _("Sign language"),
    "captions": _("Words on a screen"),
    "quiet_space": _("A quiet room"),
    "accessible_toilet": _("Toilet for wheelchairs"),
    "childcare": _("Somebody looks after children"),
    "large_print": _("Large print"),
    "parking": _("Place to park"),
    "bus": _("Bus or train near by"),
}
OPENNESS_NAMES = {each: OPENNESS[each] for each in ("open", "members", "ask")}
COST_NAMES = {"free": _("Free"), "donation": _("You can give what you like"), "paid": _("Costs money")}
STRUCTURE_NAMES = {
    "open talk": _("Open talk"),
    "topic": _("A topic each time"),
    "steps": _("Steps"),
    "speaker": _("Somebody tells, then talk"),
    "reading": _("Reading together"),
    "meditation": _("Quiet sitting"),
    "activity": _("Doing things together"),
}
# Clockwise from north, as map_view.direction counts.
_WAYS = (
    _("to the north"),
    _("to the north-east"),
    _("to the east"),
    _("to the south-east"),
    _("to the south"),
    _("to the south-west"),
    _("to the west"),
    _("to the north-west"),
)
_NTH = {
    1: _("first"),
    2: _("second"),
    3: _("third"),
    4: _("fourth"),
    5: _("fifth"),
    -1: _("last"),
    -2: _("second to last"),
}
MODE_NAMES = {
    "in_person": gettext_lazy("In person"),
    "online": gettext_lazy("Online"),
    "phone": gettext_lazy("By phone"),
}


# Dates ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class When:
    """One date: in the asker's zone, in the group's where the clock shows another time there, and how it will change."""

    start: datetime
    end: datetime
    day: str
    hours: str
    zone: str
    there: str
    is_on: bool
    changes: str


def place_of(zone: str) -> str:
    """The town a zone is named after."""
    return zone.rpartition("/")[2].replace("_", " ")


def clock(moment: datetime) -> str:
    """The time of day, as the reader's language writes it."""
    return date_format(moment, "TIME_FORMAT")


def day_of(moment: datetime | date) -> str:
    """ "Tuesday 24 November"."""
    return date_format(moment, "l j F")


def when(start: datetime, minutes: int, times: Times, zone: str, now: datetime) -> When:
    """A date as it is shown. `start` and `now` are aware."""
    mine = start.astimezone(zone_of(zone))
    end = (start + timedelta(minutes=minutes)).astimezone(zone_of(zone))
    theirs = start.astimezone(zone_of(times.zone))
    is_same = mine.replace(tzinfo=None) == theirs.replace(tzinfo=None)
    there = "" if is_same else gettext("%(day)s, %(time)s in %(place)s") % {
        "day": day_of(theirs), "time": clock(theirs), "place": place_of(times.zone),
    }  # fmt: skip
    hours = f"{clock(mine)} \u2013 {clock(end)}"
    return When(
        mine,
        end,
        day_of(mine),
        hours,
        place_of(zone),
        there,
        start <= now,
        _changes(times, mine, now) if not is_same else "",
    )


def _changes(times: Times, mine: datetime, now: datetime) -> str:
    """What the asker's clock shows later on, where it will be another time than now: "From 1 November it is at 18:00"."""
    for each in between(times, now, now + _AHEAD):
        later = each.start.astimezone(mine.tzinfo)
        if (
            later > mine
            and times.every == "week"
            and later.time() != mine.time()
            and not _is_moved(times, each)
        ):
            return gettext("From %(day)s it is at %(time)s for you.") % {
                "day": day_of(later),
                "time": clock(later),
            }
    return ""


def _is_moved(times: Times, occurrence: Occurrence) -> bool:
    return any(moved.to == occurrence.wall for moved in times.moved)


# Rhythm ---------------------------------------------------------------------------------------------------------------


def rhythm(times: Times) -> str:
    """ "Every Tuesday, 18:00 in Berlin"."""
    at = datetime.strptime(times.start, "%H:%M")  # noqa: DTZ007 (on the group's own wall)
    return gettext("%(rhythm)s, %(time)s in %(place)s") % {
        "rhythm": _days_of(times), "time": date_format(at, "TIME_FORMAT"), "place": place_of(times.zone),
    }  # fmt: skip


def _days_of(times: Times) -> str:
    if times.every == "once" and times.day:
        return day_of(times.day)
    if times.every == "dates":
        return ", ".join(map(day_of, times.extra[:6]))
    if times.every == "monthday":
        named = ", ".join(str(day) if day > 0 else gettext("the last") for day in times.monthdays)
        return gettext("Each month on day %(days)s") % {"days": named}
    weekday = WEEKDAYS[times.weekday or 0]
    if times.every == "nth":
        named = gettext(" and ").join(str(_NTH.get(nth, nth)) for nth in times.nth)
        return gettext("Each month on the %(which)s %(weekday)s") % {"which": named, "weekday": weekday}
    if times.interval == 1:
        return gettext("Every %(weekday)s") % {"weekday": weekday}
    return ngettext("Every %(weekday)s", "Every %(weeks)s weeks on %(weekday)s", times.interval) % {
        "weeks": times.interval, "weekday": weekday,
    }  # fmt: skip


# A listing ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Card:
    """A listing as a list shows it."""

    slug: str
    entry: Entry
    when: When | None
    km: int | None
    modes: list[str]
    topics: list[str]
    tongues: list[str]
    confirmed: date | None
    is_stale: bool
    # "to the north-east" of where somebody looks from.
    way: str = ""
    # Its number on the map beside the list, where there is one.
    number: int = 0


def cards(
    found: Iterable[Found], rows: dict[int, Listing], zone: str, now: datetime, near: Near | None = None
) -> Iterator[Card]:
    """What was found, in its order. What went away meanwhile is left out."""
    for each in found:
        row = rows.get(each.listing)
        if row is not None:
            shown = card(row.slug, row.words(), _date(row, each, zone, now), each.km, now)
            yield replace(shown, way=_way(near, shown.entry))


def _way(near: Near | None, entry: Entry) -> str:
    """Which way it is; said only where it is further than across the street."""
    if near is None or entry.lat is None or entry.lon is None:
        return ""
    if km_between(near.lat, near.lon, entry.lat, entry.lon) < _ACROSS_THE_STREET_KM:
        return ""
    return str(_WAYS[map_view.direction(near.lat, near.lon, entry.lat, entry.lon)])


def on_a_map(shown: list[Card], near: Near | None, name: str) -> tuple[list[Card], MapView | None]:
    """The cards, numbered where they have a place, and the map with these numbers; no map where none has one."""
    numbered = [
        replace(card, number=number) if _has_place(card.entry) else card
        for number, card in enumerate(shown, 1)
    ]
    spots = [spot_of(card.entry, card.slug, card.number) for card in numbered if card.number]
    if near is None or not spots:
        drawn = map_view.of_all(spots)
    else:
        drawn = map_view.around((near.lat, near.lon), near.km, spots, name)
    return (numbered if drawn else shown), drawn


def _has_place(entry: Entry) -> bool:
    return entry.in_person and entry.lat is not None and entry.lon is not None


def spot_of(entry: Entry, slug: str = "", number: int = 0) -> Spot:
    """A group that has a place, for a map."""
    return Spot(number, slug, entry.name, entry.lat or 0.0, entry.lon or 0.0, entry.approximate)


def map_of(entry: Entry) -> MapView | None:
    """Where one group meets, and what lies around it."""
    if not _has_place(entry):
        return None
    spot = spot_of(entry)
    return map_view.around((spot.lat, spot.lon), _AROUND_KM, [spot])


def _date(row: Listing, found: Found, zone: str, now: datetime) -> When | None:
    schedule = next((line for line in row.schedules.all() if line.pk == found.schedule), None)
    if schedule is None or found.start == NO_DATE:
        return None
    times, start = schedule.times(), datetime.fromtimestamp(found.start * 60, UTC)
    held = next(
        (each for each in between(times, start, start + timedelta(minutes=1)) if each.start == start), None
    )
    length = int((held.end - held.start).total_seconds()) // 60 if held else times.minutes
    return when(start, length, times, zone, now)


def card(slug: str, entry: Entry, date_shown: When | None, km: float | None, now: datetime) -> Card:
    """One listing."""
    confirmed = entry.confirmed.astimezone(UTC).date() if entry.confirmed else None
    return Card(
        slug,
        entry,
        date_shown,
        far(km) if km is not None else None,
        [str(name) for mode, name in MODE_NAMES.items() if getattr(entry, mode)],
        [topics()[each].name(get_language() or "en") for each in entry.topics if each in topics()],
        [languages.name_of(code) for code in entry.languages],
        confirmed,
        confirmed is not None and (now.date() - confirmed).days > STALE_DAYS,
    )


def next_dates(times: Iterable[Times], zone: str, now: datetime, most: int = 3) -> list[When]:
    """The next few dates of all lines together."""
    found = [
        (each, line) for line in times for each in islice(between(line, now, now + timedelta(days=366)), most)
    ]
    found.sort(key=lambda pair: pair[0].start)
    return [
        when(each.start, int((each.end - each.start).total_seconds()) // 60, line, zone, now)
        for each, line in found[:most]
    ]


def details(entry: Entry) -> dict[str, Any]:
    """What the page of a listing shows beside its card."""
    return {
        "rhythms": [rhythm(times) for times in entry.times],
        "rules": [times.rule_text for times in entry.times if times.rule_text],
        "access": [ACCESS_NAMES[each] for each in entry.access if each in ACCESS_NAMES],
        "openness": OPENNESS_NAMES.get(entry.openness, ""),
        "cost": COST_NAMES.get(entry.cost, ""),
        "structure": STRUCTURE_NAMES.get(entry.structure, ""),
        "address": [each for each in (entry.venue, entry.street, f"{entry.postal_code} {entry.city}".strip(), entry.region) if each],
        "link": entry.link if not entry.link_private and _is_web(entry.link) else "",
        "website": entry.website if _is_web(entry.website) else "",
    }  # fmt: skip


def _is_web(address: str) -> bool:
    """Nothing but a page: a feed may hold anything."""
    return bool(_WEB.match(address))


def of_own(own: OwnListing, offer: Offer | None = None) -> dict[str, Any]:
    """What a group of this network tells beside that: what was approved, or another offer of it."""
    told = offer or own.offered() or Offer()
    return {
        "own": own,
        "offer": told,
        "openness": OPENNESS.get(told.openness, ""),
        "size": SIZES.get(told.size, ""),
        "places": PLACES.get(told.places, ""),
    }
