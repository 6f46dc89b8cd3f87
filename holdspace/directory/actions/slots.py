"""Slots are made from schedules: when a listing changes, and each minute for those whose date is over."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db import transaction

from holdspace.directory import languages, places
from holdspace.directory.entry import Entry, Times
from holdspace.directory.marks import marks_of
from holdspace.directory.models import NO_DATE, Listing, Schedule, Slot
from holdspace.directory.occurrence import Occurrence, between, upcoming
from holdspace.directory.topic_list import number_of
from holdspace.directory.windows import WEEK, WEEKS, minutes_of

# A slot is looked at again when its date is over: by then it must still reach as far as anybody looks.
_WEEKLY_DAYS = 7 * WEEKS + 8
_OTHER_DAYS = 7 * WEEKS + 35
_AT_ONCE = 500


def make(listings: Iterable[Listing], now: datetime) -> None:
    """Make the slots of some listings anew. Those that are held back or gone have none."""
    rows = list(listings)
    Slot.objects.filter(listing__in=rows).delete()
    shown = (row for row in rows if not row.held_back and row.gone is None)
    Slot.objects.bulk_create((slot for row in shown for slot in _slots(row, now)), batch_size=_AT_ONCE)


def advance(now: datetime) -> int:
    """Move on what is over; how many listings that were. A broken step leaves the rest for the next minute."""
    moved = 0
    while due := _due(minutes_of(now)):
        with transaction.atomic():
            make(Listing.objects.filter(pk__in=due).prefetch_related("schedules"), now)
        moved += len(due)
    return moved


def _due(minute: int) -> list[int]:
    over = Slot.objects.filter(topic=0, next_start__lte=minute, next_end__lte=minute)
    return sorted(set(over.values_list("listing_id", flat=True)[:_AT_ONCE]))


def refresh(now: datetime) -> int:
    """Make all slots anew, as after a change in the rules of time zones; how many listings there are."""
    last = done = 0
    while rows := list(
        Listing.objects.filter(pk__gt=last).order_by("pk").prefetch_related("schedules")[:_AT_ONCE]
    ):
        with transaction.atomic():
            make(rows, now)
        last, done = rows[-1].pk, done + len(rows)
    return done


# From a listing to its slots ------------------------------------------------------------------------------------------


def _slots(listing: Listing, now: datetime) -> Iterator[Slot]:
    entry = listing.words()
    if entry.status != "active":
        return
    schedules = list(listing.schedules.all())
    if not schedules:
        yield from _facets(listing, None, entry, (NO_DATE, NO_DATE, NO_DATE))
    for schedule in schedules:
        for stretch in stretches(schedule.times(), now):
            yield from _facets(listing, schedule, entry, stretch)


def _facets(
    listing: Listing, schedule: Schedule | None, entry: Entry, stretch: tuple[int, int, int]
) -> Iterator[Slot]:
    topics = {0, *filter(None, map(number_of, entry.topics))}
    tongues = {languages.number_of(code) for code in entry.languages} or {0}
    point = _point(entry)
    for topic in sorted(topics):
        for lang in sorted(tongues):
            yield Slot(
                listing=listing,
                schedule=schedule,
                topic=topic,
                lang=lang,
                next_start=stretch[0],
                next_end=stretch[1],
                until=stretch[2],
                marks=marks_of(entry),
                **point,
            )


def _point(entry: Entry) -> dict[str, int]:
    if entry.lat is None or entry.lon is None or not entry.in_person:
        return {}
    return {
        "cell": places.cell_of(entry.lat, entry.lon),
        "lat": round(entry.lat * 100_000),
        "lon": round(entry.lon * 100_000),
    }


def stretches(times: Times, now: datetime) -> Iterator[tuple[int, int, int]]:
    """(start, end, start of the last week of which it is as true), of all dates anybody can look for."""
    is_weekly = times.every == "week" and times.interval == 1
    far = now + timedelta(days=_WEEKLY_DAYS if is_weekly else _OTHER_DAYS)
    found = list(between(times, now, far)) or [each for each in [upcoming(times, now)] if each]
    while found:
        run = _run(found) if is_weekly else 1
        yield (minutes_of(found[0].start), minutes_of(found[0].end), minutes_of(found[run - 1].start))
        found = found[run:]


def _run(found: list[Occurrence]) -> int:
    """How many dates follow one another by exactly a week and last as long."""
    length = found[0].end - found[0].start
    for number, each in enumerate(found):
        first = minutes_of(found[0].start)
        if minutes_of(each.start) != first + number * WEEK or each.end - each.start != length:
            return number
    return len(found)
