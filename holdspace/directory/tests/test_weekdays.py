"""Weekdays and times of day, in every way lists write them."""

from datetime import date

import pytest

from holdspace.directory.formats.clock import minutes_from, read_length, read_time
from holdspace.directory.formats.weekdays import DAYS, WRITTEN, read_day, write_day


def test_every_code_of_a_weekday_means_the_day_it_should() -> None:
    sundays = {"meeting-guide": 0, "bmlt": 1, "lgv": 1, "iso": 7, "ical": "SU", "name": "Sunday"}
    assert {code: read_day(code, sunday) for code, sunday in sundays.items()} == dict.fromkeys(WRITTEN, 6)
    for code in WRITTEN:
        assert [read_day(code, write_day(code, day)) for day in DAYS] == list(DAYS)
    # 14 November 2026 is a Saturday.
    assert date(2026, 11, 14).weekday() == read_day("name", "sat.") == read_day("bmlt", "7") == 5


@pytest.mark.parametrize("wrong", [8, -1, "", None, True, "Someday", [], 1.5])
def test_what_is_no_weekday_is_none(wrong: object) -> None:
    assert read_day("bmlt", wrong) is None


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("8:00", "08:00"), ("08:00:00", "08:00"), ("6:00 PM", "18:00"), ("12:00 AM", "00:00"), ("12:00 pm", "12:00"), ("9am", "09:00"),
        ("7.30 p.m.", "19:30"), ("noon", "12:00"), ("24:00", "00:00"), ("14:00 PM", "14:00"), ("19h30", "19:30"),
    ],
)  # fmt: skip
def test_times_of_day_are_read_as_people_write_them(written: str, clock: str) -> None:
    assert f"{read_time(written):%H:%M}" == clock


@pytest.mark.parametrize("written", ["25:00", "8", "", None, "0:60", "13:00 AM", "soon", "24:30", "²:00"])
def test_what_is_no_time_of_day_is_none(written: object) -> None:
    assert read_time(written) is None


def test_an_end_past_midnight_is_on_the_next_day() -> None:
    late, early = read_time("23:30"), read_time("00:30")
    assert late
    assert early
    assert minutes_from(late, early) == 60
    assert read_length("01:30:00") == 90
    assert read_length("00:00:00") is None
