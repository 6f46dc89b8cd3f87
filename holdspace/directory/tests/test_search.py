"""The walk of spans against a plain look at every group: who is held in somebody's hours, who is near, and in which order."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random  # noqa: TID251 (the same groups each time)
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from holdspace.directory import places
from holdspace.directory.actions import imports, slots
from holdspace.directory.actions.wording import words_in
from holdspace.directory.entry import Entry
from holdspace.directory.marks import ACCESS, COST, MODES, OPENNESS, marks_of
from holdspace.directory.models import Listing, Slot
from holdspace.directory.search import PAGE, Found, Near, Query, search
from holdspace.directory.windows import Hours, minutes_of
from holdspace.directory.wording import LISTING_BITS
from holdspace.meetings.occurrence import between, instant
from holdspace.meetings.tests.test_occurrence import ZONES
from holdspace.meetings.times import Pause, Times

WORDS = ["River", "Riverside", "Morning", "Hope", "Café", "Open"]
TOPICS = ["grief", "anxiety", "alcohol", "carers"]
# Before the autumn of both hemispheres, in the week between Europe's and America's, and in a quiet month.
MOMENTS = [
    datetime(2026, month, day, 21, 7, tzinfo=UTC) for month, day in ((3, 1), (10, 20), (10, 27), (7, 1))
]
TOWNS = [
    (51.5, -0.12),
    (40.7, -74.0),
    (-33.9, 151.2),
    (-17.7, 179.9),
    (-17.7, -179.9),
    (89.9, 10.0),
    (52.5, 13.4),
]


def made_up(number: int, dice: Random) -> Entry:
    """A group out of a hat."""
    lat, lon = dice.choice(TOWNS)
    lines = tuple(hours(dice) for _ in range(dice.choice([1, 1, 1, 2, 5])))
    return Entry(
        "hat",
        str(number),
        f"{dice.choice(WORDS)} {dice.choice(WORDS)} {number}",
        topics=tuple(dice.sample(TOPICS, dice.choice([1, 1, 2]))),
        languages=tuple(dice.sample(["en", "es", "ar"], dice.choice([1, 1, 2]))),
        in_person=dice.random() < 0.6,
        online=dice.random() < 0.5,
        lat=max(-90.0, min(90.0, lat + dice.uniform(-0.6, 0.6))),
        lon=(lon + dice.uniform(-0.6, 0.6) + 180) % 360 - 180,
        access=tuple(dice.sample(sorted(ACCESS), dice.choice([0, 1, 3]))),
        cost=dice.choice(["", "free", "donation"]),
        openness=dice.choice(["open", "members"]),
        times=lines,
    )


def hours(dice: Random) -> Times:
    """A line of hours out of a hat: most are weekly."""
    day = date(2026, 1, 5) + timedelta(days=dice.randrange(7))
    line = Times(
        dice.choice(ZONES), f"{dice.randrange(24):02}:{dice.choice([0, 15, 30]):02}", dice.choice([60, 90, 1440]),
        weekday=day.weekday(), anchor=day,
    )  # fmt: skip
    kind = dice.random()
    if kind < 0.15:
        return replace(line, interval=2)
    if kind < 0.3:
        return replace(line, every="nth", nth=(dice.choice([1, 2, -1]), 3))
    if kind < 0.4:
        return replace(line, pauses=(Pause(date(2026, 3, 5), date(2026, 4, 2)),))
    return line


@pytest.fixture
def hat(db: None) -> list[Entry]:
    """Two hundred groups."""
    dice = Random(7)  # noqa: S311
    entries = [made_up(number, dice) for number in range(200)]
    assert imports.take("hat", entries).added == 200
    return entries


def looked_at(entries: list[Entry], query: Query, now: datetime) -> dict[str, tuple[int, float | None]]:
    """For each group that fits: the first minute that fits, and how far it is. Slowly, one by one."""
    found = {}
    for entry in entries:
        km = _km(entry, query.near)
        starts = [s for times in entry.times for s in _starts(times, query.hours, now)]
        if (
            _is_wanted(entry, query)
            and starts
            and (query.near is None or (km is not None and km <= query.near.km))
        ):
            found[entry.key] = (min(starts), km)
    return found


def _km(entry: Entry, near: Near | None) -> float | None:
    if near is None or entry.lat is None or entry.lon is None or not entry.in_person:
        return None
    return places.km_between(near.lat, near.lon, entry.lat, entry.lon)


def _is_wanted(entry: Entry, query: Query) -> bool:
    marks = marks_of(entry)
    return (
        (not query.topics or bool(set(query.topics) & set(entry.topics)))
        and (not query.language or query.language in entry.languages)
        and all(any(word.startswith(typed) for word in words_in(entry)) for typed in query.words.split())
        and marks & query.every == query.every
        and all(marks & some for some in query.some)
    )


def _starts(times: Times, hours: Hours, now: datetime) -> Iterator[int]:
    for each in between(times, now, now + timedelta(days=34)):
        if hours.is_any() or _is_within(each.start, hours):
            yield minutes_of(each.start)


def _is_within(start: datetime, hours: Hours) -> bool:
    """Whether some day of the asker's, on one of their weekdays, was open at that instant."""
    here = start.astimezone(ZoneInfo(hours.zone)).date()
    for day in (here - timedelta(days=1), here, here + timedelta(days=1)):
        opens = instant(datetime.combine(day, hours.begin or time()), hours.zone)
        closing = hours.finish or time()
        later = day if closing > (hours.begin or time()) else day + timedelta(days=1)
        closes = instant(datetime.combine(later, closing), hours.zone)
        if (not hours.days or day.weekday() in hours.days) and opens <= start < closes:
            return True
    return False


def queries(dice: Random) -> Query:
    """Something somebody may look for."""
    asked = dice.choice([None, (9, 17), (18, 21), (22, 2), (0, 0)])
    some = [MODES["online"] | MODES["phone"]] if dice.random() < 0.3 else []
    some += [COST["free"] | COST["donation"]] if dice.random() < 0.3 else []
    lat, lon = dice.choice(TOWNS)
    return Query(
        topics=tuple(dice.sample(TOPICS, dice.choice([0, 1, 1, 2]))),
        language=dice.choice(["", "", "en", "ar"]),
        every=OPENNESS["open"] if dice.random() < 0.3 else 0,
        some=tuple(some),
        near=Near(lat, lon, dice.choice([5.0, 25.0, 100.0, 400.0])) if dice.random() < 0.4 else None,
        hours=Hours(
            dice.choice(ZONES),
            frozenset(dice.sample(range(7), dice.choice([0, 1, 3]))),
            time(asked[0]) if asked else None,
            time(asked[1]) if asked else None,
        ),
        nearest=dice.random() < 0.5,
        words=dice.choice(["", "", "river", "riv", "hope cafe", "open", "bereave", "1"]),
    )


def everything(query: Query, now: datetime) -> list[Found]:
    """All pages."""
    found: list[Found] = []
    for number in range(1, 60):
        page = search(replace(query, page=number), now)
        found += page.found
        if not page.more:
            return found
    raise AssertionError("it never ends")


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_the_walk_finds_what_a_look_at_every_group_finds(hat: list[Entry], now: datetime) -> None:
    slots.refresh(now)
    keys = dict(Listing.objects.values_list("pk", "key"))
    dice, total = Random(str(now)), 0  # noqa: S311
    for _ in range(70):
        query = queries(dice)
        found = everything(query, now)
        wanted = looked_at(hat, query, now)
        near = now + timedelta(days=34)
        got = {keys[row.listing]: (row.start, row.km) for row in found if row.start < minutes_of(near)}
        assert {key: start for key, (start, _) in got.items()} == {
            key: start for key, (start, _) in wanted.items()
        }, query
        assert len({row.listing for row in found}) == len(found)
        order = [(row.km if query.near and query.nearest else row.start) for row in found]
        assert order == sorted(order), query  # type: ignore[type-var]
        total += len(found)
    assert total > 100, "hardly anything was looked for, so this proves nothing"


def test_a_clock_that_changes_for_the_asker_alone_brings_a_group_into_their_hours(db: None) -> None:
    """Kolkata's evening is London's 16:30 until Europe's clocks change, and 15:30 afterwards."""
    group = Entry("hat", "k", "Evening", times=(Times("Asia/Kolkata", "21:00", 60, weekday=1),), online=True)
    imports.take("hat", [group])
    now = datetime(2026, 10, 19, tzinfo=UTC)
    slots.refresh(now)
    hours = Hours("Europe/London", frozenset({1}), time(15), time(16))
    (found,) = search(Query(hours=hours), now).found
    assert datetime.fromtimestamp(found.start * 60, UTC) == datetime(2026, 10, 27, 15, 30, tzinfo=UTC)


def test_what_is_over_moves_on_within_the_minute(hat: list[Entry]) -> None:
    now = datetime(2026, 10, 20, 21, 7, tzinfo=UTC)
    slots.refresh(now)
    later = now + timedelta(hours=30)
    assert slots.advance(later) > 20
    assert slots.advance(later) == 0
    moved = {(row.listing, row.start) for row in everything(Query(), later)}
    slots.refresh(later)
    assert moved == {(row.listing, row.start) for row in everything(Query(), later)}


def test_a_group_without_hours_comes_last(db: None) -> None:
    by_asking = Entry("hat", "a", "By asking", online=True)
    weekly = Entry("hat", "b", "Weekly", online=True, times=(Times("Europe/Berlin", "18:00", 60, weekday=1),))
    imports.take("hat", [by_asking, weekly])
    found = search(Query(), datetime.now(UTC)).found
    titles = dict(Listing.objects.values_list("pk", "title"))
    assert [titles[row.listing] for row in found] == ["Weekly", "By asking"]


# Words ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def worded(db: None) -> None:
    """Three groups with words."""
    line = (Times("Europe/Berlin", "18:00", 60, weekday=1),)
    imports.take(
        "hat",
        [
            Entry("hat", "1", "Café for widows", topics=("loss-partner",), city="Zürich", times=line),
            Entry(
                "hat",
                "2",
                "Tuesday circle",
                notes="We talk about gambling.",
                topics=("gambling",),
                times=line,
            ),
            Entry("hat", "3", "مجموعة الأمل", topics=("grief",), times=line),
        ],
    )


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("cafe", ["1"]),
        ("ZURICH", ["1"]),
        ("zürich café", ["1"]),
        ("widowed", ["1"]),
        ("gamb", ["2"]),
        ("gamblng", ["2"]),
        ("a group for bereavement", ["3"]),
        ("الأمل", ["3"]),
        ("cafe gambling", []),
        ("xylophone", []),
        ("'; DROP TABLE directory_text; --", []),
        ('" OR * NEAR(', ["1", "2", "3"]),
        ("", ["1", "2", "3"]),
    ],
)
def test_words_are_found_through_accents_slips_and_other_names(
    worded: None, typed: str, keys: list[str]
) -> None:
    page = search(Query(words=typed), datetime.now(UTC))
    names = dict(Listing.objects.values_list("pk", "key"))
    assert sorted(names[row.listing] for row in page.found) == keys


def test_a_slip_that_was_mended_is_told(worded: None) -> None:
    assert search(Query(words="gamblng"), datetime.now(UTC)).mended == (("gamblng", "gambling"),)


def test_what_is_told_anew_is_found_by_its_new_words_alone(worded: None) -> None:
    line = (Times("Europe/Berlin", "18:00", 60, weekday=1),)
    imports.take(
        "hat", [Entry("hat", "2", "Lantern", topics=("debt",), times=line)], imports.Way(whole=False)
    )
    now = datetime.now(UTC)
    assert len(search(Query(words="lantern"), now).found) == 1
    assert search(Query(words="tuesday circle"), now).found == []
    assert search(Query(words="lantern", topics=("gambling",)), now).found == []
    slots.refresh(now + timedelta(days=30))
    assert len(search(Query(words="lantern", topics=("debt",)), now + timedelta(days=30)).found) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT rowid FROM directory_text")
        rows = {(row[0] >> LISTING_BITS, row[0] & (1 << LISTING_BITS) - 1) for row in cursor.fetchall()}
    assert rows == set(Slot.objects.values_list("next_start", "listing_id"))


def test_pages_follow_one_another_without_a_gap(hat: list[Entry]) -> None:
    now = datetime.now(UTC)
    first, second = (search(Query(page=number), now) for number in (1, 2))
    assert len(first.found) == PAGE and first.more
    assert first.found[-1].start <= second.found[0].start
    assert not {row.listing for row in first.found} & {row.listing for row in second.found}
