"""Bytes that look random and are the same on every machine, so that vectors can be made again."""

import hashlib


class Stream:
    """SHA-256(name || counter), each case under a name of its own: a new case changes no other."""

    def __init__(self, name: str) -> None:
        self._name = b"holdspace vectors " + name.encode()
        self._count = 0

    def take(self, size: int) -> bytes:
        """The next `size` bytes, up to 32."""
        self._count += 1
        return hashlib.sha256(self._name + self._count.to_bytes(4, "big")).digest()[:size]

    def id(self) -> bytes:
        """An id, 16 bytes."""
        return self.take(16)
