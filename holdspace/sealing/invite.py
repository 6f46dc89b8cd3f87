"""Invites: the link, its card, and asking to join with it (sealing.md, invites).

The secret in the link *is* the signing key of the invite. The newcomer signs their own keys with it (vouching.py).
"""

import secrets
from dataclasses import dataclass, replace

from holdspace.sealing import box
from holdspace.sealing.codec import (
    Json,
    from_b64url,
    from_padded_json,
    to_b64url,
    to_padded_json,
)
from holdspace.sealing.errors import SealError
from holdspace.sealing.keys import KeyPairs
from holdspace.sealing.log_payload import Record
from holdspace.sealing.log_state import LogState
from holdspace.sealing.primitives import (
    ZERO16,
    ae_open,
    ae_seal,
    e_public,
    is_signed,
    kdf,
    sha,
    sign,
)
from holdspace.sealing.vouching import check_invite, join_message


@dataclass(frozen=True, slots=True, repr=False)
class Link:
    """What a link carries; 16 bytes each."""

    invite_id: bytes
    genesis16: bytes
    secret: bytes

    def fragment(self) -> str:
        """What stands behind the # of /join/: "1." and 70 signs."""
        data = self.invite_id + self.genesis16 + self.secret
        return "1." + to_b64url(data + sha(data)[:4])

    @classmethod
    def parse(cls, fragment: str) -> "Link":
        """The link of "1.…", with or without the "#"; `invite-damaged` when a mail program cut it."""
        version, _, signs = fragment.removeprefix("#").partition(".")
        data = from_b64url(signs, refused="invite-damaged")
        if version != "1" or len(data) != 52 or sha(data[:48])[:4] != data[48:]:
            raise SealError("invite-damaged")
        return cls(data[:16], data[16:32], data[32:48])


def new_secret() -> bytes:
    """16 random bytes for a link."""
    return secrets.token_bytes(16)


def invite_seed(secret: bytes, invite_id: bytes) -> bytes:
    """The Ed25519 seed of an invite."""
    return kdf(secret, "invite", invite_id)


def invite_public(secret: bytes, invite_id: bytes) -> bytes:
    """Its public half, which INVITE puts into the log."""
    return e_public(invite_seed(secret, invite_id))


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """A newcomer's record, signed with the link's secret, and the proof that they hold its signing key."""

    record: Record
    self_sig: bytes


def ask_to_join(link: Link, group: bytes, member_id: bytes, gen: int, keys: KeyPairs) -> JoinRequest:
    """The request of a newcomer, or of somebody coming back (whose link has their member id as target)."""
    record = Record(member_id, gen, keys.x_pub, keys.e_pub, invite_id=link.invite_id)
    message = join_message(group, link.genesis16, record)
    signed = replace(record, invite_sig=sign(invite_seed(link.secret, link.invite_id), message))
    return JoinRequest(signed, sign(keys.e, message))


def check_join_request(state: LogState, request: JoinRequest, now_ms: int) -> None:
    """What is looked at before anybody waits to be let in: `log-invite`, `bad-public-key`."""
    record = request.record
    check_invite(state, record, now_ms)
    message = join_message(state.group, state.genesis16, record)
    is_taken = any(member.e_pub == record.e_pub for member in state.members.values())
    if is_taken or not is_signed(record.e_pub, request.self_sig, message):
        raise SealError("bad-public-key")


def parse_join_request(record: bytes, self_sig: bytes) -> JoinRequest:
    """The request from its bytes; `format`, or `bad-public-key` when its keys are unusable."""
    if len(record) != 165 or len(self_sig) != 64 or record[84] != 1:
        raise SealError("format")
    if record[:16] == ZERO16 or record[16:20] == bytes(4):
        raise SealError("format")
    try:
        return JoinRequest(Record.parse(record), self_sig)
    except SealError:
        raise SealError("bad-public-key") from None


def seal_card(body: Json, link: Link, *, nonce: bytes | None = None) -> bytes:
    """What an invite shows of itself: "HC" 01 00 || nonce 12 || AE(..., first 4 bytes || invite_id, JSON)."""
    nonce = nonce or secrets.token_bytes(12)
    sealed = ae_seal(_card_key(link), nonce, b"HC\x01\0" + link.invite_id, to_padded_json(body))
    return b"HC\x01\0" + nonce + sealed


def open_card(card: bytes, link: Link) -> Json:
    """The card's words for whoever holds the link."""
    parse_card(card)
    return from_padded_json(ae_open(_card_key(link), card[4:16], card[:4] + link.invite_id, card[16:]))


def parse_card(card: bytes) -> None:
    """`format` or `version` when this is no card."""
    if len(card) < 16 + 256 + 16 or card[:2] != b"HC" or card[3] != 0:
        raise SealError("format")
    if card[2] != 1:
        raise SealError("version")


def seal_profile(name: str, fkey: bytes, context: bytes) -> bytes:
    """An asker's name for the facilitators alone (box purpose 8; context: box.profile_context)."""
    return box.seal_box(box.PROFILE, context, fkey, to_padded_json({"v": 1, "n": name}))


def open_profile(sealed: bytes, fkey_private: bytes, context: bytes) -> str:
    """The asker's name, 1 to 80 signs, or `damaged`."""
    name = from_padded_json(box.open_box(box.PROFILE, context, fkey_private, sealed)).get("n")
    if not isinstance(name, str) or not 1 <= len(name) <= 80:
        raise SealError("damaged")
    return name


def _card_key(link: Link) -> bytes:
    return kdf(link.secret, "card", link.invite_id)
