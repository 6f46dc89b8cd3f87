"""Ids are 16 raw bytes everywhere in Python; UUID text only in addresses and on the command line."""

import secrets
from uuid import UUID

ID_BYTES = 16


def new() -> bytes:
    """A fresh id from the system's randomness."""
    return secrets.token_bytes(ID_BYTES)


def text(identity: bytes) -> str:
    """`identity` as lower-case UUID text."""
    return str(UUID(bytes=bytes(identity)))


def parse(words: str) -> bytes | None:
    """The id in `words`, or None unless it is spelt exactly as `text` spells it, so that one thing has one address."""
    try:
        identity = UUID(words)
    except ValueError:
        return None
    return identity.bytes if str(identity) == words else None


class IdConverter:
    """The address part `<id:group_id>`: bytes in views, UUID text in the address."""

    regex = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

    def to_python(self, value: str) -> bytes:
        """Bytes of the address part; ValueError means "no such page" to Django."""
        identity = parse(value)
        if identity is None:
            raise ValueError(value)
        return identity

    def to_url(self, value: bytes) -> str:
        """The address part of an id."""
        return text(value)
