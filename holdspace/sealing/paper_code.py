"""Codes people keep on paper: the recovery code of an account and the network's steward code (sealing.md)."""

import secrets

from holdspace.sealing.codec import number
from holdspace.sealing.errors import SealError
from holdspace.sealing.primitives import kdf, label, sha

RECOVERY, STEWARD = "recovery", "steward"
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base 32: no I, L, O, U
_READ = {sign: value for value, sign in enumerate(_SIGNS)} | {"O": 0, "I": 1, "L": 1}


def new_secret() -> bytes:
    """16 random bytes for a code."""
    return secrets.token_bytes(16)


def write_code(secret: bytes, kind: str) -> str:
    """28 signs in 7 groups of 4, "K7QF-...": 16 bytes, one check byte, four zero bits."""
    value = number(secret + _check(secret, kind)) << 4
    signs = "".join(_SIGNS[value >> shift & 31] for shift in range(135, -1, -5))
    return "-".join(signs[at : at + 4] for at in range(0, 28, 4))


def read_code(text: str, kind: str) -> bytes:
    """The 16 bytes, or `code-damaged`. Case, spaces and hyphens do not matter; O is 0, I and L are 1."""
    signs = [sign for sign in text.upper() if sign != "-" and not sign.isspace()]
    if len(signs) != 28 or not all(sign in _READ for sign in signs):
        raise SealError("code-damaged")
    value = 0
    for sign in signs:
        value = value << 5 | _READ[sign]
    secret, check = divmod(value >> 4, 256)
    data = secret.to_bytes(16, "big")
    if value & 15 or bytes([check]) != _check(data, kind):
        raise SealError("code-damaged")
    return data


def recovery_auth(secret: bytes, account_id: bytes) -> bytes:
    """What the server gets to know somebody by their recovery code."""
    return kdf(secret, "recovery-auth", account_id)


def recovery_wrap(secret: bytes, account_id: bytes) -> bytes:
    """What opens the recovery slot's wrapped seed."""
    return kdf(secret, "recovery-wrap", account_id)


def steward_seed(secret: bytes) -> bytes:
    """The Ed25519 seed of the steward's key."""
    return kdf(secret, "steward")


def _check(secret: bytes, kind: str) -> bytes:
    return sha(label(kind), secret)[:1]
