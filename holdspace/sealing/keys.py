"""The account seed A and what is derived from it (sealing.md, account seed and derived keys).

Nothing but A needs storing: the keys of each group are derived from A, the group and a generation, so no two
groups can find out by comparing keys that two of their members are one person.
"""

import secrets
from dataclasses import dataclass

from holdspace.sealing.codec import u32
from holdspace.sealing.primitives import e_public, kdf, x_public


@dataclass(frozen=True, slots=True, repr=False)
class KeyPairs:
    """An X25519 pair to be sealed to and an Ed25519 pair to sign with; 32 bytes each."""

    x: bytes
    e: bytes
    x_pub: bytes
    e_pub: bytes


def new_seed() -> bytes:
    """A fresh account seed, 32 bytes."""
    return secrets.token_bytes(32)


def new_id() -> bytes:
    """A random id, 16 bytes (UUIDv4)."""
    data = bytearray(secrets.token_bytes(16))
    data[6] = data[6] & 0x0F | 0x40
    data[8] = data[8] & 0x3F | 0x80
    return bytes(data)


def account_keys(seed: bytes) -> KeyPairs:
    """The account's own pairs, whose public halves are published."""
    return _pairs(kdf(seed, "account-x"), kdf(seed, "account-e"))


def group_keys(seed: bytes, group: bytes, gen: int) -> KeyPairs:
    """The pairs of one group, `gen` from 1, raised at each re-join or key update."""
    context = group + u32(gen)
    return _pairs(kdf(seed, "group-x", context), kdf(seed, "group-e", context))


def keyring_key(seed: bytes, account_id: bytes) -> bytes:
    """The key of the keyring, 32 bytes."""
    return kdf(seed, "keyring", account_id)


def _pairs(x: bytes, e: bytes) -> KeyPairs:
    return KeyPairs(x, e, x_public(x), e_public(e))
