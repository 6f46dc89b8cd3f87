"""HPKE base mode, one message, written down as RFC 9180 has it, with the ephemeral key given.

The product uses the library's HPKE, which draws its own. Vectors need the same box every time, so they are
made here, and tests keep this, the library and the RFC's own values equal.
"""

import hashlib
import hmac

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEM = b"KEM\x00\x20"


def _extract(salt: bytes, suite: bytes, label: bytes, ikm: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + ikm, hashlib.sha256)


def _expand(secret: bytes, suite: bytes, label: bytes, info: bytes, length: int = 32) -> bytes:
    labeled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.digest(secret, labeled + b"\x01", hashlib.sha256)[:length]


def encapsulate(ephemeral: bytes, recipient: bytes) -> tuple[bytes, bytes]:
    """(shared secret, enc): section 4.1."""
    private = X25519PrivateKey.from_private_bytes(ephemeral)
    enc = private.public_key().public_bytes_raw()
    dh = private.exchange(X25519PublicKey.from_public_bytes(recipient))
    return _expand(_extract(b"", KEM, b"eae_prk", dh), KEM, b"shared_secret", enc + recipient), enc


def key_schedule(secret: bytes, info: bytes, *, aead: int, key_size: int) -> tuple[bytes, bytes]:
    """(key, base nonce): section 5.1, base mode."""
    suite = b"HPKE" + bytes.fromhex("00200001") + aead.to_bytes(2, "big")
    context = b"\0" + _extract(b"", suite, b"psk_id_hash", b"") + _extract(b"", suite, b"info_hash", info)
    scheduled = _extract(secret, suite, b"secret", b"")
    return _expand(scheduled, suite, b"key", context, key_size), _expand(
        scheduled, suite, b"base_nonce", context, 12
    )


def seal(ephemeral: bytes, recipient: bytes, info: bytes, plain: bytes) -> bytes:
    """enc || ciphertext with AES-256-GCM and an empty aad."""
    secret, enc = encapsulate(ephemeral, recipient)
    key, nonce = key_schedule(secret, info, aead=2, key_size=32)
    return enc + AESGCM(key).encrypt(nonce, plain, b"")
