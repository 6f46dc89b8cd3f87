"""A circle laid flat: a database puts groups in an order that the true distances can be told from."""

from math import isclose

from hypothesis import assume, given
from hypothesis import strategies as st

from holdspace.directory import places

LATITUDES = st.floats(-90, 90)
LONGITUDES = st.floats(-180, 179.999)
CIRCLES = st.sampled_from([5.0, 25.0, 100.0, 400.0, 1000.0])


def _square(flat: places.Flat, lat: float, lon: float) -> float:
    """What search.py has the database compute."""
    seen = flat.facing(places.cell_of(lat, lon))
    up, along = lat * 100_000 - seen.lat, lon * 100_000 - seen.lon
    return up * up + seen.narrow * along * along


@given(LATITUDES, LONGITUDES, CIRCLES, st.floats(-1, 1), st.floats(-1, 1))
def test_no_way_is_longer_on_it_than_the_true_one(
    lat: float, lon: float, km: float, up: float, along: float
) -> None:
    reach = km / 111
    other_lat = max(-90.0, min(90.0, lat + up * reach))
    other_lon = (lon + along * 180 * (1 if abs(lat) + reach >= 90 else reach / 90) + 180) % 360 - 180
    way = places.km_between(lat, lon, other_lat, other_lon)
    assume(way <= km)
    flat = places.flat(lat, lon, km)
    assert flat.km_of(_square(flat, other_lat, other_lon)) <= way + 1e-6
    assert _square(flat, other_lat, other_lon) <= flat.most * (1 + 1e-9)


@given(st.floats(-60, 60), LONGITUDES, st.floats(-0.2, 0.2), st.floats(-0.2, 0.2))
def test_in_a_town_it_is_as_good_as_true(lat: float, lon: float, up: float, along: float) -> None:
    other_lon = (lon + along + 180) % 360 - 180
    flat = places.flat(lat, lon, 25)
    way = places.km_between(lat, lon, lat + up, other_lon)
    assert isclose(flat.km_of(_square(flat, lat + up, other_lon)), way, rel_tol=0.01, abs_tol=1e-3), (
        "else nothing would be left out"
    )
