"""What a lying server, alone or with a member's help, can make: with the Python twin and keys it may really have."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from client.change import epoch_box
from client.device import now_ms
from client.group import Group
from holdspace.sealing import log_draft
from holdspace.sealing.codec import to_json, u32, u64
from holdspace.sealing.envelope import HEADER_SIZE, SHARE, Header, Position, Said, seal_envelope
from holdspace.sealing.epoch import message_key
from holdspace.sealing.invite import Link, ask_to_join, invite_public
from holdspace.sealing.keys import KeyPairs, group_keys, new_id, new_seed
from holdspace.sealing.log_draft import By
from holdspace.sealing.log_entry import Draft, LogEntry, sign_entry
from holdspace.sealing.log_payload import FACILITATOR, InviteTerms, Policy, Record
from holdspace.sealing.log_replay import apply
from holdspace.sealing.log_state import LogState
from holdspace.sealing.padding import pad
from holdspace.sealing.primitives import ae_seal

Row = list[Any]
LATER = 1_000_000  # a seq the real group never reaches in a test


@dataclass(frozen=True)
class Forger:
    """Writes in a group whose keys it got from a member: `helper` is the group as that member holds it."""

    helper: Group

    def header(self, **other: Any) -> Header:
        """A share of the helper's, but for what is said otherwise."""
        epoch = self.helper.state.epoch
        return Header(SHARE, self.helper.id, epoch, new_id(), self.helper.member_id)._replace(**other)

    def envelope(self, text: str, **other: Any) -> bytes:
        """A proper envelope with these words. `other` changes the header; `key`, `position` and `body` the rest."""
        key = other.pop("key", None) or self.helper.key_of(self.helper.state.epoch)
        position = other.pop("position", self.helper.position)
        body = other.pop("body", None) or to_json({"v": 1, "t": text})
        return seal_envelope(self.header(**other), key, Said(position, now_ms(), body))

    def unreportable(self, text: str) -> bytes:
        """A share that opens and whose commitment is to something else: nobody could ever report it."""
        header, nonce, position = self.header().encode(), secrets.token_bytes(12), self.helper.position
        body = to_json({"v": 1, "t": text})
        said = u32(position.seq) + position.head16 + u64(now_ms()) + u32(len(body)) + body
        clear = header + nonce + secrets.token_bytes(32)
        key = self.helper.key_of(self.helper.state.epoch)
        return clear + ae_seal(key, nonce, clear, pad(secrets.token_bytes(32) + said))

    def signed(self, draft: Draft) -> bytes:
        """An entry with the helper's signature, sent to nobody."""
        return sign_entry(draft, self.helper.keys.e)


def row(envelope: bytes, seq: int = LATER) -> Row:
    """As the server lists it; its stamp is the server's own affair."""
    return [seq, envelope, now_ms(), secrets.token_bytes(32)]


def reparented(envelope: bytes, parent: bytes) -> bytes:
    """The same envelope under another share, as far as a server can move it."""
    return envelope[: HEADER_SIZE - 16] + parent + envelope[HEADER_SIZE:]


def ghost(group: Group, victim: bytes, epoch: int) -> tuple[Row, bytes]:
    """A key of the server's own in a box to the victim, which opens; and K_msg under it (hole H1)."""
    secret = secrets.token_bytes(32)
    member = group.state.members[victim]
    return [epoch, member.gen, epoch_box(group.id, epoch, member, secret)], message_key(
        group.id, epoch, secret
    )


def position_after(group: Group, entry: bytes) -> Position:
    """Where somebody stands who has seen one more entry."""
    state = apply(group.state, LogEntry.parse(entry))
    return Position(state.seq, state.head16)


def public_keys(group: bytes) -> tuple[bytes, bytes]:
    """The public halves of keys that only the liar has."""
    keys = group_keys(new_seed(), group, 1)
    return keys.x_pub, keys.e_pub


@dataclass
class FalseGroup:
    """A group the server made alone, around somebody whose public keys it knows. `box` is theirs, with its K_msg."""

    founder: bytes
    log: list[bytes]
    state: LogState
    box: tuple[Row, bytes]


def false_group(group: bytes, victim: bytes, keys: KeyPairs) -> FalseGroup:
    """A genesis, an agreement, an invite and an ADD, all by keys of the server's own; only the victim's are real."""
    own, by = group_keys(new_seed(), group, 1), By(new_id(), now_ms())
    founder = Record(by.member_id, 1, own.x_pub, own.e_pub, FACILITATOR)
    policy = Policy(steward=own.e_pub, leads=((bytes(32), own.x_pub),))
    log = [sign_entry(log_draft.genesis(group, founder, policy, es=bytes(32), now_ms=by.now_ms), own.e)]
    state = apply(None, LogEntry.parse(log[0]))
    link = Link(new_id(), state.genesis16, secrets.token_bytes(16))
    public = invite_public(link.secret, link.invite_id)
    terms = InviteTerms(link.invite_id, public, now_ms() + 60_000, 1, is_known=False)
    hers, secret = ask_to_join(link, group, victim, 1, keys).record, secrets.token_bytes(32)
    drafts: list[Callable[[LogState], Draft]] = [
        lambda so_far: log_draft.agree(so_far, by, 1, bytes(32)),
        lambda so_far: log_draft.invite(so_far, by, terms),
        lambda so_far: log_draft.add(so_far, by, [hers], es=secret),
    ]
    for draft in drafts:
        log.append(sign_entry(draft(state), own.e))
        state = apply(state, LogEntry.parse(log[-1]))
    box = [2, 1, epoch_box(group, 2, state.members[victim], secret)]
    return FalseGroup(founder.member_id, log, state, (box, message_key(group, 2, secret)))
