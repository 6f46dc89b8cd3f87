"""The rows of the table: each a piece of work, done by Holdspace and by its reference in turns, A B A B."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.asking import answers_per_second
from bench.load import Figures, Room
from bench.network import PEOPLE, Contestant

# Faster than anything here: no run ends because its envelopes do.
MOST_A_SECOND = 30_000
IN_FLIGHT = 12
CALM_A_SECOND = 100
# The slowest hundredth of 500 is five items, which is chance; of 1,500 it is fifteen.
CALM_TIMES_LONGER = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the results: medians over the rounds, and what was promised of them."""

    what: str
    unit: str
    ours: float
    reference: float
    promise: str
    is_kept: bool
    notes: Sequence[str] = field(default_factory=tuple)

    @property
    def ratio(self) -> float:
        """Ours as a part of the reference."""
        return self.ours / self.reference if self.reference else float("nan")


@dataclass(frozen=True, slots=True)
class Plan:
    """How often and how long each is measured."""

    rounds: int
    seconds: float


Work = Callable[[Contestant, float], Awaitable[Figures]]


async def in_turns(both: Sequence[Contestant], plan: Plan, work: Work) -> dict[str, list[Figures]]:
    """Ours, reference, ours, reference: what else the machine does meets both."""
    seen: dict[str, list[Figures]] = {each.name: [] for each in both}
    for _ in range(plan.rounds):
        for each in both:
            seen[each.name].append(await work(each, plan.seconds))
    return seen


async def send_row(both: Sequence[Contestant], plan: Plan, in_flight: int) -> Row:
    """Accepted items a second with so many on their way."""

    async def work(each: Contestant, seconds: float) -> Figures:
        room = Room(each.group, each.people(int(MOST_A_SECOND * seconds / PEOPLE)))
        await room.open(each.port)
        try:
            before = each.cpu_seconds()
            figures = await room.saturate(in_flight, seconds)
            figures.server_cpu = each.cpu_seconds() - before
            return figures
        finally:
            room.close()

    ours, theirs = (figures for figures in (await in_turns(both, plan, work)).values())
    rate, limit = median(f.rate for f in ours), median(f.rate for f in theirs)
    what = f"send, {in_flight} in flight{_where(both)}"
    # With more in flight it is the search for each one's own best, which has a row and a promise of its own.
    promised = in_flight == IN_FLIGHT and not _where(both)
    promise, is_kept = ("≥ 50 %", rate >= 0.5 * limit) if promised else ("none yet", True)
    return Row(what, "items/s", rate, limit, promise, is_kept, _all_told(both, ours, theirs))


def best_row(sends: Sequence[Row]) -> Row:
    """Each with as many in flight as suits it."""
    ours, theirs = max(sends, key=lambda row: row.ours), max(sends, key=lambda row: row.reference)
    rate, limit = ours.ours, theirs.reference
    note = f"Holdspace: {ours.what}; prototype: {theirs.what}"
    return Row("send, each at its own best", "items/s", rate, limit, "≥ 50 %", rate >= 0.5 * limit, [note])


async def calm_row(both: Sequence[Contestant], plan: Plan) -> Row:
    """Time from the sending to the arrival at the last of twelve, at a calm pace."""

    async def work(each: Contestant, seconds: float) -> Figures:
        seconds *= CALM_TIMES_LONGER
        room = Room(each.group, each.people(int(CALM_A_SECOND * seconds / PEOPLE) + 2))
        await room.open(each.port)
        try:
            before = each.cpu_seconds()
            figures = await room.pace(CALM_A_SECOND, seconds)
            figures.server_cpu = each.cpu_seconds() - before
            return figures
        finally:
            room.close()

    ours, theirs = (figures for figures in (await in_turns(both, plan, work)).values())
    late, limit = median(f.percentile(0.99) for f in ours), median(f.percentile(0.99) for f in theirs)
    what = f"calm, {CALM_A_SECOND} items/s, p99{_where(both)}"
    return Row(what, "ms", late, limit, "≤ 5 ms", late <= 5, _all_told(both, ours, theirs))


async def open_rows(both: Sequence[Contestant], plan: Plan) -> list[Row]:
    """The newest 50 items, and the three that are new; whole answers a second, twelve asking."""
    ours, theirs = both
    rows = []
    for what, behind in (("open the newest 50", 50), ("what is new (3)", 3)):
        rates: dict[str, list[float]] = {"open": [], "items": [], "reference": []}
        for _ in range(plan.rounds):
            rates["open"].append(await answers_per_second(ours, "open", behind, plan.seconds))
            rates["reference"].append(await answers_per_second(theirs, theirs.verb, behind, plan.seconds))
            rates["items"].append(await answers_per_second(ours, "items", behind, plan.seconds))
        rate, limit = median(rates["open"]), median(rates["reference"])
        note = f"`items` alone, without log, boxes and names: {median(rates['items']):,.0f}/s"
        is_promised = behind == 50 and not _where(both)
        promise = "≥ 50 %" if is_promised else "none yet"
        kept = rate >= 0.5 * limit or not is_promised
        rows.append(Row(what + _where(both), "answers/s", rate, limit, promise, kept, [note]))
    return rows


def raw_row(ours: Row, raw: float) -> Row:
    """The saturated send beside what SQLite itself can do."""
    kept = ours.ours >= 0.25 * raw
    return Row("the same beside raw SQLite FULL, 64 rows a commit", "rows/s", ours.ours, raw, "≥ 25 %", kept)


def _where(both: Sequence[Contestant]) -> str:
    """Behind the names of rows in which the engine is what differs."""
    return ", PostgreSQL beside SQLite" if both[1].verb == both[0].verb else ""


def _all_told(both: Sequence[Contestant], *seen: list[Figures]) -> list[str]:
    return [_told(each.name, f) for each, figures in zip(both, seen, strict=True) for f in figures]


def _told(name: str, f: Figures) -> str:
    times = f"p50 {f.percentile(0.5):.1f} ms, p99 {f.percentile(0.99):.1f} ms"
    load = f"the load used {f.busy:.0%} of its core (ceiling {f.ceiling:,.0f}/s)"
    refused = f", refused {f.refused}" if f.refused else ""
    return f"{name}: {f.rate:,.0f}/s, {f.cpu_an_item:,.0f} µs of its core an item, {times}; {load}{refused}"
