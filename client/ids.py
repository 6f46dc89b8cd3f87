"""Ids: 16 bytes inside, UUID text on the command line and in files."""

import uuid

from client.trouble import Trouble


def fresh() -> bytes:
    """A new random id (UUID version 4)."""
    return uuid.uuid4().bytes


def text(value: bytes) -> str:
    """The UUID text of 16 bytes."""
    return str(uuid.UUID(bytes=value))


def parse(words: str) -> bytes:
    """16 bytes of a UUID's text; `not-an-id` otherwise."""
    try:
        return uuid.UUID(words).bytes
    except ValueError:
        raise Trouble("not-an-id") from None
