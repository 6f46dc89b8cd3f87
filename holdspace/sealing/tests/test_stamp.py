"""TV-10."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.sealing import stamp
from holdspace.sealing.stamp import Opening
from holdspace.sealing.tests.reading import cases, code_of, prototype, unhex

CASES = cases("stamp")


@pytest.mark.parametrize("name", CASES)
def test_words_and_stamp_are_checked_each_by_its_own_side(name: str) -> None:
    case = CASES[name]
    keys = [unhex(key) for key in case["keys"]]
    data = unhex(case["opening"])
    assert code_of(lambda: stamp.check_words(Opening.parse(data))) == case.get("code")
    assert code_of(lambda: stamp.check_stamp(keys, Opening.parse(data))) == case.get("stamp_code")


def test_an_opening_is_made_of_what_was_posted() -> None:
    case = CASES["stamped"]
    envelope, inner = unhex(case["envelope"]), unhex(case["inner"])
    made = stamp.stamp(unhex(case["keys"][0]), envelope, case["received_ms"])
    opening = stamp.make_opening(envelope, case["received_ms"], made, inner)
    assert made.hex() == case["stamp"]
    assert opening.encode().hex() == case["opening"]
    assert stamp.check_words(opening).body.hex() == case["body"]


@pytest.mark.parametrize("number", range(6))
def test_the_prototype_stamped_the_same(number: int) -> None:
    golden = prototype("msg")[number]
    opening = Opening.parse(unhex(golden["opening"]))
    assert stamp.stamp(b"S" * 32, unhex(golden["env"]), opening.received_ms).hex() == golden["stamp"]
    assert stamp.check_words(opening).body.hex() == golden["body"]
    assert opening.encode().hex() == golden["opening"]


@given(st.binary(max_size=700))
def test_any_bytes_are_an_opening_or_refused(data: bytes) -> None:
    codes = None, "format", "padding", "commitment"
    assert code_of(lambda: stamp.check_words(Opening.parse(data))) in codes
