"""What rests on a device: records under names that say nothing, each sealed to its own place (sealing.md, on the device).

Who has the device without the account seed sees how many records there are, how large (padded) and when they were written, and
neither whose they are nor of which group. The place is associated data: a record put where another stood does not open.
"""

import secrets
from dataclasses import dataclass

from holdspace.sealing.codec import number, u32
from holdspace.sealing.errors import SealError
from holdspace.sealing.padding import pad, padlen
from holdspace.sealing.primitives import ae_open, ae_seal, hm, kdf, label

HEAD = b"HR\x01\0"


@dataclass(frozen=True, slots=True)
class LocalKeys:
    """`seal` closes records, `names` makes their names."""

    seal: bytes
    names: bytes


def local_keys(seed: bytes, account_id: bytes) -> LocalKeys:
    """Both from the account seed."""
    return LocalKeys(kdf(seed, "local", account_id), kdf(seed, "local-name", account_id))


def record_place(keys: LocalKeys, sort: int, about: bytes, number: int) -> bytes:
    """20 bytes: the name of records of one sort about one thing (a group's id, or zeros), and a number."""
    return hm(keys.names, label("local-name"), bytes([sort]), about)[:16] + u32(number)


def seal_record(keys: LocalKeys, place: bytes, plain: bytes, *, nonce: bytes | None = None) -> bytes:
    """ "HR" 01 00 || nonce 12 || AE(seal, nonce, L("local") || first 4 bytes || place, length u32 || plain || zeros)."""
    nonce = nonce or secrets.token_bytes(12)
    padded = pad(u32(len(plain)) + plain)
    return HEAD + nonce + ae_seal(keys.seal, nonce, label("local") + HEAD + place, padded)


def open_record(keys: LocalKeys, place: bytes, record: bytes) -> bytes:
    """What was sealed for this place, or `format`, `version`, `damaged`, `padding`."""
    if len(record) < 32 or record[:2] != HEAD[:2] or record[3]:
        raise SealError("format")
    if record[2] != 1:
        raise SealError("version")
    padded = ae_open(keys.seal, record[4:16], label("local") + HEAD + place, record[16:])
    length = number(padded[:4])
    if length > len(padded) - 4 or padlen(4 + length) != len(padded):
        raise SealError("padding")
    return padded[4 : 4 + length]
