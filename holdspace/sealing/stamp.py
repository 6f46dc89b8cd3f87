"""The server's stamp on what it accepted, and the opening a report consists of (sealing.md, franking)."""

from collections.abc import Iterable
from dataclasses import dataclass

from holdspace.sealing.codec import clock, u64
from holdspace.sealing.envelope import (
    CLEAR_SIZE,
    HEADER_SIZE,
    Inner,
    commit,
    parse_inner,
)
from holdspace.sealing.errors import SealError
from holdspace.sealing.primitives import hm, label, same, sha

_FIXED = CLEAR_SIZE + 32 + 8 + 32


def stamp(key: bytes, envelope: bytes, received_ms: int) -> bytes:
    """T, 32 bytes: the server received this envelope at this time."""
    return _stamp(key, envelope[:CLEAR_SIZE], sha(envelope[CLEAR_SIZE:]), received_ms)


@dataclass(frozen=True, slots=True)
class Opening:
    """One reported item: what the server saw, what the reporter's device opened."""

    clear: bytes
    sealed_sha: bytes
    received_ms: int
    stamp: bytes
    inner: bytes

    def encode(self) -> bytes:
        """clear 124 || SHA(ciphertext) 32 || received u64 || T 32 || inner."""
        return self.clear + self.sealed_sha + u64(self.received_ms) + self.stamp + self.inner

    @classmethod
    def parse(cls, data: bytes) -> "Opening":
        """The parts, or `format`."""
        if len(data) <= _FIXED:
            raise SealError("format")
        return cls(
            data[:124], data[124:156], clock(data[156:164], refused="format"), data[164:196], data[196:]
        )


def make_opening(envelope: bytes, received_ms: int, stamped: bytes, inner: bytes) -> Opening:
    """What a reporter passes on."""
    return Opening(envelope[:CLEAR_SIZE], sha(envelope[CLEAR_SIZE:]), received_ms, stamped, inner)


def check_words(opening: Opening) -> Inner:
    """Whether these are the words that were posted (`commitment`): checked by the reader, in the browser."""
    inner = parse_inner(opening.inner)
    if not same(commit(opening.clear[:HEADER_SIZE], opening.inner), opening.clear[92:CLEAR_SIZE]):
        raise SealError("commitment")
    return inner


def check_stamp(keys: Iterable[bytes], opening: Opening) -> None:
    """Whether this host received it (`stamp`), under one of its keys, newest first.

    It learns none of the words.
    """
    made = (_stamp(key, opening.clear, opening.sealed_sha, opening.received_ms) for key in keys)
    if not any(same(each, opening.stamp) for each in made):
        raise SealError("stamp")


def _stamp(key: bytes, clear: bytes, sealed_sha: bytes, received_ms: int) -> bytes:
    return hm(key, label("stamp"), clear, sealed_sha, u64(received_ms))
