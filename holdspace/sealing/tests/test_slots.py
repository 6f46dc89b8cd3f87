"""The server's half of an account."""

import pytest

from holdspace.sealing import slots
from holdspace.sealing.tests.reading import cases, code_of, unhex

CASES = cases("slot")


@pytest.mark.parametrize("name", CASES)
def test_both_halves_and_what_is_stored(name: str) -> None:
    case = CASES[name]
    halves = slots.split(
        unhex(case["pepper"]), unhex(case["auth_key"]), unhex(case["salt2"]), method=case["method"]
    )
    account_id, wrapped = unhex(case["account_id"]), unhex(case["wrapped"])
    stored = slots.store(halves.outer, account_id, wrapped, method=case["method"], nonce=unhex(case["nonce"]))
    assert [halves.verifier.hex(), halves.outer.hex()] == [case["verifier"], case["outer"]]
    assert stored.hex() == case["stored"]
    assert slots.unstore(halves.outer, account_id, stored, method=case["method"]) == wrapped


def test_a_stored_seed_opens_for_its_own_account_method_and_key_only() -> None:
    case = CASES["recovery"]
    outer, account_id, stored = unhex(case["outer"]), unhex(case["account_id"]), unhex(case["stored"])
    assert code_of(lambda: slots.unstore(bytes(32), account_id, stored, method=2)) == "wrong-key"
    assert code_of(lambda: slots.unstore(outer, bytes(16), stored, method=2)) == "wrong-key"
    assert code_of(lambda: slots.unstore(outer, account_id, stored, method=1)) == "wrong-key"
    assert code_of(lambda: slots.unstore(outer, account_id, stored[:20], method=2)) == "wrong-key"


def test_without_the_pepper_no_guess_can_be_tested() -> None:
    case = CASES["recovery"]
    auth, salt2 = unhex(case["auth_key"]), unhex(case["salt2"])
    assert slots.split(bytes(32), auth, salt2, method=2).verifier.hex() != case["verifier"]
