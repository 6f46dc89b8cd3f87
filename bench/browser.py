"""A group in a real Chromium, in front of a real server: a short talk, a longer one, and one of 10,000 items; sixty people in each.

Server and browser share the machine; each figure is a median. README.md says what is done for each row.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.rows import Row
from bench.talk import Talk, crowd
from bench.visiting import Visit, Visitor, chromium, signed_in
from tests.running import Running

SIZES = (50, 1_000, 10_000)
SHORT, LONG = SIZES[0], SIZES[-1]
MISSED = 1_000
FEWEST_ROUNDS = 5
WORDS_MS, BUSY_MS, WARM_MS = 150, 50, 1_000
FEW_STEPS, TURNS, LETTERS = 10, 60, 60
# By what it is: among all the things of a long talk a name is long to find.
BOX = "[data-part=composer]"
BACK = "() => stepBack()"
TO_TOP = "() => scrollTo({ top: 0, behavior: 'instant' })"
HAS_MORE = "() => !document.querySelector('[data-part=earlier]').hidden"
ELEMENTS = "() => document.querySelectorAll('*').length"
NEWEST = """
(words) => new Promise((resolve) => {
  const seen = () => resolve(until((list) => list.textContent.includes(words)));
  addEventListener("online", seen, { once: true });
})
"""


@dataclass(frozen=True, slots=True)
class Stand:
    """Who looks at what."""

    visitor: Visitor
    talks: dict[int, Talk]
    passphrase: str
    rounds: int

    @property
    def long(self) -> str:
        """The long group."""
        return self.talks[LONG].group


async def browser_rows(server: Running, folder: Path, rounds: int) -> list[Row]:
    """Every row."""
    async with standing(server, folder, rounds, SIZES) as stand:
        return [
            *await open_rows(stand, SIZES),
            await unlock_row(stand),
            *await shell_rows(stand),
            await typing_row(stand, "50 on the page"),
            *await reading_back_rows(stand),
            await typing_row(stand, f"all {LONG:,} read back", anew=False),
            await catch_up_row(stand),
        ]


async def rows_beside(server: Running, folder: Path, rounds: int, on_sqlite: Sequence[Row]) -> list[Row]:
    """What the server's engine has a part in, on PostgreSQL; the reference is the same on SQLite."""
    async with standing(server, folder, rounds, (LONG,)) as stand:
        rows = [*await open_rows(stand, (LONG,)), await catch_up_row(stand)]
    known = {row.what: row.ours for row in on_sqlite}
    return [
        Row(
            f"{row.what}, PostgreSQL beside SQLite",
            row.unit,
            row.ours,
            known[row.what],
            row.promise,
            row.is_kept,
            row.notes,
        )
        for row in rows
    ]


@asynccontextmanager
async def standing(server: Running, folder: Path, rounds: int, sizes: Sequence[int]) -> AsyncIterator[Stand]:
    """The groups, filled; and somebody who is in all of them, signed in."""
    with crowd(server, folder) as people:
        talks = {size: people.gather() for size in sizes}
        for size, talk in talks.items():
            await talk.fill(size)
        async with chromium() as browser:
            visitor = await signed_in(browser, server.url, people.reader)
            yield Stand(visitor, talks, people.reader[1], max(rounds, FEWEST_ROUNDS))


async def open_rows(stand: Stand, sizes: Sequence[int]) -> list[Row]:
    """The newest 50 items, the first time on a device and then from its copy, in turns."""
    seen: dict[tuple[int, bool], list[Visit]] = {(size, anew): [] for size in sizes for anew in (True, False)}
    for _ in range(stand.rounds):
        for (size, anew), visits in seen.items():
            visits.append(await stand.visitor.visit(stand.talks[size].group, anew=anew))
    rows = [open_row(size, anew, visits, seen[sizes[0], anew]) for (size, anew), visits in seen.items()]
    return [*rows, still_row([visit for visits in seen.values() for visit in visits])]


def open_row(size: int, anew: bool, visits: Sequence[Visit], short: Sequence[Visit]) -> Row:
    """The reference is the shortest talk: what growth costs."""
    ours, theirs = (median(visit.since_keys for visit in each) for each in (visits, short))
    typed, writable = median(visit.words for visit in visits), median(visit.writable for visit in visits)
    note = f"since the address was typed: words {typed:,.0f} ms, one can write {writable:,.0f} ms; {told([v.since_keys for v in visits])}"
    how = "the first time" if anew else "from the copy"
    promise, kept = ("none yet", True) if anew else (f"≤ {WORDS_MS} ms", ours <= WORDS_MS)
    reference = 0 if visits is short else theirs
    return Row(f"browser: first 50 of {size:,} visible, {how}", "ms", ours, reference, promise, kept, [note])


def still_row(visits: Sequence[Visit]) -> Row:
    """Nothing moves under an eye or a finger."""
    most = max(visit.moved for visit in visits)
    return Row("browser: layout shift while opening, the most", "", most, 0, "0", most == 0)


async def unlock_row(stand: Stand) -> Row:
    """All that comes after the right passphrase: the session's seal, the page, its keys, the words."""
    await stand.visitor.visit(stand.long)
    times = [await stand.visitor.unlock(stand.passphrase) for _ in range(stand.rounds)]
    return Row(
        f"browser: the same of {LONG:,}, since the passphrase was right",
        "ms",
        median(times),
        0,
        "none yet",
        True,
        [told(times)],
    )


async def shell_rows(stand: Stand) -> list[Row]:
    """On a weak phone far out: with nothing of the shell here, and with all of it; the group's copy is here.

    Warm visits follow one another, as on the phone of somebody who comes back: a browser keeps what it made of a script only at
    its second or third run.
    """
    visitor = stand.visitor
    cold = []
    await visitor.slow_down()
    for _ in range(stand.rounds):
        await visitor.cdp.send("Network.clearBrowserCache")
        cold.append(await visitor.visit(stand.long))
    warm = [await visitor.visit(stand.long) for _ in range(stand.rounds)]
    await visitor.speed_up()
    usable = median(visit.words for visit in warm)
    return [
        shell_row("cold", cold, "none yet", True),
        shell_row("warm", warm, f"≤ {WARM_MS:,} ms", usable <= WARM_MS),
    ]


def shell_row(how: str, visits: Sequence[Visit], promise: str, kept: bool) -> Row:
    """Usable: the group can be read. The box to write in stands there as well; it works a moment later."""
    note = f"one can write {median(visit.writable for visit in visits):,.0f} ms; {told([visit.words for visit in visits])}"
    what = f"browser: usable on a weak phone far out, {how}"
    return Row(what, "ms", median(visit.words for visit in visits), 0, promise, kept, [note])


async def typing_row(stand: Stand, beside: str, *, anew: bool = True) -> Row:
    """From a key to its letter on the screen, on a weak device; times under 16 ms are not told apart.

    Not `anew`: on the page as it is, with all that was read; who writes is at its top.
    """
    visitor = stand.visitor
    if anew:
        await visitor.visit(stand.long)
    else:
        await visitor.page.evaluate(TO_TOP)
        await visitor.page.wait_for_timeout(500)
    await visitor.page.evaluate("() => seen.keys.splice(0)")
    # Playwright brings 330 kB of its own along when it first looks for something: not while the page is timed.
    await visitor.page.locator(f"{BOX} [data-part=open]").count()
    await visitor.slow_down(line=False)
    await visitor.busiest()
    await visitor.page.locator(f"{BOX} [data-part=open]").click()
    await visitor.page.locator(f"{BOX} textarea").click()
    await visitor.page.keyboard.type("a" * LETTERS, delay=60)
    await visitor.page.wait_for_timeout(200)
    keys = await visitor.page.evaluate("() => seen.keys")
    busy = await visitor.busiest()
    await visitor.speed_up()
    await visitor.page.locator(f"{BOX} textarea").fill("")
    times = sorted([*keys, *[16.0] * (LETTERS - len(keys))])
    late = times[int(len(times) * 0.95) - 1]
    notes = [f"median ≤ {median(times):.0f} ms; longest task {busy:.0f} ms"]
    return Row(
        f"browser: a key until it shows, weak device, {beside}, p95",
        "ms",
        late,
        0,
        f"no task > {BUSY_MS} ms",
        busy <= BUSY_MS,
        notes,
    )


async def catch_up_row(stand: Stand) -> Row:
    """An open tab had no line while a thousand items came; until the last of them stands there."""
    visitor, talk = stand.visitor, stand.talks[LONG]
    times, busy = [], []
    await visitor.visit(stand.long)
    for number in range(stand.rounds):
        await visitor.context.set_offline(True)
        await talk.fill(MISSED - 1)
        await talk.say(last := f"And good night, the night of number {number}.")
        await visitor.busiest()
        looking = asyncio.ensure_future(visitor.page.evaluate(NEWEST, last))
        await asyncio.sleep(0.2)
        await visitor.context.set_offline(False)
        times.append(float(await looking))
        busy.append(await visitor.busiest())
    notes = [f"{told(times)}; longest task {max(busy):,.0f} ms"]
    return Row(
        f"browser: catch up of {MISSED:,} in an open tab", "ms", median(times), 0, "none yet", True, notes
    )


async def reading_back_rows(stand: Stand) -> list[Row]:
    """Back to the very first item, 50 at a time; then up again with the wheel."""
    visitor = stand.visitor
    page = visitor.page
    await visitor.visit(stand.long)
    before = await visitor.mebibytes()
    await visitor.busiest()
    steps, busy = [], []
    while await page.evaluate(HAS_MORE):
        steps.append(float(await page.evaluate(BACK)))
        busy.append(await visitor.busiest())
    elements, held = await page.evaluate(ELEMENTS), await visitor.mebibytes()
    scrolled = await scroll(visitor)
    first, last = median(steps[:FEW_STEPS]), median(steps[-FEW_STEPS:])
    notes = [
        f"{len(steps)} steps; longest task at the beginning {median(busy[:FEW_STEPS]):,.0f} ms, at the end {median(busy[-FEW_STEPS:]):,.0f} ms"
    ]
    return [
        Row("browser: a step back of 50, at the end of all", "ms", last, first, "none yet", True, notes),
        Row(
            "browser: longest task while scrolling there",
            "ms",
            scrolled,
            0,
            f"≤ {BUSY_MS} ms",
            scrolled <= BUSY_MS,
        ),
        Row(
            "browser: memory of the page with all of it read back",
            "MiB",
            held,
            before,
            "none yet",
            True,
            [f"{elements:,} elements"],
        ),
    ]


async def scroll(visitor: Visitor) -> float:
    """Up from the first word, with the wheel, as fast as a hand turns it: what was let go of comes again. The longest task."""
    await visitor.busiest()
    await visitor.page.mouse.move(400, 400)
    for _ in range(TURNS):
        await visitor.page.mouse.wheel(0, -600)
        await asyncio.sleep(0.05)
    return await visitor.busiest()


def told(times: Sequence[float]) -> str:
    """Single runs."""
    return "each " + ", ".join(f"{time:,.0f}" for time in times)
