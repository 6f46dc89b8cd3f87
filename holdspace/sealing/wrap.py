"""The wrapped seed HW, 84 bytes (sealing.md, wrapped seed): the seed under a key only its owner can make."""

import secrets

from holdspace.sealing import codec
from holdspace.sealing.codec import u32
from holdspace.sealing.errors import SealError
from holdspace.sealing.keys import account_keys
from holdspace.sealing.primitives import ae_open, ae_seal, kdf

PASSPHRASE, RECOVERY, PASSKEY, SESSION, FORMER = 1, 2, 3, 4, 5
METHODS = frozenset({PASSPHRASE, RECOVERY, PASSKEY, SESSION, FORMER})
SIZE = 84


def wrap_seed(
    seed: bytes, key: bytes, account_id: bytes, method: int, *, nonce: bytes | None = None
) -> bytes:
    """HW: the seed sealed under `key`, bound to the account, the method and the published keys."""
    return wrap_numbered(seed, key, (account_id, method, 1), nonce=nonce)


def wrap_numbered(
    seed: bytes, key: bytes, label: tuple[bytes, int, int], *, nonce: bytes | None = None
) -> bytes:
    """HW of a later seed; `label`: account id, method, and which seed of the account this is, from 1."""
    account_id, method, number = label
    nonce = nonce or secrets.token_bytes(12)
    head = b"HW\x01" + bytes([method]) + account_id + u32(number) + nonce
    keys = account_keys(seed)
    return head + ae_seal(key, nonce, head + keys.x_pub + keys.e_pub, seed)


def unwrap_seed(
    wrapped: bytes, key: bytes, account_id: bytes, method: int, published: tuple[bytes, bytes]
) -> bytes:
    """The seed. `published`: the account's public keys (x_pub, e_pub) as the server tells them.

    `wrong-key`: another key; `key-mismatch`: made for another account, method or published keys. The public
    keys are derived again and compared: that makes the blob committing, so a crafted one that would open
    under many guesses is of no use (a partitioning oracle).
    """
    if parse_wrapped(wrapped) != (method, account_id):
        raise SealError("key-mismatch")
    seed = ae_open(key, wrapped[24:36], wrapped[:36] + b"".join(published), wrapped[36:], refused="wrong-key")
    keys = account_keys(seed)
    if (keys.x_pub, keys.e_pub) != published:
        raise SealError("key-mismatch")
    return seed


def parse_wrapped(wrapped: bytes) -> tuple[int, bytes]:
    """(method, account id) of an HW, or `format` or `version`."""
    if len(wrapped) != SIZE or wrapped[:2] != b"HW":
        raise SealError("format")
    if wrapped[2] != 1 or wrapped[3] not in METHODS:
        raise SealError("version")
    if seed_number(wrapped) < 1:
        raise SealError("format")
    return wrapped[3], wrapped[4:20]


def seed_number(wrapped: bytes) -> int:
    """Which seed of its account an HW holds."""
    return codec.number(wrapped[20:24])


def former_key(seed: bytes, account_id: bytes) -> bytes:
    """The key under which a seed keeps the seeds it took the place of (sealing.md 2.10)."""
    return kdf(seed, "wrap", account_id)
