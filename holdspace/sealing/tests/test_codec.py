"""Numbers, base64url, JSON."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.sealing import codec
from holdspace.sealing.tests.reading import code_of


def test_numbers_are_big_endian() -> None:
    assert codec.u16(258) == b"\x01\x02"
    assert codec.u32(1) == b"\0\0\0\x01"
    assert codec.u64(1) == bytes(7) + b"\x01"
    assert codec.number(b"\x01\x00") == 256


def test_a_clock_stops_at_2_to_the_53() -> None:
    assert codec.clock(codec.u64(2**53 - 1), refused="format") == 2**53 - 1
    assert code_of(lambda: codec.clock(codec.u64(2**53), refused="padding")) == "padding"


@given(st.binary(max_size=80))
def test_base64url_comes_back(data: bytes) -> None:
    text = codec.to_b64url(data)
    assert codec.from_b64url(text) == data
    assert not set(text) & set("+/=")


@pytest.mark.parametrize("text", ["A", "AA==", "A+", "A/", "AB", "A A", "\u00e9", "AAA\n", "AAAA="])
def test_base64url_has_one_spelling(text: str) -> None:
    assert code_of(lambda: codec.from_b64url(text)) == "format"


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=40) | st.integers(-(2**53), 2**53), max_size=5))
def test_padded_json_comes_back(value: dict[str, object]) -> None:
    value["v"] = 1
    assert codec.from_padded_json(codec.to_padded_json(value)) == value


def test_padded_json_of_another_size_or_fill_is_refused() -> None:
    padded = codec.to_padded_json({"v": 1})
    assert len(padded) == 256
    assert code_of(lambda: codec.from_padded_json(padded + bytes(256))) == "padding"
    assert code_of(lambda: codec.from_padded_json(padded[:-1] + b"\x01")) == "padding"
    assert code_of(lambda: codec.from_padded_json(b"\xff" * 256)) == "padding"
    assert code_of(lambda: codec.from_padded_json(b"\0\0")) == "padding"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b'{"v":1}', None),
        (b'{"v":1.0}', None),
        (b'{"v":2}', "version"),
        (b'{"v":0}', "damaged"),
        (b'{"v":true}', "damaged"),
        (b'{"v":"1"}', "damaged"),
        (b"{}", "damaged"),
        (b"[]", "damaged"),
        (b"", "damaged"),
        (b'{"v":NaN}', "damaged"),
        (b'{"v":1,"t":"\\ud800"}', "damaged"),
        (b'{"v":1,"t":"\xff"}', "damaged"),
        (b'\xef\xbb\xbf{"v":1}', "damaged"),
        (b'{"v":1}x', "damaged"),
        (b'{"v":' + b"[" * 90_000, "damaged"),
    ],
)
def test_json_is_an_object_with_v_1(text: bytes, code: str | None) -> None:
    assert code_of(lambda: codec.from_json(text)) == code
