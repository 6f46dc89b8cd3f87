"""Slots are made from schedules: when a listing changes, and each minute for those whose date is over."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction

from holdspace.directory import languages, places
from holdspace.directory.actions import wording
from holdspace.directory.entry import Entry
from holdspace.directory.marks import marks_of
from holdspace.directory.models import NO_DATE, Listing, Schedule, Slot
from holdspace.directory.topic_list import number_of
from holdspace.directory.windows import WEEK, WEEKS, minutes_of
from holdspace.directory.wording import marks_for
from holdspace.meetings.occurrence import Occurrence, between, upcoming
from holdspace.meetings.times import Times

# A slot is looked at again when its date is over: by then it must still reach as far as anybody looks.
_WEEKLY_DAYS = 7 * WEEKS + 8
_OTHER_DAYS = 7 * WEEKS + 35
_AT_ONCE = 500


class Known(NamedTuple):
    """A listing with what it tells, so that nobody reads it twice."""

    row: Listing
    entry: Entry
    lines: list[tuple[Schedule, Times]]


def known(row: Listing) -> Known:
    """The same of a listing at rest."""
    return Known(row, row.words(), [(schedule, schedule.times()) for schedule in row.schedules.all()])


def make(listings: list[Known], now: datetime, is_told_anew: bool = True) -> None:
    """Make the slots of some listings anew, and their rows in the index of words. Those that are held back or gone have none.

    Where only time went on, nothing new `is_told`: a listing whose dates stay where they are keeps its words there too.
    """
    before = _dates_at_rest([each.row for each in listings])
    after = {each.row.pk: list(_slots(each, now)) for each in listings}
    starts = {key: {slot[2] for slot in found} for key, found in after.items()}
    Slot.objects.filter(listing__in=[each.row for each in listings]).delete()
    with connection.cursor() as cursor:
        cursor.executemany(_NEW_SLOT, [slot for found in after.values() for slot in found])
    moved = [each for each in listings if is_told_anew or starts[each.row.pk] != before[each.row.pk]]
    wording.forget((start, each.row.pk) for each in moved for start in before[each.row.pk])
    wording.keep(_rows_of(each, starts[each.row.pk]) for each in moved if starts[each.row.pk])
    if is_told_anew and listings:
        _count_change(now)


def _count_change(now: datetime) -> None:
    """What is shown is another from now on: feeds are made anew, and who asks whether there is news hears yes (views/feeds.py)."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGE, [int(now.timestamp())])


_CHANGE = (
    "INSERT INTO directory_edition (id, number, since) VALUES (1, 1, %s)"
    " ON CONFLICT (id) DO UPDATE SET number = directory_edition.number + 1, since = excluded.since"
)


def clear(rows: list[Listing]) -> None:
    """Take the slots of some listings away, and their rows in the index of words: before schedules go, which take slots along."""
    wording.forget((start, key) for key, starts in _dates_at_rest(rows).items() for start in starts)
    Slot.objects.filter(listing__in=rows).delete()


def _dates_at_rest(rows: list[Listing]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {row.pk: set() for row in rows}
    for key, start in Slot.objects.filter(listing__in=found, topic=0).values_list("listing_id", "next_start"):
        found[key].add(start)
    return found


def _rows_of(told: Known, starts: set[int]) -> tuple[int, set[int], list[str], list[str]]:
    entry = told.entry
    marks = marks_for(_topics(entry), _tongues(entry), marks_of(entry), _point(entry)[0])
    return told.row.pk, starts, wording.words_in(entry), list(marks)


def advance(now: datetime) -> int:
    """Move on what is over; how many listings that were. A broken step leaves the rest for the next minute."""
    moved = 0
    while due := _due(minutes_of(now)):
        with transaction.atomic():
            rows = Listing.objects.filter(pk__in=due).prefetch_related("schedules")
            make(list(map(known, rows)), now, is_told_anew=False)
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
            make(list(map(known, rows)), now, is_told_anew=False)
        last, done = rows[-1].pk, done + len(rows)
    return done


# From a listing to its slots ------------------------------------------------------------------------------------------


# Django would make an object of each row, and that takes longer than all the rest.
_NEW_SLOT = (
    "INSERT INTO directory_slot (listing_id, schedule_id, next_start, next_end, until, marks, cell, lat, lon, topic, lang)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)


def _slots(told: Known, now: datetime) -> Iterator[tuple[int, int | None, int, *tuple[int | None, ...]]]:
    """The rows of a listing."""
    entry = told.entry
    if entry.status != "active" or told.row.held_back or told.row.gone is not None:
        return
    topics, tongues = _topics(entry), _tongues(entry)
    what = (marks_of(entry), *_point(entry))
    for schedule, stretch in _dates(told.lines, now):
        for topic in topics:
            for lang in tongues:
                yield (told.row.pk, schedule, *stretch, *what, topic, lang)


def _topics(entry: Entry) -> list[int]:
    return sorted({0, *filter(None, map(number_of, entry.topics))})


def _tongues(entry: Entry) -> list[int]:
    return sorted({languages.number_of(code) for code in entry.languages} or {0})


def _dates(
    lines: list[tuple[Schedule, Times]], now: datetime
) -> Iterator[tuple[int | None, tuple[int, int, int]]]:
    if not lines:
        yield None, (NO_DATE, NO_DATE, NO_DATE)
    for schedule, times in lines:
        yield from ((schedule.pk, stretch) for stretch in stretches(times, now))


def _point(entry: Entry) -> tuple[int | None, int | None, int | None]:
    """(cell, latitude, longitude), in the units of Slot."""
    if entry.lat is None or entry.lon is None or not entry.in_person:
        return (None, None, None)
    cell = places.cell_of(entry.lat, entry.lon)
    return (cell, round(entry.lat * 100_000), round(entry.lon * 100_000))


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
