"""Frames as bytes: strict in, compact out (docs/protocol.md 1)."""

from typing import Annotated, Any

import msgspec

MESSAGE_BYTES = 1 << 20
MESSAGE_FRAMES = 64

_Ref = Annotated[int, msgspec.Meta(ge=1, le=0xFFFFFFFF)]
_Verb = Annotated[str, msgspec.Meta(max_length=32)]
# What is asked with stays raw until the verb says what it takes: each has exact names and types, so no float, no
# extension and no unknown name gets past it, and nothing further in has to ask "is this really bytes".
Frame = tuple[_Ref, _Verb, msgspec.Raw]

_decoder: "msgspec.msgpack.Decoder[list[Frame]]" = msgspec.msgpack.Decoder(
    Annotated[list[Frame], msgspec.Meta(min_length=1, max_length=MESSAGE_FRAMES)]
)
_encoder = msgspec.msgpack.Encoder()


class Malformed(Exception):
    """The message is not what the contract allows; nothing of it was looked at."""


def read_message(data: bytes) -> list[Frame]:
    """The frames of one message, or Malformed."""
    if len(data) > MESSAGE_BYTES:
        raise Malformed
    try:
        return _decoder.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed from error


def answer(ref: int, result: dict[str, Any]) -> bytes:
    """A granted question."""
    return _encoder.encode((ref, "ok", result))


def refusal(ref: int, code: str, sentence: str) -> bytes:
    """A refused question; `sentence` is in the asker's language."""
    return _encoder.encode((ref, "no", code, sentence))


def news(topic: str, payload: dict[str, Any]) -> bytes:
    """Something that happened; encoded once, the same bytes for every listener."""
    return _encoder.encode((0, topic, payload))


def message(frames: list[bytes], count: int) -> bytes:
    """Encoded frames, `count` in all (one piece may hold several), as one MessagePack array, not encoded again."""
    return b"".join((_array_head(count), *frames))


def _array_head(count: int) -> bytes:
    if count < 16:
        return bytes((0x90 | count,))
    if count < 1 << 16:
        return b"\xdc" + count.to_bytes(2)
    return b"\xdd" + count.to_bytes(4)
