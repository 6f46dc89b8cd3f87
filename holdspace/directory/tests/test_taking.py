"""Taking a list: what is the same, what is new, what is gone, and what can't be kept."""

from datetime import date, datetime

import pytest

from holdspace.directory.actions import imports
from holdspace.directory.entry import Entry
from holdspace.directory.models import Listing
from holdspace.directory.tests.two_groups import BERLIN, NEW_YORK
from holdspace.meetings.times import Moved, Pause, Times

pytestmark = pytest.mark.django_db


def test_the_same_again_changes_nothing(groups: None) -> None:
    report = imports.take("hat", [BERLIN, NEW_YORK])
    assert (report.same, report.added, report.changed, report.gone) == (2, 0, 0, 0)


def test_a_rehearsal_tells_the_same_and_writes_nothing(groups: None) -> None:
    entries = [
        BERLIN,
        Entry("hat", "z", "New one", online=True),
        Entry("hat", "z", "Twice"),
        Entry("hat", "q", ""),
    ]
    rehearsed = imports.take("hat", entries, imports.Way(rehearse=True))
    assert Listing.objects.filter(gone=None).count() == 2
    assert imports.take("hat", entries) == rehearsed
    assert (rehearsed.added, rehearsed.same, rehearsed.gone) == (1, 1, 1)
    assert [key for key, _ in rehearsed.refused] == ["z", "q"]


def test_a_short_or_empty_feed_takes_nothing_away() -> None:
    line = (Times("Europe/Berlin", "18:00", 90, weekday=1),)
    entries = [Entry("hat", str(n), f"Group {n}", online=True, times=line) for n in range(10)]
    imports.take("hat", entries)
    assert imports.take("hat", entries[:4]).short
    assert imports.take("hat", []).short
    assert imports.take("hat", [], imports.Way(accept_shrink=True)).short
    assert Listing.objects.filter(gone=None).count() == 10
    assert imports.take("hat", entries[:4], imports.Way(accept_shrink=True)).gone == 6
    back = imports.take("hat", entries)
    assert (back.changed, back.same) == (6, 4), "what comes back is the row it was"


def test_one_source_never_touches_another(groups: None) -> None:
    imports.take("other", [Entry("other", "b", "Same key", online=True)])
    imports.take(
        "other", [Entry("other", "c", "Next", online=True), Entry("other", "b", "Same key", online=True)]
    )
    assert Listing.objects.filter(source="hat", gone=None).count() == 2


@pytest.mark.parametrize(
    "times",
    [
        Times("Mars/Olympus", "18:00", 60, weekday=1),
        Times("../etc/passwd", "18:00", 60, weekday=1),
        Times("Europe/Berlin", "8 pm", 60, weekday=1),
        Times("Europe/Berlin", "18:00", 0, weekday=1),
        Times("Europe/Berlin", "18:00", 60),
        Times("Europe/Berlin", "18:00", 60, weekday=9),
        Times("Europe/Berlin", "18:00", 60, weekday=1, interval=2),
        Times("Europe/Berlin", "18:00", 60, "nth", 1),
        Times("Europe/Berlin", "18:00", 60, "yearly", 1),
        Times("Europe/Berlin", "18:00", 60, "once"),
    ],
    ids=str,
)
def test_hours_that_make_no_sense_are_refused_and_named(times: Times) -> None:
    report = imports.take("hat", [Entry("hat", "x", "Odd", online=True, times=(times,))])
    assert [key for key, _ in report.refused] == ["x"]
    assert not Listing.objects.exists()


def test_what_was_told_comes_back_whole(groups: None) -> None:
    full = Entry(
        "hat", "f", "Full", online=True,
        times=(
            Times(
                "Europe/Berlin", "18:00", 60, "nth", 2, nth=(1, -1), extra=(date(2026, 12, 24),),
                moved=(Moved(date(2026, 11, 4), datetime.fromisoformat("2026-11-05T19:00")),), pauses=(Pause(date(2026, 8, 1), None, "holiday"),),
            ),
        ),
    )  # fmt: skip
    imports.take("full", [Entry("full", "f", "Full")])
    imports.take("hat", [BERLIN, NEW_YORK, full])
    assert Listing.objects.get(source="hat", key="f").entry() == full
