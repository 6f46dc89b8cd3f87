"""Keys between two, by the vectors."""

import pytest

from holdspace.sealing.errors import SealError
from holdspace.sealing.pair import find_pair_key
from holdspace.sealing.primitives import x_shared
from holdspace.sealing.tests.reading import cases, circle, code_of, unhex

PAIRS = cases("pair")


def found(name: str) -> bytes:
    """The key a case finds, or its refusal."""
    case = PAIRS[name]
    held = {int(epoch): unhex(es) for epoch, es in case["held"].items()}
    gx = {int(gen): unhex(private) for gen, private in case["gx"].items()}
    log = circle(case["entries"])
    return find_pair_key(log, (unhex(case["me"]), unhex(case["other"])), gx.__getitem__, held, case["epoch"])


@pytest.mark.parametrize("name", PAIRS)
def test_a_pair_s_key_is_found_or_refused(name: str) -> None:
    case = PAIRS[name]
    if "code" in case:
        assert code_of(lambda: found(name)) == case["code"]
    else:
        assert found(name).hex() == case["key"]


def test_both_have_one_key_and_no_other_pair_or_epoch_has_it() -> None:
    keys = [found(name) for name, case in PAIRS.items() if "key" in case]
    assert found("amara to ben") == found("ben to amara") == found("an epoch before both had new keys")
    assert len(set(keys)) == len(keys) - 2


def test_nothing_is_agreed_with_a_key_that_anybody_knows() -> None:
    with pytest.raises(SealError) as refused:
        x_shared(bytes(range(32)), bytes(32))
    assert refused.value.code == "bad-public-key"
