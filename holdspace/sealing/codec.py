"""Numbers, base64url and JSON as bytes. Numbers are big-endian, lengths are exact, nothing is skipped."""

import base64
import binascii
from typing import Any

import msgspec

from holdspace.sealing.errors import SealError
from holdspace.sealing.padding import pad, padlen

Json = dict[str, Any]


def u16(n: int) -> bytes:
    """Two bytes."""
    return n.to_bytes(2, "big")


def u32(n: int) -> bytes:
    """Four bytes."""
    return n.to_bytes(4, "big")


def u64(n: int) -> bytes:
    """Eight bytes."""
    return n.to_bytes(8, "big")


def number(data: bytes) -> int:
    """The number these bytes are."""
    return int.from_bytes(data, "big")


def clock(data: bytes, *, refused: str) -> int:
    """A u64 that a clock or counter reaches; above 2^53 - 1, where JavaScript would round, it is refused."""
    n = number(data)
    if n >= 2**53:
        raise SealError(refused)
    return n


def to_b64url(data: bytes) -> str:
    """base64url (RFC 4648 section 5) without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_b64url(text: str, *, refused: str = "format") -> bytes:
    """The bytes, or SealError(refused). Each byte string has one spelling: no padding, unused bits zero."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise SealError(refused) from None
    if to_b64url(data) != text:
        raise SealError(refused)
    return data


def to_json(value: Json) -> bytes:
    """A JSON object as UTF-8, without spaces."""
    return msgspec.json.encode(value)


def from_json(data: bytes, *, refused: str = "damaged") -> Json:
    """A JSON object with `"v": 1` from UTF-8, or SealError(refused). Unknown fields stay in it, unread."""
    try:
        value = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise SealError(refused) from None
    if type(value) is not dict or type(value.get("v")) not in (int, float) or value["v"] < 1:
        raise SealError(refused)
    if value["v"] != 1:
        raise SealError("version")
    return value


def to_padded_json(value: Json) -> bytes:
    """length u32 || UTF-8 JSON || zeros, padlen bytes in all."""
    data = to_json(value)
    return pad(u32(len(data)) + data)


def from_padded_json(padded: bytes) -> Json:
    """What to_padded_json wrote; `padding` when the fill is not zero or not the smallest."""
    end = 4 + number(padded[:4])
    if len(padded) < 4 or padlen(end) != len(padded) or any(padded[end:]):
        raise SealError("padding")
    return from_json(padded[4:end])
