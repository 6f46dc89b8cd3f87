"""Primitives: labels, small order, refusals. The algorithms themselves are the library's."""

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from holdspace.sealing import primitives
from holdspace.sealing.tests.reading import cases, code_of, unhex


def test_a_label_ends_in_a_zero_so_none_begins_another() -> None:
    assert primitives.label("log") == b"holdspace/1 log\0"
    assert not primitives.label("loghash").startswith(primitives.label("log"))


@pytest.mark.parametrize("size", [0, 16, 31, 33, 64])
def test_hmac_takes_keys_of_32_bytes_only(size: int) -> None:
    with pytest.raises(ValueError, match="32"):
        primitives.hm(bytes(size), b"x")


@pytest.mark.parametrize("point", cases("small_order"))
def test_the_library_finds_no_secret_with_a_point_of_small_order(point: str) -> None:
    assert not primitives.is_x_key(unhex(point))
    with pytest.raises(ValueError, match=r"."):
        X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(unhex(point)))


def test_an_ed25519_key_of_small_order_is_refused() -> None:
    identity = b"\x01" + bytes(31)
    forged = identity + bytes(32)
    assert primitives.is_signed(identity, forged, b"anything at all")
    assert not primitives.is_e_key(identity)
    assert not primitives.is_e_key(identity[:31] + b"\x80")


def test_keys_of_people_are_usable() -> None:
    assert primitives.is_x_key(primitives.x_public(b"x" * 32))
    assert primitives.is_e_key(primitives.e_public(b"e" * 32))
    assert not primitives.is_x_key(b"x" * 31)
    assert not primitives.is_e_key(b"x" * 33)


def test_bytes_too_short_to_be_sealed_are_refused() -> None:
    assert code_of(lambda: primitives.ae_open(bytes(32), bytes(12), b"", b"short")) == "damaged"


def test_a_signature_fits_its_message_and_key_only() -> None:
    seed, public = b"s" * 32, primitives.e_public(b"s" * 32)
    signature = primitives.sign(seed, b"yes")
    assert primitives.is_signed(public, signature, b"yes")
    assert not primitives.is_signed(public, signature, b"no")
    assert not primitives.is_signed(primitives.e_public(b"t" * 32), signature, b"yes")
