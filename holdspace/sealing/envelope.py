"""Envelopes: how every word travels (sealing.md, envelopes, franking, opening).

Commit-then-encrypt: an HMAC under a fresh key Kf commits to the header and the words, and both are sealed
with the commitment as associated data. So what a screen shows can be reported, and a report cannot be
invented (Grubbs, Lu, Ristenpart, CRYPTO 2017).
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from struct import Struct
from typing import NamedTuple

from holdspace.sealing.body import read_body
from holdspace.sealing.codec import Json, clock, number, u32, u64
from holdspace.sealing.errors import SealError
from holdspace.sealing.log_state import LogState
from holdspace.sealing.padding import is_padded_length, pad, padlen
from holdspace.sealing.primitives import (
    TAG,
    ZERO16,
    ae_open,
    ae_seal,
    hm,
    label,
    same,
    sha,
)

SHARE, REPLY, CHAT, PRESENCE, SIGNAL, STANDING, PROFILE, ENTRY = 1, 2, 3, 5, 7, 8, 9, 11
KINDS = frozenset({SHARE, REPLY, CHAT, PRESENCE, SIGNAL, STANDING, PROFILE, ENTRY})

HEADER_SIZE, CLEAR_SIZE = 80, 124
MAX_ENVELOPE = 96 * 1024
# What is between two has one size: a warm phrase must not have a length (sealing.md 5.2).
PRESENCE_SIZE = CLEAR_SIZE + 256 + TAG
_HEADER = Struct(">2sBBB3s16sI16s16sI16s")
_INNER_FIXED = 32 + 4 + 16 + 8 + 4


class Header(NamedTuple):
    """The 80 bytes the server may see; ids 16 bytes, `parent` zero when there is none."""

    kind: int
    group: bytes
    epoch: int
    item_id: bytes
    author: bytes
    revision: int = 0
    parent: bytes = ZERO16

    def encode(self) -> bytes:
        """80 bytes."""
        fields = (self.group, self.epoch, self.item_id, self.author, self.revision, self.parent)
        return _HEADER.pack(b"HS", 1, 1, self.kind, bytes(3), *fields)

    @classmethod
    def parse(cls, data: bytes) -> "Header":
        """The header, or `format` (not ours), `version` (newer than this)."""
        if len(data) != HEADER_SIZE or data[:2] != b"HS":
            raise SealError("format")
        _, version, suite, kind, reserved, *fields = _HEADER.unpack(data)
        if version != 1 or suite != 1 or kind not in KINDS:
            raise SealError("version")
        if reserved != bytes(3):
            raise SealError("format")
        return cls(kind, *fields)


@dataclass(frozen=True, slots=True)
class Position:
    """Where in the membership log the sender stood: the last entry's seq and the first half of its hash."""

    seq: int
    head16: bytes


@dataclass(frozen=True, slots=True)
class Said:
    """What goes inside: the sender's position and clock, and the body as UTF-8 JSON."""

    position: Position
    sent_ms: int
    body: bytes


class Envelope(NamedTuple):
    """An envelope taken apart, still sealed.

    `clear` is its first 124 bytes, all of them bound by the seal.
    """

    header: Header
    nonce: bytes
    commitment: bytes
    sealed: bytes
    clear: bytes


@dataclass(frozen=True, slots=True)
class Place:
    """What the page asked for. None: the page did not ask for this in particular."""

    group: bytes
    item_id: bytes | None = None
    epoch: int | None = None
    parent: bytes | None = None


@dataclass(frozen=True, slots=True)
class Inner:
    """What is sealed: Kf, the sender's position and clock, the body's bytes. `padded` is the whole of it."""

    frank_key: bytes
    position: Position
    sent_ms: int
    body: bytes
    padded: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """An envelope that passed every check.

    `mark` goes into `seen[header.item_id]`; `inner` makes a report.
    """

    header: Header
    position: Position
    sent_ms: int
    body: Json
    mark: tuple[int, bytes]
    inner: bytes


def seal_envelope(
    header: Header, k_msg: bytes, said: Said, *, frank_key: bytes | None = None, nonce: bytes | None = None
) -> bytes:
    """The envelope of what is said. Kf and nonce are fresh for every envelope, also of a revision."""
    frank_key = frank_key or secrets.token_bytes(32)
    nonce = nonce or secrets.token_bytes(12)
    position = u32(said.position.seq) + said.position.head16
    rest = position + u64(said.sent_ms) + u32(len(said.body)) + said.body
    inner = pad(frank_key + rest)
    clear = header.encode() + nonce + commit(header.encode(), inner)
    if len(clear) + len(inner) + TAG > MAX_ENVELOPE:
        raise SealError("too-large")
    return clear + ae_seal(k_msg, nonce, clear, inner)


def commit(header: bytes, inner: bytes) -> bytes:
    """C = HM(Kf, L("frank") || header || the rest of inner)."""
    return hm(inner[:32], label("frank"), header, inner[32:])


def parse_envelope(data: bytes) -> Envelope:
    """The parts, or `format`, `version`, `padding`: all that can be said without a key."""
    if len(data) < CLEAR_SIZE + TAG:
        raise SealError("format")
    header = Header.parse(data[:HEADER_SIZE])
    if not is_padded_length(len(data) - CLEAR_SIZE - TAG):
        raise SealError("padding")
    if header.kind == PRESENCE and len(data) != PRESENCE_SIZE:
        raise SealError("padding")
    return Envelope(header, data[80:92], data[92:CLEAR_SIZE], data[CLEAR_SIZE:], data[:CLEAR_SIZE])


def open_envelope(
    data: bytes,
    *,
    expect: Place,
    log: LogState,
    key_of: Callable[[Header], bytes],
    seen: Mapping[bytes, tuple[int, bytes]] | None = None,
) -> Opened:
    """The words, after every check in the order of sealing.md; the first that fails is the SealError.

    `key_of(header)` gives K_msg, for a presence K_pair, or refuses (epoch.find_message_key, pair.find_pair_key). `seen` maps
    item ids to the newest mark so far. `stale-log` means that the sender knew more of the log than `log` does: fetch, replay,
    open again.
    """
    envelope = parse_envelope(data)
    header = envelope.header
    _check_place(header, expect, log)
    inner = unseal(envelope, key_of(header))
    check_position(log, inner.position)
    mark = (header.revision, sha(data))
    _check_newest(header, mark, seen or {})
    body = read_body(header.kind, inner.body)
    return Opened(header, inner.position, inner.sent_ms, body, mark, inner.padded)


def unseal(envelope: Envelope, k_msg: bytes) -> Inner:
    """What is inside, its commitment and padding checked; nobody's place, author or log."""
    padded = ae_open(k_msg, envelope.nonce, envelope.clear, envelope.sealed)
    if not same(commit(envelope.clear[:HEADER_SIZE], padded), envelope.commitment):
        raise SealError("commitment")
    return parse_inner(padded)


def parse_inner(padded: bytes) -> Inner:
    """The parts of inner, or `padding`."""
    if len(padded) < _INNER_FIXED:
        raise SealError("padding")
    sent_ms = clock(padded[52:60], refused="padding")
    end = _INNER_FIXED + number(padded[60:64])
    if padlen(end) != len(padded) or any(padded[end:]):
        raise SealError("padding")
    position = Position(number(padded[32:36]), padded[36:52])
    return Inner(padded[:32], position, sent_ms, padded[_INNER_FIXED:end], padded)


def check_position(log: LogState, position: Position) -> None:
    """The sender's list must be ours: `fork` when it differs, `stale-log` when it goes on where ours ends."""
    if position.seq > log.seq:
        raise SealError("stale-log")
    if not same(log.head16s[position.seq], position.head16):
        raise SealError("fork")


def _check_place(header: Header, expect: Place, log: LogState) -> None:
    asked = (expect.group, expect.item_id, expect.epoch, expect.parent)
    found = (header.group, header.item_id, header.epoch, header.parent)
    if any(want is not None and want != have for want, have in zip(asked, found, strict=True)):
        raise SealError("context")
    if header.group != log.group:
        raise SealError("context")
    if header.epoch > log.epoch:
        # Said after a change of members that this list does not show: a late entry, or one that is kept back.
        raise SealError("stale-log")
    if not log.active_in(header.author, header.epoch):
        raise SealError("context")


def _check_newest(header: Header, mark: tuple[int, bytes], seen: Mapping[bytes, tuple[int, bytes]]) -> None:
    """One envelope for each (item, revision), and never back to an older one."""
    newest = seen.get(header.item_id)
    if newest is not None and mark != newest and mark[0] <= newest[0]:
        raise SealError("context")
