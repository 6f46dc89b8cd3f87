"""TV-2."""

import pytest

from holdspace.sealing import wrap
from holdspace.sealing.tests.reading import cases, code_of, prototype, unhex

CASES = cases("wrap")


def _unwrap(case: dict[str, str]) -> bytes:
    published = unhex(case["x_pub"]), unhex(case["e_pub"])
    account_id = unhex(case["account_id"])
    return wrap.unwrap_seed(
        unhex(case["wrapped"]), unhex(case["key"]), account_id, int(case["method"]), published
    )


@pytest.mark.parametrize("name", CASES)
def test_a_wrapped_seed_opens_or_is_refused(name: str) -> None:
    case = CASES[name]
    if "code" in case:
        assert code_of(lambda: _unwrap(case)) == case["code"]
    else:
        assert _unwrap(case).hex() == case["seed"]


def test_wrapping_gives_the_very_bytes() -> None:
    case = CASES["opens"]
    made = wrap.wrap_seed(
        unhex(case["seed"]), unhex(case["key"]), unhex(case["account_id"]), 1, nonce=unhex(case["nonce"])
    )
    assert made.hex() == case["wrapped"]
    assert len(made) == wrap.SIZE


def test_the_prototype_wrapped_the_same() -> None:
    golden = prototype("account")
    key, account_id = unhex(golden["wrapk"]), unhex(golden["acct"])
    made = wrap.wrap_seed(unhex(golden["A"]), key, account_id, wrap.PASSPHRASE, nonce=unhex(golden["nonce"]))
    assert made.hex() == golden["wrapped"]


def test_every_flipped_bit_of_a_wrapped_seed_is_noticed() -> None:
    case = CASES["opens"]
    wrapped = unhex(case["wrapped"])
    for at in range(len(wrapped)):
        changed = wrapped[:at] + bytes([wrapped[at] ^ 1]) + wrapped[at + 1 :]
        assert code_of(lambda: _unwrap(case | {"wrapped": changed.hex()})) is not None  # noqa: B023


def test_two_wrappings_never_share_a_nonce() -> None:
    made = {wrap.wrap_seed(bytes(32), bytes(32), bytes(16), wrap.PASSPHRASE)[24:36] for _ in range(20)}
    assert len(made) == 20
