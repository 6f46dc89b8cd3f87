"""Boxes: something small sealed to one public key (sealing.md, boxes).

HPKE base mode (RFC 9180) with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. A box says nothing about
who made it: what is inside counts only when the signed log vouches for it (rule K1).
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from holdspace.sealing.codec import u32
from holdspace.sealing.errors import SealError
from holdspace.sealing.primitives import is_x_key, label

EPOCH, FKEY, HISTORY, INVITE, PROFILE, NOTICE = 1, 2, 6, 7, 8, 9
PURPOSES = frozenset({EPOCH, FKEY, HISTORY, INVITE, PROFILE, NOTICE})
OVERHEAD = 6 + 32 + 16
EPOCH_BOX_SIZE = FKEY_BOX_SIZE = OVERHEAD + 32

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def seal_box(purpose: int, context: bytes, x_pub: bytes, plain: bytes) -> bytes:
    """ "HB" 01 01 purpose 00 || enc 32 || ciphertext. A key of small order is `bad-public-key`."""
    if not is_x_key(x_pub):
        raise SealError("bad-public-key")
    head = box_head(purpose)
    public = X25519PublicKey.from_public_bytes(x_pub)
    return head + _SUITE.encrypt(plain, public, label("box") + head + context)


def open_box(purpose: int, context: bytes, x: bytes, box: bytes) -> bytes:
    """What is inside, or `format`, `version`, or `damaged` when key, purpose, context or bytes are others."""
    head = box_head(purpose)
    if parse_box(box) != purpose:
        raise SealError("damaged")
    private = X25519PrivateKey.from_private_bytes(x)
    try:
        return _SUITE.decrypt(box[6:], private, label("box") + head + context)
    except (InvalidTag, ValueError):
        raise SealError("damaged") from None


def parse_box(box: bytes) -> int:
    """The purpose of a box."""
    if len(box) < OVERHEAD or box[:2] != b"HB" or box[5] != 0:
        raise SealError("format")
    if box[2:4] != b"\x01\x01" or box[4] not in PURPOSES:
        raise SealError("version")
    return box[4]


def box_head(purpose: int) -> bytes:
    """The first six bytes of a box."""
    return b"HB\x01\x01" + bytes([purpose, 0])


def epoch_context(group: bytes, epoch: int, member_id: bytes, gen: int) -> bytes:
    """For purpose 1: an epoch's secret ES to a member."""
    return group + u32(epoch) + member_id + u32(gen)


def fkey_context(group: bytes, fkey_gen: int, member_id: bytes, gen: int) -> bytes:
    """For purpose 2: the facilitators' private key to a facilitator."""
    return group + u32(fkey_gen) + member_id + u32(gen)


def request_context(group: bytes, request_id: bytes) -> bytes:
    """For purpose 7: an invite to somebody who asked without a link."""
    return group + request_id


def profile_context(group: bytes, fkey_gen: int, invite_id: bytes, member_id: bytes) -> bytes:
    """For purpose 8: an asker's name to the facilitators' key."""
    return group + u32(fkey_gen) + invite_id + member_id


def notice_context(group: bytes, member_id: bytes, gen: int, seq: int) -> bytes:
    """For purpose 9: words to somebody removed by the entry with this seq."""
    return group + member_id + u32(gen) + u32(seq)
