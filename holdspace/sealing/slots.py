"""The server's half of an account: what it keeps of an auth key and of a wrapped seed (sealing.md, at rest).

A wrapped seed alone lets a thief test guesses, so it lies under a second key that comes out of the same slow,
peppered hash as the verifier. Without the pepper, which is not in the database, neither can be tested.
"""

import secrets
from typing import NamedTuple

from holdspace.sealing.passphrase import GENERATED, argon2id
from holdspace.sealing.primitives import ae_open, ae_seal, hm, kdf, label
from holdspace.sealing.wrap import PASSPHRASE


class Split(NamedTuple):
    """`verifier` is stored and compared; `outer` opens the stored blob and is forgotten. 32 bytes each."""

    verifier: bytes
    outer: bytes


def split(pepper: bytes, auth: bytes, salt2: bytes, *, method: int) -> Split:
    """Both halves.

    Slow for passphrases; the other methods' secrets have 128 bits and more and need no slowness.
    """
    peppered = hm(pepper, label("pepper"), auth)
    if method == PASSPHRASE:
        halves = argon2id(peppered, salt2, profile=GENERATED, length=64)
    else:
        halves = kdf(peppered, "pepper", salt2, 64)
    return Split(halves[:32], halves[32:])


def store(
    outer: bytes, account_id: bytes, wrapped: bytes, *, method: int, nonce: bytes | None = None
) -> bytes:
    """nonce 12 || AE(outer, nonce, account id || method, HW): what rests in the database."""
    nonce = nonce or secrets.token_bytes(12)
    return nonce + ae_seal(outer, nonce, account_id + bytes([method]), wrapped)


def unstore(outer: bytes, account_id: bytes, stored: bytes, *, method: int) -> bytes:
    """The HW, or `wrong-key`. Called only after the verifier matched."""
    associated = account_id + bytes([method])
    return ae_open(outer, stored[:12], associated, stored[12:], refused="wrong-key")
