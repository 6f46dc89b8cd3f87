"""TV-15."""

from hypothesis import given
from hypothesis import strategies as st

from holdspace.sealing.padding import is_padded_length, pad, padlen
from holdspace.sealing.tests.reading import cases, prototype


def test_the_table_of_both_twins() -> None:
    assert [[n, padlen(n)] for n, _ in cases("padlen")] == cases("padlen")


def test_the_prototype_padded_the_same() -> None:
    assert [[n, padlen(n)] for n, _ in prototype("padme")] == prototype("padme")


@given(st.integers(0, 10**7))
def test_padding_reaches_a_length_of_the_set_and_wastes_little(n: int) -> None:
    padded = padlen(n)
    assert padded >= max(n, 256)
    assert is_padded_length(padded)
    assert n < 4097 or padded <= n * 1.063


def test_there_are_few_lengths() -> None:
    assert len({padlen(n) for n in range(100_000)}) < 100
    assert not is_padded_length(0)
    assert not is_padded_length(255)
    assert not is_padded_length(300)


def test_the_fill_is_zeros() -> None:
    assert pad(b"abc") == b"abc" + bytes(253)
