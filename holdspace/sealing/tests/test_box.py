"""TV-4: boxes. HPKE against the RFC's own values: tests/vectors/test_reference.py."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.sealing import box, keys
from holdspace.sealing.tests.reading import cases, code_of, prototype, unhex

CASES = cases("box")
PAIRS = keys.group_keys(b"p" * 32, b"g" * 16, 1)


@pytest.mark.parametrize("name", CASES)
def test_a_box_opens_or_is_refused(name: str) -> None:
    case = CASES[name]
    context, x, sealed = unhex(case["context"]), unhex(case["x"]), unhex(case["box"])
    if "code" in case:
        assert code_of(lambda: box.open_box(case["purpose"], context, x, sealed)) == case["code"]
    else:
        assert box.open_box(case["purpose"], context, x, sealed).hex() == case["plain"]


@pytest.mark.parametrize("name", cases("small_order"))
def test_nothing_is_sealed_to_a_key_of_small_order(name: str) -> None:
    case = cases("small_order")[name]
    assert code_of(lambda: box.seal_box(1, b"", unhex(case["x_pub"]), b"x")) == case["code"]


def test_the_prototypes_box_opens() -> None:
    golden = prototype("box")
    x = keys.account_keys(unhex(prototype("account")["A"])).x
    assert box.open_box(box.EPOCH, unhex(golden["ctx"]), x, unhex(golden["box"])).hex() == golden["pt"]


@given(st.sampled_from(sorted(box.PURPOSES)), st.binary(max_size=80), st.binary(max_size=300))
def test_every_box_comes_back(purpose: int, context: bytes, plain: bytes) -> None:
    sealed = box.seal_box(purpose, context, PAIRS.x_pub, plain)
    assert box.parse_box(sealed) == purpose
    assert len(sealed) == box.OVERHEAD + len(plain)
    assert box.open_box(purpose, context, PAIRS.x, sealed) == plain


def test_an_epoch_box_has_86_bytes_and_no_two_are_alike() -> None:
    context = box.epoch_context(bytes(16), 1, bytes(16), 1)
    made = {box.seal_box(box.EPOCH, context, PAIRS.x_pub, bytes(32)) for _ in range(10)}
    assert {len(each) for each in made} == {box.EPOCH_BOX_SIZE} == {86}
    assert len(made) == 10


def test_contexts_have_fixed_lengths() -> None:
    a, b, c = b"a" * 16, b"b" * 16, b"c" * 16
    assert box.epoch_context(a, 1, b, 2) == a + b"\0\0\0\x01" + b + b"\0\0\0\x02"
    assert box.fkey_context(a, 1, b, 2) == box.epoch_context(a, 1, b, 2)
    assert box.profile_context(a, 1, b, c) == a + b"\0\0\0\x01" + b + c
    assert box.notice_context(a, b, 1, 2) == a + b + b"\0\0\0\x01\0\0\0\x02"
