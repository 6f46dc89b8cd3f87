"""What the gateway may be asked about hours (docs/protocol.md 3 and 4)."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from heapq import merge
from itertools import islice
from typing import Annotated

from msgspec import Meta, to_builtins

from holdspace.groups.access import forget_all, membership_of
from holdspace.groups.verbs import Id, OfGroup
from holdspace.live.verbs import Args, Read, Result, Verb, Write, one_by_one
from holdspace.meetings import actions, queries
from holdspace.meetings.checking import MOST_LINES
from holdspace.meetings.occurrence import between
from holdspace.meetings.times import Times

# As many coming dates as a page shows, and how far ahead they are looked for.
DATES = 12
AHEAD = timedelta(days=400)
# Start and end in milliseconds, which line of the hours, and the time on the wall of its zone.
Date = tuple[int, int, int, str]


class SetHours(Args, frozen=True):
    """All lines of a group's hours."""

    group: Id
    times: Annotated[list[Times], Meta(max_length=MOST_LINES)]


def read_hours(account_id: bytes, args: OfGroup) -> Result:
    """A group's hours as they were written, and the dates they make."""
    times = queries.times_of(membership_of(account_id, args.group).group_id)
    return {"times": to_builtins(times), "dates": list(islice(coming(times, datetime.now(UTC)), DATES))}


def coming(times: Iterable[Times], now: datetime) -> Iterator[Date]:
    """What goes on or comes, soonest first."""
    return merge(*(_dates(line, each, now) for line, each in enumerate(times)))


def _dates(line: int, times: Times, now: datetime) -> Iterator[Date]:
    for start, end, wall in between(times, now, now + AHEAD):
        yield _ms(start), _ms(end), line, wall.isoformat(timespec="minutes")


def _ms(at: datetime) -> int:
    return int(at.timestamp()) * 1000


VERBS: list[Verb] = [
    Read("hours", OfGroup, read_hours),
    Write("set-hours", SetHours, one_by_one(actions.write_hours), forget=forget_all),
]
