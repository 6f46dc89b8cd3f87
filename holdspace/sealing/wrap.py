"""The wrapped seed HW, 84 bytes (sealing.md, wrapped seed): the seed under a key only its owner can make."""

import secrets

from holdspace.sealing.codec import number, u32
from holdspace.sealing.errors import SealError
from holdspace.sealing.keys import account_keys
from holdspace.sealing.primitives import ae_open, ae_seal

PASSPHRASE, RECOVERY, PASSKEY, SESSION = 1, 2, 3, 4
METHODS = frozenset({PASSPHRASE, RECOVERY, PASSKEY, SESSION})
SIZE = 84

# Which seed of the account this is; rises when a person replaces theirs.
GENERATION = 1


def wrap_seed(
    seed: bytes, key: bytes, account_id: bytes, method: int, *, nonce: bytes | None = None
) -> bytes:
    """HW: the seed sealed under `key`, bound to the account, the method and the published keys."""
    nonce = nonce or secrets.token_bytes(12)
    head = b"HW\x01" + bytes([method]) + account_id + u32(GENERATION) + nonce
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
    if number(wrapped[20:24]) < 1:
        raise SealError("format")
    return wrapped[3], wrapped[4:20]
