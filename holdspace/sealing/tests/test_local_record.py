"""Records on a device."""

from typing import Any

import pytest

from holdspace.sealing import local_record
from holdspace.sealing.tests.reading import cases, code_of, unhex

CASES = cases("local")


def _keys(case: dict[str, Any]) -> local_record.LocalKeys:
    return local_record.local_keys(unhex(case["seed"]), unhex(case["account_id"]))


@pytest.mark.parametrize("name", CASES)
def test_a_record_opens_at_its_own_place_and_nowhere_else(name: str) -> None:
    case = CASES[name]
    keys = _keys(case)
    assert (keys.seal.hex(), keys.names.hex()) == (case["seal"], case["names"])
    place = local_record.record_place(keys, case["sort"], unhex(case["about"]), case["number"])
    assert place.hex() == case["place"]
    if "code" in case:
        assert code_of(lambda: local_record.open_record(keys, place, unhex(case["record"]))) == case["code"]
        return
    assert local_record.open_record(keys, place, unhex(case["record"])).hex() == case["plain"]
    sealed = local_record.seal_record(keys, place, unhex(case["plain"]), nonce=unhex(case["nonce"]))
    assert sealed.hex() == case["record"]


def test_two_records_of_the_same_words_are_not_alike() -> None:
    keys = _keys(CASES["opens"])
    one, other = (local_record.seal_record(keys, bytes(20), b"the same") for _ in range(2))
    assert one != other
    assert len(one) == len(other)
