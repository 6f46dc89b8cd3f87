"""Whole real lists: every row is read, names and phones are held back, twins and rules about weeks are found."""

import json
from collections import Counter
from collections.abc import Iterator

import pytest

from holdspace.directory.entry import Entry
from holdspace.directory.formats import people, rhythm
from holdspace.directory.formats.duplicates import Where, find_pairs
from holdspace.directory.formats.reading import read_whole
from holdspace.directory.tests.lists import DATA, entries


@pytest.fixture(scope="module")
def na() -> list[Entry]:
    with (DATA / "na-meetings-2672.lgv.json.gz").open("rb") as file:
        return entries("lgv", read_whole(file))


def test_every_one_of_the_2672_real_meetings_is_read(na: list[Entry]) -> None:
    assert len({entry.key for entry in na}) == len(na) == 2672
    zones = {times.zone for entry in na for times in entry.times}
    assert len(zones) == 10
    assert Counter(len(entry.times) for entry in na) == {1: 2672}
    assert sum(entry.lat is None for entry in na) == 266
    assert sum("long" in entry.remarks for entry in na) == 8


def test_members_names_and_phones_are_held_back_from_the_hand_labelled_rows(na: list[Entry]) -> None:
    labelled = set(json.loads((DATA / "na-people.json").read_text())["held"])
    held = {entry.key for entry in na if entry.held or entry.quarantine}
    assert len(labelled & held) >= 0.95 * len(labelled) > 150
    assert len(held - labelled) <= 10
    shown = "\n".join(f"{entry.notes} {entry.venue_notes} {entry.venue}" for entry in na)
    assert "Sam X." not in shown
    assert not people.reaches_somebody(shown.replace("\n", " / "))


def test_the_known_duplicates_are_found(na: list[Entry]) -> None:
    known: dict[tuple[object, ...], list[str]] = {}
    for entry in na:
        if entry.lat is not None and entry.lon is not None:
            hours = entry.times[0]
            key = (hours.weekday, hours.start, round(entry.lat, 3), round(entry.lon, 3))
            known.setdefault(key, []).append(entry.key)
    pairs = {tuple(keys) for keys in known.values() if len(keys) == 2}
    found = set(find_pairs(_where(na)))
    assert len(pairs) == 35
    assert len(pairs & found) >= 30
    assert len(found - pairs) <= 5


def _where(listed: list[Entry]) -> Iterator[Where]:
    for entry in listed:
        place = None if entry.lat is None or entry.lon is None else (entry.lat, entry.lon)
        for hours in entry.times:
            start = int(hours.start[:2]) * 60 + int(hours.start[3:])
            yield Where(entry.key, hours.weekday or 0, start, place, f"{entry.street} {entry.city}".strip())


def test_two_rooms_across_the_street_and_an_hour_apart_are_no_duplicates() -> None:
    one = Where("a", 0, 600, (60.0, 10.0), "")
    near, far, later = (60.0008, 10.0), (60.0, 10.0025), (60.0, 10.0)
    rows = [one, Where("b", 0, 600, near, ""), Where("c", 0, 600, far, ""), Where("d", 0, 660, later, "")]
    assert list(find_pairs(rows)) == [("a", "b")]
    street = [Where("a", 1, 0, None, "12 North Main Street, X"), Where("b", 1, 0, None, "12 n. main st x")]
    assert list(find_pairs(street)) == [("a", "b")]


def test_wording_about_weeks_is_recognised_in_the_real_notes(na: list[Entry]) -> None:
    assert sum("weeks" in entry.remarks for entry in na) >= 120
    rules = {entry.times[0].rule_text for entry in na if entry.times[0].rule_text}
    assert {"Meets 3rd Sunday", "Only Meets on 2nd & 4th Saturdays", "Last Sunday of month only"} <= rules
    assert not any("floor" in rule.lower() for rule in rules)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Meets 1st Sunday", "rule"), ("Every other Thursday", "rule"), ("WOMEN ONLY - Meets 1st Sunday every month", "rule"),
        ("Speaker on last Wednesday of the month", "note"), ("1st and 3rd Lit. study", "note"), ("Alternating Beginner/Step", "note"),
        ("2nd floor, first door on the left", None), ("First 3 Steps Meeting", None), ("Last house on the street", None),
    ],
)  # fmt: skip
def test_a_rule_is_told_from_a_note_and_from_a_floor(words: str, kind: str | None) -> None:
    assert rhythm.wording(words) == kind


@pytest.mark.parametrize(
    "words",
    [
        "Contact Mary at 07700 900123", "Llame a Juan 555 123 4567", "+44 7700 900123", "Bob S 07700 900 123", "Call Sue", "Chair: Anne M.",
        "ask for Dave", "For info: jane@example.org", "Anna-Lena P. 0171-5551234", "call 555-0142", "(480)917-4547",
    ],
)  # fmt: skip
def test_words_that_lead_to_a_member_are_noticed(words: str) -> None:
    assert people.names_somebody(words)


@pytest.mark.parametrize(
    "words",
    [
        "Room C. upstairs", "contact the office", "call ahead", "Zoom ID: 819 2233 4455 passcode 123456", "Meets 2019-2020 only",
        "https://zoom.example/j/63592920304?pwd=1234567890123", "See Facebook page", "Btwn E 210th St & Dekalb Ave", "Steps 1,2,3",
    ],
)  # fmt: skip
def test_rooms_codes_and_streets_are_no_members(words: str) -> None:
    assert not people.names_somebody(words)


def test_a_group_named_after_a_number_is_not_shown_at_all() -> None:
    (entry,) = entries("meeting-guide", [{"name": "Call Bob 555-123-4567", "slug": "x"}])
    assert entry.quarantine == ("name",)
