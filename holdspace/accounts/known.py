"""Browsers with which somebody has signed in before: a stranger's guesses at their name don't hold them up there.

The mark is 16 random bytes and a MAC over them and the name. It is no key and opens nothing: all it brings is a count of wrong tries of its own, as
strict as the name's. Nothing of it is stored, and it does not say whose it is.
"""

from secrets import token_bytes

from django.conf import settings

from holdspace.sealing.codec import from_b64url, to_b64url
from holdspace.sealing.errors import SealError
from holdspace.sealing.primitives import hm, same

_NONCE = 16


def mark_for(name_key: str) -> str:
    """A fresh mark, for a browser that just signed in under this name."""
    nonce = token_bytes(_NONCE)
    return to_b64url(nonce + _proof(name_key, nonce))


def place_of(mark: str, name_key: str) -> str:
    """What tells this browser from others that know the name; "" for a mark of another name, a made-up one and none."""
    try:
        data = from_b64url(mark)
    except SealError:
        return ""
    nonce = data[:_NONCE]
    return nonce.hex() if same(data[_NONCE:], _proof(name_key, nonce)) else ""


def _proof(name_key: str, nonce: bytes) -> bytes:
    return hm(settings.SEAL_PRELOGIN_KEY, b"known browser\0" + nonce + name_key.encode())
