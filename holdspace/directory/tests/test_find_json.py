"""The same search for programs."""

import pytest
from django.test import Client
from freezegun import freeze_time

from holdspace.directory.actions import imports
from holdspace.directory.entry import Entry
from holdspace.directory.tests.two_groups import NOW, names, told
from holdspace.meetings.times import Times

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("topic=bereavement", ["Lantern circle"]),
        ("online=1", ["Evening line"]),
        ("in_person=1", ["Lantern circle"]),
        ("online=0&in_person=true", ["Lantern circle"]),
        ("language=en", ["Evening line"]),
        ("lat=52.5&lon=13.5&km=20", ["Lantern circle"]),
        ("lat=48&lon=2&km=20", []),
        ("lat=48&lon=2&sort=nearest", ["Lantern circle"]),
        ("access=step_free", ["Lantern circle"]),
        ("access=step_free,hearing_loop", []),
        ("openness=open&cost=free", ["Lantern circle"]),
        ("days=tue,wed&from=16:00&to=18:00&tz=UTC", ["Lantern circle", "Evening line"]),
        ("days=tue&from=18:30&to=18:00&tz=UTC", ["Evening line"]),
        ("q=helping", ["Lantern circle"]),
        ("page=2", []),
    ],
)
def test_programs_ask_the_same(nobody: Client, groups: None, query: str, wanted: list[str]) -> None:
    assert names(nobody, query) == wanted


def test_programs_are_told_instants_and_where_the_next_page_is(nobody: Client) -> None:
    line = (Times("Europe/Berlin", "18:00", 90, weekday=1),)
    with freeze_time(NOW):
        imports.take("hat", [Entry("hat", str(n), f"Group {n}", online=True, times=line) for n in range(45)])
    seen, answer = [], told(nobody, "online=1&tz=Europe/Berlin")
    while True:
        seen += answer["results"]
        if answer["next"] is None:
            break
        answer = told(nobody, answer["next"].partition("?")[2])
    assert len({row["url"] for row in seen}) == 45
    assert seen[0]["start"] == "2026-10-20T18:00:00+02:00"
