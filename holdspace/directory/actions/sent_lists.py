"""A list of others that a coordinator sends by web: read without writing, then taken. The same code as `holdspace directory import`."""

import logging
import secrets
import zlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
from django.db import Error, transaction
from django.utils import timezone

from holdspace.accounts.models import Account
from holdspace.directory import formats
from holdspace.directory.actions.imports import Report, Way, take
from holdspace.directory.formats.reading import Unreadable
from holdspace.directory.formats.rows import Told
from holdspace.directory.formats.seen import Reading
from holdspace.directory.models import ListState, SentList
from holdspace.live.writer import trace_of
from holdspace.trail.actions import note
from holdspace.ui.refused import Refused

log = logging.getLogger(__name__)
# What a page can show of a report; the rest is counted.
MOST_LINES = 300
KEPT = timedelta(days=1)
STILL = timedelta(minutes=1)


def send(who: Account, data: bytes, told: Told, written_in: str, *, part: bool) -> SentList:
    """Keep a list that came, to be read."""
    now = timezone.now()
    return SentList.objects.create(
        key=secrets.token_hex(8),
        who=who,
        source=told.source,
        program=told.program,
        zone=told.zone,
        written_in=written_in,
        part=part,
        sent=now,
        beat=now,
        packed=zlib.compress(data, 6),
    )


@transaction.atomic
def approve_list(key: str, who: Account, *, accept_shrink: bool) -> None:
    """Take what was read. `stale` when it is not in that state: taken already, or thrown away."""
    moved = SentList.objects.filter(key=key, state=ListState.READ).update(
        state=ListState.TAKING, accept_shrink=accept_shrink, beat=timezone.now(), done=0
    )
    if not moved:
        raise Refused("stale")
    note("list-taken", who.pk)


def throw_away(key: str) -> None:
    """Nothing of it was wanted."""
    SentList.objects.filter(key=key).exclude(state=ListState.TAKING).delete()


def tidy_lists() -> None:
    """Lists nobody decided about go after a day. One that is being taken is taken whole."""
    SentList.objects.filter(sent__lt=timezone.now() - KEPT).exclude(state=ListState.TAKING).delete()


def left_alone() -> list[str]:
    """Lists whose worker gave no sign for a minute: the server was stopped meanwhile."""
    still = SentList.objects.filter(
        state__in=[ListState.READING, ListState.TAKING], beat__lt=timezone.now() - STILL
    )
    return list(still.values_list("key", flat=True))


# The work -------------------------------------------------------------------------------------------------------------


def work_on(key: str) -> None:
    """Read it, or take it; what was done is in its row. To do it twice is the same as once."""
    row = SentList.objects.filter(key=key).first()
    if row is None or not row.is_at_work:
        return
    rehearse = row.state == ListState.READING
    try:
        report = _run(row, rehearse=rehearse)
    except Unreadable as reason:
        _end(key, ListState.UNREADABLE, {"reason": str(reason)})
        return
    except Error:
        raise
    except Exception as error:
        # A list that breaks its reader must not be tried again each minute.
        log.error("A list broke its reader: %s", trace_of(error))
        _end(key, ListState.UNREADABLE, {"reason": ""})
        return
    _end(key, ListState.READ if rehearse else ListState.TAKEN, report)


def _run(row: SentList, *, rehearse: bool) -> dict[str, Any]:
    told = Told(row.source, row.program, row.zone)
    data = zlib.decompress(bytes(row.packed))
    reading = Reading(formats.read(row.written_in, data, told))
    way = Way(not row.part, rehearse, row.accept_shrink)
    return _told(reading, take(row.source, reading.entries(), way, _sign(row.key)))


def _sign(key: str) -> Callable[[int], None]:
    def say(done: int) -> None:
        SentList.objects.filter(key=key).update(done=done, beat=timezone.now())

    return say


def _end(key: str, state: ListState, report: dict[str, Any]) -> None:
    changed: dict[str, Any] = {"state": state, "report": report, "beat": timezone.now()}
    if state != ListState.READ:
        changed["packed"] = b""
    SentList.objects.filter(key=key).update(**changed)


def _told(reading: Reading, report: Report) -> dict[str, Any]:
    """The report as it rests. Its first four numbers add up to the rows."""
    refused = [(row.row, row.key, row.reason) for row in reading.refused]
    refused += [(0, key, reason) for key, reason in report.refused]
    pairs = reading.pairs()
    return {
        "rows": reading.count,
        "added": report.added,
        "changed": report.changed,
        "same": report.same,
        "refused": len(refused),
        "gone": report.gone,
        "short": report.short,
        "held": report.kept_back,
        "remarks": dict(reading.remarks),
        "lines": refused[:MOST_LINES],
        "pairs": [[str(one), str(other)] for one, other in pairs[:MOST_LINES]],
        "first": [msgspec.to_builtins(entry) for entry in reading.first],
    }
