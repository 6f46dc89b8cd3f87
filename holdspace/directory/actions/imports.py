"""Taking what a source tells: each listing once, nothing lost by a bad day of the source."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import islice
from zoneinfo import ZoneInfoNotFoundError

import msgspec
from django.db import transaction

from holdspace.directory.actions import slots
from holdspace.directory.entry import Entry
from holdspace.directory.folding import words_of
from holdspace.directory.models import Listing, Schedule, Source
from holdspace.meetings.occurrence import EVERY, zone_of
from holdspace.meetings.times import Times

AT_ONCE = 500
# A feed that brings less than half of what was there is broken more often than half of the groups have ended.
SHORT = 0.5
_RAW_SIGNS = 16_000
_SLUG_SIGNS = 60


@dataclass(slots=True)
class Report:
    """What became of a feed. `refused` holds (key, reason); `short`: too little came, so nothing was taken away."""

    added: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0
    kept_back: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    short: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """How a feed is taken. `whole`: what it doesn't bring any more is gone, unless it came short; `accept_shrink`: then too.

    `rehearse` tells what would happen and writes nothing.
    """

    whole: bool = True
    rehearse: bool = False
    accept_shrink: bool = False


def take(
    source: str, entries: Iterable[Entry], way: Way = Way(), say: Callable[[int], None] | None = None
) -> Report:
    """Take the listings of a source, 500 in a transaction; `say` hears how many rows were looked at."""
    report, seen, done = Report(), set[str](), 0
    program = ""
    rows = iter(entries)
    while batch := list(islice(rows, AT_ONCE)):
        done += len(batch)
        program = program or batch[0].program
        good = [entry for entry in batch if _is_good(entry, source, seen, report)]
        _take_some(source, program, good, way.rehearse, report)
        if say:
            say(done)
    if way.whole:
        _end_missing(source, seen, way, report)
    return report


def _is_good(entry: Entry, source: str, seen: set[str], report: Report) -> bool:
    reason = "key twice" if entry.key in seen else _what_is_wrong(entry, source)
    seen.add(entry.key)
    if reason:
        report.refused.append((entry.key, reason))
    return not reason


def _what_is_wrong(entry: Entry, source: str) -> str:
    if entry.source != source:
        return "of another source"
    if not 1 <= len(entry.key) <= 200:
        return "no key, or a longer one than 200 signs"
    if not words_of(entry.name) or len(entry.name) > 300:
        return "no name, or a longer one than 300 signs"
    if (entry.lat is None) != (entry.lon is None) or not _is_on_the_globe(entry):
        return "a place that is not on the globe"
    return next(filter(None, map(_what_is_wrong_with, entry.times)), "")


def _is_on_the_globe(entry: Entry) -> bool:
    return entry.lat is None or entry.lon is None or (-90 <= entry.lat <= 90 and -180 <= entry.lon <= 180)


def _what_is_wrong_with(times: Times) -> str:
    try:
        zone_of(times.zone)
        datetime.strptime(times.start, "%H:%M")  # noqa: DTZ007 (a time of day, on any wall)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "a zone or a time that there is not"
    is_odd = times.weekday not in (None, *range(7)) or 0 in times.nth or 0 in times.monthdays
    if is_odd or times.every not in EVERY or times.interval < 1 or not 1 <= times.minutes <= 1440:
        return "hours that make no sense"
    needs = {
        "week": times.weekday,
        "nth": times.nth and times.weekday,
        "monthday": times.monthdays,
        "once": times.day,
    }
    is_lacking = needs.get(times.every, times.extra) in (None, ()) or (
        times.interval > 1 and not times.anchor
    )
    return "hours that lack a day" if is_lacking else ""


# One batch ------------------------------------------------------------------------------------------------------------


def _take_some(source: str, program: str, batch: list[Entry], rehearse: bool, report: Report) -> None:
    known = {
        row.key: row for row in Listing.objects.filter(source=source, key__in=[each.key for each in batch])
    }
    changed = [entry for entry in batch if _count(entry, known.get(entry.key), report)]
    if rehearse:
        return
    now = datetime.now(UTC)
    with transaction.atomic():
        Source.objects.update_or_create(slug=source, defaults={"program": program, "taken": now})
        written = _write([(entry, known.get(entry.key)) for entry in changed])
        slots.make(written, now)


def _count(entry: Entry, row: Listing | None, report: Report) -> bool:
    """Whether it has to be written; counted in any case."""
    report.kept_back += bool(entry.quarantine or entry.held)
    if row is None:
        report.added += 1
    elif row.digest == digest_of(entry) and row.gone is None:
        report.same += 1
        return False
    else:
        report.changed += 1
    return True


def digest_of(entry: Entry) -> bytes:
    """What has to be the same for a row to be the same. When it was last touched at the source is not."""
    if entry.raw or entry.updated:
        entry = replace(entry, raw="", updated=None)
    return blake2b(msgspec.json.encode(entry), digest_size=16).digest()


def _write(pairs: list[tuple[Entry, Listing | None]]) -> list[slots.Known]:
    rows = [_fill(row or Listing(source_id=entry.source, key=entry.key), entry) for entry, row in pairs]
    old = [row for _, row in pairs if row is not None]
    Listing.objects.bulk_create(row for row in rows if row.pk is None)
    Listing.objects.bulk_update(old, ["title", "told", "digest", "held_back", "gone", "confirmed"])
    slots.clear(old)
    Schedule.objects.filter(listing__in=old).delete()
    written = [
        slots.Known(row, entry, _lines(row, entry)) for row, (entry, _) in zip(rows, pairs, strict=True)
    ]
    Schedule.objects.bulk_create(schedule for each in written for schedule, _ in each.lines)
    return written


def _lines(row: Listing, entry: Entry) -> list[tuple[Schedule, Times]]:
    return [
        (Schedule(listing=row, line=number, told=msgspec.json.encode(times).decode()), times)
        for number, times in enumerate(entry.times)
    ]


def _fill(row: Listing, entry: Entry) -> Listing:
    row.title, row.digest = entry.name, digest_of(entry)
    row.told = msgspec.json.encode(replace(entry, times=(), raw=entry.raw[:_RAW_SIGNS])).decode()
    row.held_back, row.gone, row.confirmed = bool(entry.quarantine), None, entry.confirmed
    row.slug = row.slug or slug_of(entry)
    return row


def slug_of(entry: Entry) -> str:
    """The last part of its address: its name, and enough of its key that no other has the same."""
    signs = blake2b(f"{entry.source}\0{entry.key}".encode(), digest_size=5).hexdigest()
    plain = "-".join(words_of(entry.name))[:_SLUG_SIGNS].strip("-")
    ascii_only = plain.encode("ascii", "ignore").decode().strip("-")
    return f"{ascii_only}-{signs}" if ascii_only else signs


# What did not come ----------------------------------------------------------------------------------------------------


def _end_missing(source: str, seen: set[str], way: Way, report: Report) -> None:
    """An empty feed takes nothing away, whatever is said: nobody means that."""
    here = Listing.objects.filter(source=source, gone=None)
    total = here.count() if way.rehearse else here.count() - report.added
    missing = [pk for pk, key in here.values_list("pk", "key") if key not in seen]
    is_less = total - len(missing) < total * SHORT and not way.accept_shrink
    report.short = bool(missing) and (not seen or is_less)
    if report.short:
        return
    report.gone = len(missing)
    if not way.rehearse:
        for some in in_batches(missing):
            end(some)


def in_batches(keys: list[int]) -> Iterator[list[int]]:
    """As many as are written at once."""
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


def end(keys: list[int]) -> None:
    """These listings are shown to nobody from now on. Their rows stay."""
    now = datetime.now(UTC)
    with transaction.atomic():
        Listing.objects.filter(pk__in=keys).update(gone=now)
        slots.make([slots.known(row) for row in Listing.objects.filter(pk__in=keys)], now)
