"""Words to somebody who was removed, signed by who removed them (sealing.md 4.4).

Anybody can seal to a public key, the server first. So the words count only with a signature, and the signature only by whom
the signed log names: the actor of the REMOVE, in a log that holds the reader's own keys.
"""

from collections.abc import Sequence
from typing import NamedTuple

from holdspace.sealing import log_entry, log_payload
from holdspace.sealing.box import NOTICE, notice_context, open_box, seal_box
from holdspace.sealing.codec import Json, from_padded_json, to_padded_json
from holdspace.sealing.errors import SealError
from holdspace.sealing.keys import KeyPairs
from holdspace.sealing.log_entry import LogEntry
from holdspace.sealing.log_replay import check_pin, replay
from holdspace.sealing.log_state import LogState
from holdspace.sealing.primitives import is_signed, label, sha, sign

SIGNATURE_SIZE = 64


class Removal(NamedTuple):
    """Whom (with the generation of their keys) the entry `seq` of a group's log removed."""

    group: bytes
    member_id: bytes
    gen: int
    seq: int

    @property
    def context(self) -> bytes:
        """What its box is bound to."""
        return notice_context(self.group, self.member_id, self.gen, self.seq)


def notice_message(removal: Removal, words: bytes) -> bytes:
    """What is signed: L("notice") || ctx || SHA(words), words as the padded JSON that is sent."""
    return label("notice") + removal.context + sha(words)


def seal_notice(removal: Removal, x_pub: bytes, e: bytes, body: Json) -> bytes:
    """Signed with the key `e` of who removes, sealed to the key `x_pub` of who is removed."""
    words = to_padded_json(body)
    return seal_box(NOTICE, removal.context, x_pub, sign(e, notice_message(removal, words)) + words)


def open_notice(
    removal: Removal,
    keys: KeyPairs,
    box: bytes,
    log: Sequence[bytes],
    pin: tuple[int, bytes] | None = None,
) -> Json:
    """The words. `log` is the group's, from its first entry; `keys` are the reader's own of that generation.

    As `open_box`; `notice-unsigned` when the log holds no such removal of the reader, is not the one that was seen before
    (`pin`: seq, head16), or names somebody else than who signed.
    """
    inside = open_box(NOTICE, removal.context, keys.x, box)
    signature, words = inside[:SIGNATURE_SIZE], inside[SIGNATURE_SIZE:]
    if not is_signed(_remover(removal, keys, log, pin), signature, notice_message(removal, words)):
        raise SealError("notice-unsigned")
    return from_padded_json(words)


def _remover(removal: Removal, keys: KeyPairs, log: Sequence[bytes], pin: tuple[int, bytes] | None) -> bytes:
    """The public key of whoever removed the reader."""
    end = removal.seq + 1
    then = _replayed(log[:end], None, removal.group)
    now = _replayed(log[end:], then, removal.group)
    me = then.members.get(removal.member_id)
    # Without this, words to one person could be given to another, in a box of the server's own.
    is_me = me is not None and (me.gen, me.x_pub, me.e_pub) == (removal.gen, keys.x_pub, keys.e_pub)
    if then.seq != removal.seq or not is_me or not _is_pinned(now, pin):
        raise SealError("notice-unsigned")
    draft = LogEntry.parse(log[removal.seq]).draft
    if draft.type != log_entry.REMOVE or removal.member_id not in log_payload.parse_ids(draft.payload):
        raise SealError("notice-unsigned")
    return then.members[draft.actor].e_pub


def _is_pinned(state: LogState, pin: tuple[int, bytes] | None) -> bool:
    try:
        if pin is not None:
            check_pin(state, *pin)
    except SealError:
        return False
    return True


def _replayed(entries: Sequence[bytes], start: LogState | None, group: bytes) -> LogState:
    replayed = replay(entries, group=group, start=start)
    if replayed.failed or replayed.state is None:
        raise SealError("notice-unsigned")
    return replayed.state
