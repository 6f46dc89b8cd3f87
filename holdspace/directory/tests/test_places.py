"""Towns by any of their names, without asking another machine."""

import pytest

from holdspace.directory import places


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("zurich", "Zürich"), ("Zür", "Zürich"), ("Zuerich", "Zürich"), ("Zurihc", "Zürich"), ("Köln", "Köln"),
        ("Cologne", "Köln"), ("springfield, missouri", "Springfield"), ("Paris", "Paris"), ("Paris, TX", "Paris"),
    ],
)  # fmt: skip
def test_a_town_is_found_by_any_of_its_names(towns: None, typed: str, name: str) -> None:
    assert places.lookup(typed)[0].name == name


def test_a_part_of_the_world_tells_towns_apart(towns: None) -> None:
    assert places.lookup("Paris")[0].country == "France"
    assert places.lookup("Paris, Texas")[0].country == "United States"
    assert places.lookup("Paris, Poland") == []


@pytest.mark.parametrize("typed", ["", ",", "%", "'; DROP TABLE place", "\x00", "x" * 500])
def test_odd_names_of_towns_find_nothing(towns: None, typed: str) -> None:
    assert places.lookup(typed) == []
