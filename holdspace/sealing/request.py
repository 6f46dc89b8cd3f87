"""Asking without a link: what answers it, and the words by which people look for a host in between (sealing.md 9.7).

Somebody who found a listing has no link, only keys that came through the server. An invite is sealed to those keys; whether they
are the person's own, nobody can tell but people: four words, compared by voice or in person.
"""

import secrets
from dataclasses import dataclass

from holdspace.sealing import box
from holdspace.sealing.codec import number, u32
from holdspace.sealing.errors import SealError
from holdspace.sealing.invite import Link
from holdspace.sealing.primitives import ae_open, ae_seal, is_x_key, kdf, label, sha

# Its generation and its private half.
FacilitatorsKey = tuple[int, bytes]
_VERSION = b"\x01"
_INSIDE = 1 + 48
ANSWER_SIZE = box.OVERHEAD + _INSIDE
_HEAD = 8
NOTE_SIZE = _HEAD + 12 + 33 + 16


@dataclass(frozen=True, slots=True)
class Note:
    """Which account key an invite from a listing was sealed to, and whether its words were compared with the person."""

    account_x: bytes
    is_compared: bool = False


def seal_answer(link: Link, account_x: bytes, group: bytes, request_id: bytes) -> bytes:
    """An invite for whoever asked, 103 bytes (box purpose 7). A key of small order is `bad-public-key`."""
    inside = _VERSION + link.invite_id + link.genesis16 + link.secret
    return box.seal_box(box.INVITE, box.request_context(group, request_id), account_x, inside)


def open_answer(sealed: bytes, x: bytes, group: bytes, request_id: bytes) -> Link:
    """The invite. As `box.open_box`: `damaged` when it answers another request, another group or another person."""
    inside = box.open_box(box.INVITE, box.request_context(group, request_id), x, sealed)
    if len(inside) != _INSIDE:
        raise SealError("format")
    if inside[:1] != _VERSION:
        raise SealError("version")
    return Link(inside[1:17], inside[17:33], inside[33:49])


def account_numbers(account_x: bytes) -> tuple[int, int, int, int]:
    """The numbers of an account key's four words: of SHA(L("words") || account-x) the first four u32."""
    digest = sha(label("words") + account_x)
    one, two, three, four = (number(digest[at : at + 4]) for at in (0, 4, 8, 12))
    return one, two, three, four


def seal_note(
    note: Note, key: FacilitatorsKey, group: bytes, invite_id: bytes, *, nonce: bytes | None = None
) -> bytes:
    """ "HN" 01 00 || fkey_gen u32 || nonce 12 || AE(key, nonce, first 8 bytes || group || invite_id, compared u8 || account-x).

    Under a key that only those make who hold the facilitators' private one: a box to the public one anybody could write.
    """
    if not is_x_key(note.account_x):
        raise SealError("bad-public-key")
    fkey_gen, fkey = key
    head, nonce = b"HN\x01\0" + u32(fkey_gen), nonce or secrets.token_bytes(12)
    inside = bytes([note.is_compared]) + note.account_x
    return head + nonce + ae_seal(_note_key(fkey, group, fkey_gen), nonce, head + group + invite_id, inside)


def open_note(sealed: bytes, fkey: bytes, group: bytes, invite_id: bytes) -> Note:
    """The note. As `parse_note`; `damaged` when it is about another invite, or not from a facilitator."""
    fkey_gen = parse_note(sealed)
    nonce, context = sealed[_HEAD:20], sealed[:_HEAD] + group + invite_id
    inside = ae_open(_note_key(fkey, group, fkey_gen), nonce, context, sealed[20:])
    if inside[0] > 1 or not is_x_key(inside[1:]):
        raise SealError("damaged")
    return Note(inside[1:], inside[0] == 1)


def parse_note(sealed: bytes) -> int:
    """The generation of the facilitators' key it is under; `format`, `version`."""
    if len(sealed) != NOTE_SIZE or sealed[:2] != b"HN" or sealed[3] != 0:
        raise SealError("format")
    if sealed[2] != 1:
        raise SealError("version")
    return number(sealed[4:8])


def _note_key(fkey: bytes, group: bytes, fkey_gen: int) -> bytes:
    return kdf(fkey, "note", group + u32(fkey_gen))
