"""Sizes tell stories, so everything sealed is filled up to one of few lengths (sealing.md, padding)."""

SMALLEST = 256


def padlen(n: int) -> int:
    """The padded length for n bytes: 256, then powers of two to 4096, then Padmé (at most 6.3 % more).

    Padmé: Nikitin et al., PETS 2019. Alone it would leak 16-byte steps between 256 and 512, hence the powers
    of two.
    """
    if n <= SMALLEST:
        return SMALLEST
    if n <= 4096:
        return 1 << (n - 1).bit_length()
    exponent = n.bit_length() - 1
    kept_bits = exponent.bit_length()
    low = (1 << (exponent - kept_bits)) - 1
    return (n + low) & ~low


def is_padded_length(n: int) -> bool:
    """Whether n is one of the lengths padlen gives."""
    return n >= SMALLEST and padlen(n) == n


def pad(data: bytes) -> bytes:
    """The data followed by zeros up to padlen."""
    return data.ljust(padlen(len(data)), b"\0")
