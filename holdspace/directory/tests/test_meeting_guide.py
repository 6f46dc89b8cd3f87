"""Meeting Guide: real feeds, wrong rows, codes that mean what their program means."""

import pytest

from holdspace.directory.entry import Entry
from holdspace.directory.formats import types
from holdspace.directory.formats.places import Address, address_of
from holdspace.directory.formats.rows import Refusal, Told
from holdspace.directory.tests.lists import DATA, entries, read


def test_a_real_feed_with_types_as_words_and_no_zone_is_read() -> None:
    found = entries("meeting-guide", (DATA / "alpena-46.json").read_bytes(), Told("alpena", "aa"))
    assert len(found) == 46
    assert found[2].openness == "members"
    assert "men" in found[2].topics
    assert found[0].times[0].zone == "America/Detroit"
    assert {entry.remarks for entry in found} == {("zone",)}
    assert found[0].times[0].start == "10:30"


def test_several_days_are_one_listing_with_several_hours() -> None:
    row: dict[str, object] = {
        "name": "A",
        "slug": "a",
        "day": [1, "3", 1],
        "time": "8:00",
        "end_time": "9:15",
        "timezone": "Europe/Berlin",
    }
    (entry,) = entries("meeting-guide", [row])
    assert [(hours.weekday, hours.start, hours.minutes) for hours in entry.times] == [
        (0, "08:00", 75),
        (2, "08:00", 75),
    ]


def test_each_wrong_row_says_why_and_the_others_are_read() -> None:
    good = {"name": "A", "slug": "a", "day": 1, "time": "8:00", "timezone": "Europe/Berlin"}
    wrong = [
        good | {"day": 9},
        good | {"time": "late"},
        good | {"time": None},
        good | {"day": None},
        good | {"name": " "},
        good | {"timezone": "x"},
    ]
    found = read("meeting-guide", [good, *wrong, "?"])  # type: ignore[list-item]
    assert len(found) == 8
    assert isinstance(found[0], Entry)
    refusals = [row for row in found if isinstance(row, Refusal)]
    assert [row.row for row in refusals] == list(range(2, 9))
    assert [row.reason for row in refusals] == [
        "Its day is none of the seven of a week.",
        "“late” is no time of day.",
        "It has a day and no time.",
        "It has a time and no day of the week.",
        "It has no name.",
        "It names no time zone we know and has no place to take one from. Say which zone this list is in.",
        "This row is no record with fields.",
    ]


def test_the_same_code_means_what_its_program_means() -> None:
    assert types.read_types(["Y"], "al-anon").words == ("alateen",)
    assert types.read_types(["Y"], "aa").topics == ("young",)
    assert types.read_types(["SP"], "aca").languages == ("es",)
    assert types.read_types(["SP"], "aa").structure == "speaker"
    assert types.read_types(["O", "X"], "sg") == types.Meaning()
    assert types.read_types(["O", "C", "X", "S", "ONL", "TC"], "aa") == types.Meaning(
        openness="members", languages=("es",), access=("step_free",), online=True, closed=True
    )


def test_who_is_online_and_who_is_closed_for_now() -> None:
    base: dict[str, object] = {
        "name": "A",
        "slug": "",
        "day": 1,
        "time": "8:00",
        "timezone": "UTC",
        "formatted_address": "1 Main St, Reno, NV 89501, USA",
    }
    link = {"conference_url": "https://meet.example.org/a"}
    told = Told("x", "aa")
    here, both, online, shut = entries(
        "meeting-guide",
        [
            base,
            base | link | {"name": "B"},
            base | link | {"types": ["TC"], "name": "C"},
            base | {"types": ["TC"], "name": "D"},
        ],
        told,
    )
    assert [(row.in_person, row.online, row.status) for row in (here, both, online, shut)] == [
        (True, False, "active"), (True, True, "active"), (False, True, "active"), (False, False, "paused"),
    ]  # fmt: skip
    assert (here.street, here.city, here.region, here.postal_code, here.country) == (
        "1 Main St",
        "Reno",
        "NV",
        "89501",
        "US",
    )


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        (
            "2634 Union Ave, San Jose, CA 95124, USA",
            Address("2634 Union Ave", "San Jose", "CA", "95124", "US"),
        ),
        ("100 Main St, Tupelo, MS", Address("100 Main St", "Tupelo", "MS")),
        ("Berlin, Germany", Address("", "Berlin", "", "", "DE")),
        ("36 New Mount Street, Manchester", Address("36 New Mount Street", "Manchester")),
        (
            "519 Church St, Toronto, ON M4Y 2C9, Canada",
            Address("519 Church St", "Toronto", "ON", "M4Y 2C9", "CA"),
        ),
        ("", Address()),
    ],
)
def test_an_address_on_one_line_is_taken_apart(written: str, parts: Address) -> None:
    assert address_of(written) == parts
