"""The cookie of a session. Its value is 32 random bytes as base64url; the table holds only their hash."""

import hashlib
import secrets


def new_token() -> str:
    """A fresh cookie value."""
    return secrets.token_urlsafe(32)


def key_of(token: str) -> bytes:
    """The row's key for a cookie value. A plain hash is enough: the value has 256 bits of its own."""
    return hashlib.sha256(b"holdspace session\0" + token.encode("utf-8", "surrogatepass")).digest()
