"""The keyring."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.sealing import keyring
from holdspace.sealing.codec import to_padded_json
from holdspace.sealing.keyring import Keyring
from holdspace.sealing.primitives import ae_seal
from holdspace.sealing.tests.reading import cases, code_of, unhex

CASES = cases("keyring")
ids = st.binary(min_size=16, max_size=16)
counts = st.integers(0, 2**32 - 1)


def _ring(case: dict[str, Any]) -> Keyring:
    pins = {unhex(pin["group"]): (pin["seq"], unhex(pin["head16"])) for pin in case["pins"]}
    gens = {unhex(gen["group"]): gen["gen"] for gen in case["gens"]}
    seen: dict[bytes, dict[int, int]] = {}
    for each in case.get("seen", []):
        seen.setdefault(unhex(each["group"]), {})[each["seq"]] = each["ms"]
    asked = {
        unhex(each["group"]): (unhex(each["request"]), each["title"]) for each in case.get("requests", [])
    }
    return Keyring(case["counter"], pins, gens, seen, asked)


@pytest.mark.parametrize("name", CASES)
def test_a_keyring_opens_or_is_refused(name: str) -> None:
    case = CASES[name]
    if "code" in case:
        assert code_of(lambda: keyring.open_keyring(unhex(case["blob"]), unhex(case["key"]))) == case["code"]
    else:
        assert keyring.open_keyring(unhex(case["blob"]), unhex(case["key"])) == _ring(case)


def test_sealing_gives_the_very_bytes() -> None:
    for case in (CASES["opens"], CASES["who came back"], CASES["who asked without a link"]):
        made = keyring.seal_keyring(_ring(case), unhex(case["key"]), nonce=unhex(case["nonce"]))
        assert made.hex() == case["blob"]
    case = CASES["opens"]
    made = keyring.seal_keyring(_ring(case), unhex(case["key"]), nonce=unhex(case["nonce"]))
    assert made.hex() == case["blob"]
    assert keyring.parse_keyring(made) == 7


@given(
    counts, st.dictionaries(ids, st.tuples(counts, ids), max_size=5), st.dictionaries(ids, counts, max_size=5)
)
def test_every_keyring_comes_back(
    counter: int, pins: dict[bytes, tuple[int, bytes]], gens: dict[bytes, int]
) -> None:
    ring = Keyring(counter, pins, gens)
    assert keyring.open_keyring(keyring.seal_keyring(ring, bytes(32)), bytes(32)) == ring


@pytest.mark.parametrize(
    "body",
    [
        {"v": 1},
        {"v": 1, "pins": [], "gens": {}},
        {"v": 1, "pins": {}, "gens": {"AA" * 16: 1}},
        {"v": 1, "pins": {}, "gens": {"00" * 16: -1}},
        {"v": 1, "pins": {}, "gens": {"00" * 16: True}},
        {"v": 1, "pins": {"00" * 16: [1]}, "gens": {}},
        {"v": 1, "pins": {"00" * 16: [1, "00"]}, "gens": {}},
        {"v": 1, "pins": {"00" * 16: 5}, "gens": {}},
    ],
)
def test_a_keyring_that_says_something_else_is_damaged(body: dict[str, Any]) -> None:
    head = b"HK\x01\0" + bytes(8)
    blob = head + bytes(12) + ae_seal(bytes(32), bytes(12), head, to_padded_json(body))
    assert code_of(lambda: keyring.open_keyring(blob, bytes(32))) == "damaged"
