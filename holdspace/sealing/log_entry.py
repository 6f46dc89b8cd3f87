"""Entries of the membership log HL: who belongs, which epoch, which keys, signed (sealing.md, log entry)."""

from dataclasses import dataclass
from struct import Struct

from holdspace.sealing.errors import SealError
from holdspace.sealing.primitives import is_signed, label, sha, sign

GENESIS, ADD, REMOVE, LEAVE, REKEY, INVITE, REVOKE = 1, 2, 3, 4, 5, 6, 7
SET_ROLE, UPDATE_KEY, REBIND, SET_FKEY, SET_LEAD, AGREEMENT, CLOSE = (8, 9, 10, 11, 12, 13, 14)
TYPES = frozenset(range(GENESIS, CLOSE + 1))

# Types that begin an epoch: their signer makes its secret.
REKEYING = frozenset({ADD, REMOVE, REKEY, UPDATE_KEY, REBIND})

_FIXED = Struct(">2sBB16sI32sQ16sI32sI")
_SIGNATURE = 64
MAX_ENTRY = 128 * 1024


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry before it is signed. `prev` is the hash of the entry before; `actor` zero is the steward."""

    type: int
    group: bytes
    seq: int
    prev: bytes
    time_ms: int
    actor: bytes
    epoch: int
    commit: bytes
    payload: bytes = b""

    def encode(self) -> bytes:
        """Everything that is signed: 120 bytes and the payload."""
        place = (self.group, self.seq, self.prev, self.time_ms, self.actor, self.epoch, self.commit)
        return _FIXED.pack(b"HL", 1, self.type, *place, len(self.payload)) + self.payload


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A signed entry, parsed; `data` is the whole of it."""

    draft: Draft
    signature: bytes
    data: bytes

    @classmethod
    def parse(cls, data: bytes) -> "LogEntry":
        """The entry, or `log-format`. Says nothing yet about who signed it or whether they may."""
        if not _FIXED.size + _SIGNATURE <= len(data) <= MAX_ENTRY:
            raise SealError("log-format")
        magic, version, type_, group, seq, prev, time_ms, actor, epoch, commit, length = _FIXED.unpack_from(
            data
        )
        payload = data[_FIXED.size : -_SIGNATURE]
        if magic != b"HL" or version != 1 or type_ not in TYPES or length != len(payload):
            raise SealError("log-format")
        if time_ms >= 2**53:
            raise SealError("log-format")
        draft = Draft(type_, group, seq, prev, time_ms, actor, epoch, commit, payload)
        return cls(draft, data[-_SIGNATURE:], data)

    @property
    def hash(self) -> bytes:
        """SHA(L("loghash") || the whole entry); the next entry's `prev`."""
        return sha(label("loghash"), self.data)

    def is_signed_by(self, e_pub: bytes) -> bool:
        """Whether this public key's owner signed it."""
        return is_signed(e_pub, self.signature, label("log") + self.data[:-_SIGNATURE])


def sign_entry(draft: Draft, ge: bytes) -> bytes:
    """The entry's bytes, signed with the actor's private Ed25519 seed (ge, or the steward's)."""
    unsigned = draft.encode()
    return unsigned + sign(ge, label("log") + unsigned)
