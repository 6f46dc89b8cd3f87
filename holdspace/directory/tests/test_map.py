"""The map: land where there is land, true distances, pins that can be pressed, and names that lie over nothing."""

from itertools import combinations
from math import dist, hypot

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from holdspace.directory import map_view, outlines
from holdspace.directory.map_view import HALF, PIN, SIZE, Spot, around, direction, of_all
from holdspace.directory.places import km_between

BERLIN = (52.52, 13.40)


def is_land(lat: float, lon: float) -> bool:
    """Whether a point lies in an odd number of rings."""
    box = (lon - 0.5, lat - 0.5, lon + 0.5, lat + 0.5)
    inside = False
    for ring in outlines.land_within(box):
        for (x, y), (to_x, to_y) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y > lat) != (to_y > lat) and lon < (to_x - x) * (lat - y) / (to_y - y) + x:
                inside = not inside
    return inside


def spot(number: int, lat: float, lon: float) -> Spot:
    """A group."""
    return Spot(number, f"group-{number}", f"Group {number}", lat, lon, False)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        (52.52, 13.4),
        (48.85, 2.35),
        (-41.3, 174.75),
        (-17.8, 178.0),
        (40.73, -73.99),
        (-80, 0),
        (67.0, -178.0),
    ],
)
def test_there_is_land_where_people_live(lat: float, lon: float) -> None:
    assert is_land(lat, lon)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        (0, -30),
        (54.5, 3.0),
        (-41.0, 174.4),
        (42.0, 51.0),
        (-15, 179.99),
        (89, 10),
        (67.0, 0.0),
        (67.0, -12.0),
    ],
)
def test_there_is_none_in_the_sea(lat: float, lon: float) -> None:
    assert not is_land(lat, lon)


@examples(deadline=None)
@given(
    lat=st.floats(-70, 70), lon=st.floats(-180, 180), km=st.sampled_from([5, 25, 50]), turn=st.floats(0, 6.28)
)
def test_a_ring_goes_through_what_is_so_far_away(lat: float, lon: float, km: int, turn: float) -> None:
    there = map_view._gone(lat, lon, km, turn)
    assert km_between(lat, lon, *there) == pytest.approx(km, abs=0.01)
    (pin,) = around((lat, lon), km, [spot(1, *there)]).pins
    drawn = hypot(pin.at_x - HALF, pin.at_y - HALF) / (HALF / (km * 1.12))
    assert drawn == pytest.approx(km, rel=0.03)


def test_pins_in_one_house_lie_beside_one_another_and_are_led_there() -> None:
    pins = around(BERLIN, 5, [spot(number, 52.53, 13.41) for number in range(1, 21)]).pins
    assert len({(pin.at_x, pin.at_y) for pin in pins}) == 1
    assert min(dist((a.x, a.y), (b.x, b.y)) for a, b in combinations(pins, 2)) >= 2 * PIN - 1
    assert all(PIN <= value <= SIZE - PIN for pin in pins for value in (pin.x, pin.y))
    assert [pin.is_moved for pin in pins] == [False] + [True] * 19


@examples(deadline=None)
@given(places=st.lists(st.sampled_from([(52.45, 13.58), (52.46, 13.60), (52.52, 13.58)]), max_size=20))
def test_in_whatever_order_they_come_no_pin_lies_in_the_square_of_another(
    places: list[tuple[float, float]],
) -> None:
    pins = around((52.44, 13.57), 25, [spot(number, *place) for number, place in enumerate(places, 1)]).pins
    for one, other in combinations(pins, 2):
        assert max(abs(one.x - other.x), abs(one.y - other.y)) >= 2 * PIN


def test_the_distances_are_ones_people_reckon_with(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [[ring.km for ring in around(BERLIN, km, []).distances] for km in (5, 10, 25, 50, 200)] == [
        [2, 4, 5], [5, 10], [10, 20, 25], [20, 40, 50], [50, 100, 150, 200],
    ]  # fmt: skip


def test_who_asks_for_the_nearest_however_far_sees_the_furthest(towns: None) -> None:
    drawn = around(BERLIN, 0, [spot(1, 52.6, 13.4), spot(2, 53.5, 13.4)])
    assert drawn.km == 109
    assert all(0 < pin.y < SIZE for pin in drawn.pins)


def test_without_a_place_all_are_seen_or_there_is_no_map() -> None:
    drawn = of_all([spot(1, 52.5, 13.4), spot(2, 50.9, 6.9)])
    assert drawn is not None and drawn.distances == []
    assert of_all([spot(1, 52.5, 13.4), spot(2, -41.3, 174.7)]) is None
    assert of_all([]) is None


def test_names_of_towns_lie_over_nothing(towns: None) -> None:
    drawn = around((52.44, 13.4), 25, [spot(1, 52.44, 13.58)], "Berlin")
    assert [town.name for town in drawn.towns] == ["K\u00f6penick"]
    assert drawn.middle is not None and drawn.middle.name == "Berlin"
    (label, pin) = (drawn.towns[0], drawn.pins[0])
    assert abs(label.text_x - pin.x) >= PIN or abs(label.text_y - pin.y) >= PIN


def test_where_no_town_is_near_an_arrow_leads_to_the_next(towns: None) -> None:
    (beyond,) = around((52.44, 13.3), 5, []).beyond
    assert (beyond.arrow, beyond.name, beyond.km, beyond.anchor) == ("\u2192", "K\u00f6penick", 19, "end")


@pytest.mark.parametrize(
    ("to", "way"),
    [((53, 13.4), 0), ((53, 14.2), 1), ((52.52, 14), 2), ((52, 13.4), 4), ((52.52, 13), 6), ((53, 12.6), 7)],
)
def test_it_says_which_way(to: tuple[float, float], way: int) -> None:
    assert direction(*BERLIN, *to) == way


def test_across_the_date_line_it_is_not_far() -> None:
    drawn = around((-16.8, 179.99), 10, [spot(1, -16.8, -179.99)])
    assert abs(drawn.pins[0].at_x - HALF) < 40
    assert direction(-16.8, 179.99, -16.8, -179.99) == 2
