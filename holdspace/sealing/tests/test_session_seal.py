"""TV-18."""

import pytest

from holdspace.sealing import session_seal
from holdspace.sealing.tests.reading import cases, code_of, unhex

CASES = cases("session")


@pytest.mark.parametrize("name", CASES)
def test_a_session_opens_with_both_halves_only(name: str) -> None:
    case = CASES[name]
    kept, account_id, share = unhex(case["kept"]), unhex(case["account_id"]), unhex(case["share"])
    if "code" in case:
        assert code_of(lambda: session_seal.open_session(kept, account_id, share)) == case["code"]
    else:
        assert session_seal.open_session(kept, account_id, share).hex() == case["seed"]


def test_what_the_tab_keeps() -> None:
    case = CASES["opens"]
    seed, account_id, share = unhex(case["seed"]), unhex(case["account_id"]), unhex(case["share"])
    made = session_seal.seal_session(
        seed, account_id, share, tab=unhex(case["tab"]), nonce=unhex(case["nonce"])
    )
    assert made.hex() == case["kept"]
    assert len(made) == 180
    assert seed not in made


def test_every_session_has_its_own_half() -> None:
    made = {session_seal.seal_session(bytes(32), bytes(16), bytes(32))[:32] for _ in range(10)}
    assert len(made) == 10
