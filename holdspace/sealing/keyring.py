"""The keyring HK: what an account has seen of its groups, kept by the server, sealed (sealing.md, keyring).

It is a cache. The log and the boxes are the truth; pins let a new device notice a host that shows an older
list.
"""

import secrets
from dataclasses import dataclass, field

from holdspace.sealing.codec import Json, clock, from_padded_json, to_padded_json, u64
from holdspace.sealing.errors import SealError
from holdspace.sealing.primitives import ae_open, ae_seal


@dataclass(frozen=True, slots=True)
class Keyring:
    """`pins`: group id -> (seq, head16) last seen; `gens`: group id -> own key generation there.

    `seen`: group id -> {seq of a REBIND: when one of this person's devices first saw it, ms by its clock}.
    `requests`: group id -> (request id, the listing's title), where this person asked without a link (sealing.md 9.7).
    """

    counter: int = 0
    pins: dict[bytes, tuple[int, bytes]] = field(default_factory=dict)
    gens: dict[bytes, int] = field(default_factory=dict)
    seen: dict[bytes, dict[int, int]] = field(default_factory=dict)
    requests: dict[bytes, tuple[bytes, str]] = field(default_factory=dict)


def seal_keyring(keyring: Keyring, key: bytes, *, nonce: bytes | None = None) -> bytes:
    """ "HK" 01 00 || counter u64 || nonce 12 || AE(key, nonce, first 12 bytes, padded JSON)."""
    head = b"HK\x01\0" + u64(keyring.counter)
    nonce = nonce or secrets.token_bytes(12)
    pins = {group.hex(): [seq, head16.hex()] for group, (seq, head16) in keyring.pins.items()}
    gens = {group.hex(): gen for group, gen in keyring.gens.items()}
    seen = {group.hex(): [[*each] for each in times.items()] for group, times in keyring.seen.items()}
    asked = {group.hex(): [request.hex(), title] for group, (request, title) in keyring.requests.items()}
    body: Json = {"v": 1, "pins": pins, "gens": gens} | ({"seen": seen} if seen else {})
    body |= {"requests": asked} if asked else {}
    return head + nonce + ae_seal(key, nonce, head, to_padded_json(body))


def open_keyring(blob: bytes, key: bytes) -> Keyring:
    """The keyring, or `format`, `version`, `damaged`, `padding`."""
    counter = parse_keyring(blob)
    body = from_padded_json(ae_open(key, blob[12:24], blob[:12], blob[24:]))
    return Keyring(counter, _pins(body), _gens(body), _seen(body), _requests(body))


def parse_keyring(blob: bytes) -> int:
    """The counter of a sealed keyring: all the server looks at."""
    if len(blob) < 24 + 256 + 16 or blob[:2] != b"HK" or blob[3] != 0:
        raise SealError("format")
    if blob[2] != 1:
        raise SealError("version")
    return clock(blob[4:12], refused="format")


def _pins(body: Json) -> dict[bytes, tuple[int, bytes]]:
    try:
        return {_id(group): (_count(seq), _id(head16)) for group, (seq, head16) in body["pins"].items()}
    except (AttributeError, KeyError, TypeError, ValueError):
        raise SealError("damaged") from None


def _gens(body: Json) -> dict[bytes, int]:
    try:
        return {_id(group): _count(gen) for group, gen in body["gens"].items()}
    except (AttributeError, KeyError, TypeError, ValueError):
        raise SealError("damaged") from None


def _seen(body: Json) -> dict[bytes, dict[int, int]]:
    """Left out by whoever has seen nobody come back."""
    try:
        found = body.get("seen", {}).items()
        return {_id(group): {_count(seq): _time(ms) for seq, ms in times} for group, times in found}
    except (AttributeError, TypeError, ValueError):
        raise SealError("damaged") from None


def _requests(body: Json) -> dict[bytes, tuple[bytes, str]]:
    """Left out by whoever asked nowhere."""
    try:
        found = body.get("requests", {}).items()
        return {_id(group): (_id(request), _title(title)) for group, (request, title) in found}
    except (AttributeError, TypeError, ValueError):
        raise SealError("damaged") from None


def _title(value: object) -> str:
    if type(value) is not str or len(value) > 500:
        raise ValueError("not a title")
    return value


def _id(text: str) -> bytes:
    data = bytes.fromhex(text)
    if len(data) != 16 or data.hex() != text:
        raise ValueError("not an id in hex")
    return data


def _time(value: object) -> int:
    if type(value) is not int or not 0 <= value < 2**53:
        raise ValueError("not a time")
    return value


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value < 2**32:
        raise ValueError("not a number")
    return value
