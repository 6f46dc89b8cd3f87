"""The gateway's frames (`docs/protocol.md` 1): one MessagePack array of arrays a message."""

from typing import Any

import msgspec

CONTENT_TYPE = "application/x-holdspace"
MOST_FRAMES = 64

Args = dict[str, Any]
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(list[list[Any]])


def encode(asks: list[tuple[int, str, Args]]) -> bytes:
    """One message of `(ref, verb, args)`; bytes travel as `bin`."""
    return _encoder.encode(asks)


def decode(message: bytes) -> list[list[Any]]:
    """The frames of one message from the server; `ValueError` when it is none."""
    return _decoder.decode(message)
