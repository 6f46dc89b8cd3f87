"""TV-18."""

import pytest

from holdspace.sealing import session_seal
from holdspace.sealing.tests.reading import cases, code_of, unhex

CASES = cases("session")
DEVICES = cases("own_device")


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
        seed, account_id, share, fixed=(unhex(case["tab"]), unhex(case["nonce"]))
    )
    assert made.hex() == case["kept"]
    assert len(made) == 180
    assert seed not in made


def test_every_session_has_its_own_half() -> None:
    made = {session_seal.seal_session(bytes(32), bytes(16), bytes(32))[:32] for _ in range(10)}
    assert len(made) == 10


@pytest.mark.parametrize("name", DEVICES)
def test_what_a_device_keeps_opens_there_only(name: str) -> None:
    case = DEVICES[name]
    kept, account_id, share, device = (
        unhex(case[part]) for part in ("kept", "account_id", "share", "device")
    )
    if "code" in case:
        assert (
            code_of(lambda: session_seal.open_session(kept, account_id, share, device=device)) == case["code"]
        )
        return
    assert session_seal.open_session(kept, account_id, share, device=device).hex() == case["seed"]
    fixed = unhex(case["tab"]), unhex(case["nonce"])
    made = session_seal.seal_session(unhex(case["seed"]), account_id, share, device=device, fixed=fixed)
    assert made == kept
    assert session_seal.code_auth(kept, account_id, device, case["digits"]).hex() == case["code_auth"]
    assert session_seal.code_auth(kept, account_id, device, "042918").hex() != case["code_auth"]
