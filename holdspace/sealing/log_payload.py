"""What log entries carry, byte for byte (sealing.md, log payloads).

Every parser answers or says `log-format`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from struct import Struct

from holdspace.sealing import log_entry
from holdspace.sealing.codec import number, u16, u32
from holdspace.sealing.errors import SealError
from holdspace.sealing.log_entry import Draft, LogEntry
from holdspace.sealing.primitives import ZERO16, is_e_key, is_x_key

MEMBER, FACILITATOR = 1, 2
RECORD_SIZE = 165
MAX_MEMBERS = 500
MAX_LEADS = 3
MAX_USES = 30

_RECORD = Struct(">16sI32s32sB16s64s")
_INVITE = Struct(">16s32sQH16s")
_AGREEMENT = Struct(">IB32s")
_KNOWN, _FROM_LISTING = b"\x01", b"\x02"
_TLV_STEWARD, _TLV_LEADS, _TLV_CAP, _TLV_WINDOW, _TLV_HISTORY = 1, 2, 3, 4, 5

Lead = tuple[bytes, bytes]  # name hash 32, X25519 key 32


@dataclass(frozen=True, slots=True)
class Record:
    """A member's keys as they stand in the log, 165 bytes.

    The invite fields are zero for founders and key updates.
    """

    member_id: bytes
    gen: int
    x_pub: bytes
    e_pub: bytes
    role: int = MEMBER
    invite_id: bytes = ZERO16
    invite_sig: bytes = bytes(64)

    def encode(self) -> bytes:
        """165 bytes."""
        keys = self.member_id, self.gen, self.x_pub, self.e_pub
        return _RECORD.pack(*keys, self.role, self.invite_id, self.invite_sig)

    @classmethod
    def parse(cls, data: bytes) -> "Record":
        """A record with a possible id, generation, role and keys that are usable."""
        if len(data) != RECORD_SIZE:
            raise SealError("log-format")
        record = cls(*_RECORD.unpack(data))
        if record.member_id == ZERO16 or record.gen < 1 or record.role not in (MEMBER, FACILITATOR):
            raise SealError("log-format")
        if not (is_x_key(record.x_pub) and is_e_key(record.e_pub)):
            raise SealError("log-format")
        return record

    @property
    def has_invite(self) -> bool:
        """Whether any of the invite fields is set."""
        return any(self.invite_id) or any(self.invite_sig)


@dataclass(frozen=True, slots=True)
class Policy:
    """What GENESIS settles for good; a field that was not written has the value given here."""

    steward: bytes | None = None
    leads: tuple[Lead, ...] = ()
    member_cap: int = MAX_MEMBERS
    report_days: int = 14
    rebind_history: bool = True

    def encode(self) -> bytes:
        """TLVs in rising order; steward and leads only when there are any."""
        parts = [_tlv(_TLV_STEWARD, self.steward)] if self.steward else []
        parts += [_tlv(_TLV_LEADS, encode_leads(self.leads))] if self.leads else []
        parts += [_tlv(_TLV_CAP, u16(self.member_cap)), _tlv(_TLV_WINDOW, u16(self.report_days))]
        return b"".join(parts) + _tlv(_TLV_HISTORY, bytes([self.rebind_history]))

    @classmethod
    def parse(cls, data: bytes) -> "Policy":
        """The policy; types rise, each once, none unknown."""
        found: dict[str, object] = {}
        last = 0
        while data:
            type_, value, data = _take_tlv(data)
            if type_ <= last or type_ not in _READ_TLV:
                raise SealError("log-format")
            name, read = _READ_TLV[type_]
            found[name] = read(value)
            last = type_
        return cls(**found)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class InviteTerms:
    """What INVITE promises. `target` zero: a new person; else the member id to be bound again.

    `from_listing`: it answers somebody who asked from the group's listing (sealing.md 9.7), so a host may stand between.
    """

    invite_id: bytes
    public: bytes
    expires_ms: int
    uses: int = 1
    target: bytes = ZERO16
    is_known: bool = False
    from_listing: bool = False

    def encode(self) -> bytes:
        """74 bytes; 75 with 01 when "I know who this is", with 02 when from a listing."""
        plain = _INVITE.pack(self.invite_id, self.public, self.expires_ms, self.uses, self.target)
        return plain + (_FROM_LISTING if self.from_listing else _KNOWN if self.is_known else b"")

    @classmethod
    def parse(cls, data: bytes) -> "InviteTerms":
        """The terms."""
        if len(data) not in (74, 75) or data[74:] not in (b"", _KNOWN, _FROM_LISTING):
            raise SealError("log-format")
        mark = data[74:]
        invite_id, public, expires_ms, uses, target = _INVITE.unpack_from(data)
        terms = cls(invite_id, public, expires_ms, uses, target, mark == _KNOWN, mark == _FROM_LISTING)
        if terms.invite_id == ZERO16 or not 1 <= terms.uses <= MAX_USES or not is_e_key(terms.public):
            raise SealError("log-format")
        if terms.expires_ms >= 2**53:
            raise SealError("log-format")
        if terms.from_listing and (terms.uses != 1 or terms.target != ZERO16):
            raise SealError("log-format")
        return terms


@dataclass(frozen=True, slots=True)
class Agreement:
    """Which text the group agreed to: version from 1, model of confidentiality 1 or 2, its SHA-256."""

    version: int
    model: int
    sha256: bytes

    def encode(self) -> bytes:
        """37 bytes."""
        return _AGREEMENT.pack(self.version, self.model, self.sha256)

    @classmethod
    def parse(cls, data: bytes) -> "Agreement":
        """The agreement."""
        if len(data) != _AGREEMENT.size or data[4] not in (1, 2):
            raise SealError("log-format")
        return cls(*_AGREEMENT.unpack(data))


def parse_records(data: bytes) -> list[Record]:
    """One record or more."""
    return [Record.parse(each) for each in _split(data, RECORD_SIZE)]


def records_of(entries: Iterable[LogEntry], member_id: bytes) -> list[Record]:
    """Every record a log ever held of somebody, oldest first."""
    found = [record for entry in entries for record in _records_in(entry.draft)]
    return [record for record in found if record.member_id == member_id]


def _records_in(draft: Draft) -> list[Record]:
    if draft.type == log_entry.GENESIS:
        return [Record.parse(draft.payload[:RECORD_SIZE])]
    has_records = draft.type in {log_entry.ADD, log_entry.UPDATE_KEY, log_entry.REBIND}
    return parse_records(draft.payload) if has_records else []


def parse_ids(data: bytes) -> list[bytes]:
    """One id or more."""
    return _split(data, 16)


def parse_id(data: bytes) -> bytes:
    """Exactly one id."""
    if len(data) != 16:
        raise SealError("log-format")
    return data


def parse_role(data: bytes) -> tuple[bytes, int]:
    """(member id, role) of SET_ROLE."""
    if len(data) != 17 or data[16] not in (MEMBER, FACILITATOR):
        raise SealError("log-format")
    return data[:16], data[16]


def parse_fkey(data: bytes) -> tuple[bytes, int]:
    """(facilitators' public key, fkey_gen) of SET_FKEY."""
    if len(data) != 36 or not is_x_key(data[:32]):
        raise SealError("log-format")
    return data[:32], number(data[32:])


def encode_fkey(public: bytes, fkey_gen: int) -> bytes:
    """36 bytes."""
    return public + u32(fkey_gen)


def encode_leads(leads: tuple[Lead, ...]) -> bytes:
    """64 bytes for each."""
    return b"".join(name_hash + key for name_hash, key in leads)


def parse_leads(data: bytes) -> tuple[Lead, ...]:
    """None to three leads."""
    if len(data) > 64 * MAX_LEADS or len(data) % 64:
        raise SealError("log-format")
    leads = tuple((data[at : at + 32], data[at + 32 : at + 64]) for at in range(0, len(data), 64))
    if not all(is_x_key(key) for _, key in leads):
        raise SealError("log-format")
    return leads


def parse_nothing(data: bytes) -> None:
    """For types that carry nothing."""
    if data:
        raise SealError("log-format")


def _split(data: bytes, size: int) -> list[bytes]:
    if not data or len(data) % size:
        raise SealError("log-format")
    return [data[at : at + size] for at in range(0, len(data), size)]


def _tlv(type_: int, value: bytes) -> bytes:
    return bytes([type_]) + u16(len(value)) + value


def _take_tlv(data: bytes) -> tuple[int, bytes, bytes]:
    end = 3 + number(data[1:3])
    if len(data) < 3 or len(data) < end:
        raise SealError("log-format")
    return data[0], data[3:end], data[end:]


def _steward(value: bytes) -> bytes:
    if not is_e_key(value):
        raise SealError("log-format")
    return value


def _first_leads(value: bytes) -> tuple[Lead, ...]:
    if not value:
        raise SealError("log-format")
    return parse_leads(value)


def _cap(value: bytes) -> int:
    if len(value) != 2 or not 2 <= number(value) <= MAX_MEMBERS:
        raise SealError("log-format")
    return number(value)


def _days(value: bytes) -> int:
    if len(value) != 2:
        raise SealError("log-format")
    return number(value)


def _yes_no(value: bytes) -> bool:
    if value not in (b"\0", b"\x01"):
        raise SealError("log-format")
    return value == b"\x01"


_READ_TLV = {
    _TLV_STEWARD: ("steward", _steward),
    _TLV_LEADS: ("leads", _first_leads),
    _TLV_CAP: ("member_cap", _cap),
    _TLV_WINDOW: ("report_days", _days),
    _TLV_HISTORY: ("rebind_history", _yes_no),
}
