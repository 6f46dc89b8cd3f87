"""Ids and the columns that hold them."""

import pytest
from django.db import connection

from holdspace.ui import ids
from holdspace.ui.fields import BytesField, IdField

ONE = bytes(range(16))
ONE_TEXT = "00010203-0405-0607-0809-0a0b0c0d0e0f"


def test_an_id_has_one_spelling() -> None:
    assert ids.text(ONE) == ONE_TEXT
    assert ids.parse(ONE_TEXT) == ONE


@pytest.mark.parametrize(
    "other",
    [
        ONE_TEXT.upper(),
        ONE_TEXT.replace("-", ""),
        f"{{{ONE_TEXT}}}",
        f"urn:uuid:{ONE_TEXT}",
        "",
        "x",
        ONE_TEXT + "0",
    ],
)
def test_other_spellings_are_no_ids(other: str) -> None:
    assert ids.parse(other) is None


def test_new_ids_differ() -> None:
    assert len({ids.new() for _ in range(1000)}) == 1000


@pytest.mark.parametrize("wrong", [b"", ONE[:-1], ONE + b"x"])
def test_a_wrong_length_does_not_reach_the_database(wrong: bytes) -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        IdField(name="a").get_prep_value(wrong)


def test_drivers_that_give_memory_views_are_understood() -> None:
    assert BytesField(length=3).from_db_value(memoryview(b"abc"), None, connection) == b"abc"
    assert BytesField(length=3).from_db_value(None, None, connection) is None
