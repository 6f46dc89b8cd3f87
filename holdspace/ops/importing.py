"""`holdspace directory import`: a list of others into the directory, with a report that adds up."""

import argparse
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from holdspace.directory import formats
from holdspace.directory.actions.imports import Report, Way, take
from holdspace.directory.entry import Entry
from holdspace.directory.formats import hsds, types
from holdspace.directory.formats.reading import Unreadable, read_whole
from holdspace.directory.formats.rows import Refusal, Told
from holdspace.directory.formats.seen import Reading
from holdspace.directory.formats.zones import known_zone
from holdspace.directory.offer import SOURCE as OWN
from holdspace.ops.trouble import Trouble

TELL_EVERY = 5_000
_REMARKS = {
    "weeks": "Notes that speak of weeks of the month. Look whether these meet every week",
    "rule": "Repeat in a way we have no field for. The rule is kept as words",
    "long": "Last six hours or more. Look whether that is a room that stands open",
    "zone": "Named no time zone we know. It was taken from their place",
    "place": "Have no place on the map",
    "pause": "Closed for now, the list says",
}


def import_list(options: argparse.Namespace, say: Callable[[str], None], tell: Callable[[str], None]) -> int:
    """Take a list; `say` hears the report, `tell` how far it is. 1 when so little came that nothing was taken away."""
    told = _told(options)
    try:
        reading = Reading(_rows(Path(options.file), options.format, told))
        way = Way(not options.part, options.dry_run, options.accept_shrink)
        report = take(told.source, reading.entries(), way, lambda done: _progress(done, tell))
    except Unreadable as reason:
        raise Trouble(str(reason)) from None
    for line in sentences(reading, report, options.dry_run):
        say(line)
    return 1 if report.short else 0


def _told(options: argparse.Namespace) -> Told:
    if not re.fullmatch(r"[a-z0-9-]{1,40}", options.source):
        raise Trouble("A source is named with small letters, figures and dashes, at most 40.")
    if options.source == OWN:
        raise Trouble("That is the name of the groups of this network. Choose another.")
    if options.program and options.program not in types.PROGRAMS:
        raise Trouble(f"We know no program of that name. These we know: {', '.join(types.PROGRAMS)}.")
    if options.format == "meeting-guide" and not options.program:
        raise Trouble(
            "Say with --program whose list this is. The same letter means different things to each."
        )
    if options.zone and not known_zone(options.zone):
        raise Trouble("We know no time zone of that name. Write it as in Europe/London.")
    return Told(options.source, options.program, options.zone)


def _rows(path: Path, written_in: str, told: Told) -> Iterator[Entry | Refusal]:
    if path.is_dir():
        if written_in != "hsds":
            raise Trouble("Only HSDS comes as a folder of tables.")
        return hsds.read_tables(_tables(path), told)
    with path.open("rb") as file:
        return formats.read(written_in, read_whole(file), told)


def _tables(folder: Path) -> Mapping[str, bytes]:
    tables = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open("rb") as file:
            tables[path.stem] = read_whole(file)
    return tables


def _progress(done: int, tell: Callable[[str], None]) -> None:
    if done % TELL_EVERY == 0:
        tell(f"{done:,} rows so far.")


def sentences(reading: Reading, report: Report, rehearsed: bool) -> Iterator[str]:
    """The report. Its first line adds up: every row is in one of the four numbers."""
    twice = report.refused
    yield (
        f"{reading.count:,} rows: {report.added:,} new, {report.changed:,} changed, {report.same:,} the same, "
        f"{len(reading.refused) + len(twice):,} refused."
    )
    if rehearsed:
        yield "This was a rehearsal. Nothing was written."
    yield from (
        f"Row {row.row:,}{f' ({row.key})' if row.key else ''}: {row.reason}" for row in reading.refused
    )
    yield from (f"{key}: {reason}." for key, reason in twice)
    if report.gone:
        yield f"Not in the list any more, and not shown: {report.gone:,}"
    if report.short:
        yield "Much less came than was there, so nothing was taken away. If that is right, say --accept-shrink."
    if reading.held:
        yield f"Words that may lead to a member, which wait for a coordinator: {reading.held:,}"
    yield from (
        f"{words}: {reading.remarks[code]:,}" for code, words in _REMARKS.items() if reading.remarks[code]
    )
    yield from _twins(reading)


def _twins(reading: Reading) -> Iterator[str]:
    pairs = reading.pairs()
    if pairs:
        yield f"Pairs of the same day, time and place. Look whether they are one meeting: {len(pairs):,}"
    yield from (f"  {one} and {other}" for one, other in pairs)
