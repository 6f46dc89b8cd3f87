"""The few primitives everything is built from (sealing.md, conventions).

Each hash, MAC, signature and derivation starts with `label(...)`, so bytes made for one purpose mean nothing
in another.
"""

import hashlib
import hmac

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from holdspace.sealing.errors import SealError

ZERO16 = bytes(16)
TAG = 16

# Points of small order, top bit cleared. With X25519 they make every shared secret zero; as Ed25519 keys they
# let anybody sign. Both twins compare with these lists, so no two verifiers ever disagree about a key.
_P = 2**255 - 19
_SMALL_X25519 = frozenset(
    {n.to_bytes(32, "little") for n in (0, 1, _P - 1, _P, _P + 1)}
    | {
        bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
        bytes.fromhex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
    }
)
_SMALL_ED25519 = frozenset(
    {n.to_bytes(32, "little") for n in (0, 1, _P - 1, _P, _P + 1)}
    | {
        bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    }
)


def label(name: str) -> bytes:
    """L(name): ASCII "holdspace/1 " || name || 0x00."""
    return b"holdspace/1 " + name.encode("ascii") + b"\0"


def sha(*parts: bytes) -> bytes:
    """SHA-256 of the parts, one after the other."""
    return hashlib.sha256(b"".join(parts)).digest()


def hm(key: bytes, *parts: bytes) -> bytes:
    """HMAC-SHA-256 under a key of exactly 32 bytes (shorter keys would collide with their zero-extension)."""
    if len(key) != 32:
        raise ValueError("HMAC keys have 32 bytes")
    # Not hmac.digest: that lets go of the interpreter lock for these few bytes, and a busy server waits to get it back.
    return hmac.new(key, b"".join(parts), "sha256").digest()


def kdf(key: bytes, name: str, context: bytes = b"", length: int = 32) -> bytes:
    """HKDF-SHA-256 (RFC 5869) with an empty salt and info = L(name) || context."""
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=label(name) + context).derive(key)


def same(a: bytes, b: bytes) -> bool:
    """Whether two MACs, commitments or hashes are equal, in constant time."""
    return hmac.compare_digest(a, b)


def ae_seal(key: bytes, nonce: bytes, associated: bytes, plain: bytes) -> bytes:
    """AES-256-GCM: ciphertext || 16-byte tag. A nonce is used once with a key."""
    return AESGCM(key).encrypt(nonce, plain, associated)


def ae_open(key: bytes, nonce: bytes, associated: bytes, sealed: bytes, *, refused: str = "damaged") -> bytes:
    """The plaintext, or SealError(refused) when key, nonce, associated data or any byte differs."""
    if len(sealed) < TAG:
        raise SealError(refused)
    try:
        return AESGCM(key).decrypt(nonce, sealed, associated)
    except InvalidTag:
        raise SealError(refused) from None


def sign(seed: bytes, message: bytes) -> bytes:
    """An Ed25519 signature (64 bytes) by the key whose private seed this is."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(message)


def is_signed(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether an Ed25519 signature is right."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def x_public(private: bytes) -> bytes:
    """The X25519 public key of a private key."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def x_shared(private: bytes, public: bytes) -> bytes:
    """X25519: the secret of one's own private and another's public key, 32 bytes; `bad-public-key` for an unusable one."""
    if not is_x_key(public):
        raise SealError("bad-public-key")
    return X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(public))


def e_public(seed: bytes) -> bytes:
    """The Ed25519 public key of a private seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def is_x_key(public: bytes) -> bool:
    """Whether something can be sealed to this X25519 key: 32 bytes, not of small order."""
    return len(public) == 32 and _without_top_bit(public) not in _SMALL_X25519


def is_e_key(public: bytes) -> bool:
    """Whether only its holder can sign for this Ed25519 key: 32 bytes, not of small order."""
    return len(public) == 32 and _without_top_bit(public) not in _SMALL_ED25519


def _without_top_bit(public: bytes) -> bytes:
    return public[:31] + bytes([public[31] & 0x7F])
