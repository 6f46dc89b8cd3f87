"""What the entries so far add up to (sealing.md, replay). A value: each entry makes a new one."""

from dataclasses import dataclass, field, replace

from holdspace.sealing.log_payload import (
    FACILITATOR,
    MEMBER,
    Agreement,
    InviteTerms,
    Lead,
    Policy,
)
from holdspace.sealing.primitives import ZERO16

ACTIVE, LEFT, REMOVED = "active", "left", "removed"
THREE_DAYS_MS = 72 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Span:
    """Epochs in which somebody belonged, first and last included; last None: still belongs."""

    first: int
    last: int | None = None


@dataclass(frozen=True, slots=True)
class PastKey:
    """A key somebody had before the present one, up to the epoch `last`."""

    last: int
    gen: int
    x_pub: bytes


@dataclass(frozen=True, slots=True)
class Member:
    """A person in the log. `spans` has one Span for each time they belonged, `past` one key for each before this; oldest
    first."""

    id: bytes
    gen: int
    x_pub: bytes
    e_pub: bytes
    role: int
    status: str
    spans: tuple[Span, ...]
    past: tuple[PastKey, ...] = ()

    @property
    def is_active(self) -> bool:
        """Belongs now."""
        return self.status == ACTIVE

    @property
    def is_facilitator(self) -> bool:
        """Belongs now and facilitates."""
        return self.is_active and self.role == FACILITATOR

    @property
    def since_epoch(self) -> int:
        """First epoch of the latest time they belonged."""
        return self.spans[-1].first

    @property
    def until_epoch(self) -> int | None:
        """Last epoch of the latest time they belonged; None while they do."""
        return self.spans[-1].last

    def x_key_in(self, epoch: int) -> tuple[int, bytes]:
        """Generation and X25519 public key in an epoch."""
        for key in self.past:
            if epoch <= key.last:
                return key.gen, key.x_pub
        return self.gen, self.x_pub

    def past_before(self, epoch: int) -> tuple[PastKey, ...]:
        """Every key so far, for when a new one begins with this epoch."""
        return (*self.past, PastKey(epoch - 1, self.gen, self.x_pub))


@dataclass(frozen=True, slots=True)
class Invite:
    """A standing or spent invite and who made it."""

    terms: InviteTerms
    by: bytes
    uses_left: int
    is_revoked: bool = False


@dataclass(frozen=True, slots=True)
class Pending:
    """New leads, or a demotion by the steward, that come into force at `due_ms`."""

    due_ms: int
    leads: tuple[Lead, ...] = ()


@dataclass(frozen=True, slots=True)
class FacilitatorKey:
    """The facilitators' X25519 public key and its generation, 0 before the first."""

    public: bytes = bytes(32)
    gen: int = 0


@dataclass(frozen=True, slots=True)
class LogState:
    """The group after its entry `seq`. Dictionaries are never changed, only replaced."""

    group: bytes
    seq: int
    head: bytes
    head16s: tuple[bytes, ...]
    time_ms: int
    epoch: int
    epoch_commits: dict[int, bytes]
    members: dict[bytes, Member]
    policy: Policy
    leads: tuple[Lead, ...]
    invites: dict[bytes, Invite] = field(default_factory=dict)
    agreement: Agreement | None = None
    fkey: FacilitatorKey = FacilitatorKey()
    pending_leads: Pending | None = None
    pending_demotions: dict[bytes, Pending] = field(default_factory=dict)
    is_closed: bool = False

    @property
    def genesis16(self) -> bytes:
        """The group's fingerprint."""
        return self.head16s[0]

    @property
    def head16(self) -> bytes:
        """First half of the last entry's hash: what senders put into envelopes."""
        return self.head16s[-1]

    @property
    def epoch_commit(self) -> bytes:
        """The current epoch's commit."""
        return self.epoch_commits[self.epoch]

    @property
    def steward(self) -> bytes | None:
        """The steward's Ed25519 public key."""
        return self.policy.steward

    @property
    def member_cap(self) -> int:
        """How many may belong at once."""
        return self.policy.member_cap

    def active(self) -> list[Member]:
        """Those who belong now, in the order in which they first came: who gets a box, who "can read"."""
        return [member for member in self.members.values() if member.is_active]

    def facilitators(self) -> list[Member]:
        """Those who facilitate now."""
        return [member for member in self.members.values() if member.is_facilitator]

    def leavers(self) -> list[Member]:
        """Those who left and still hold the current epoch's key: who speaks next re-keys first."""
        return [m for m in self.members.values() if m.status == LEFT and m.until_epoch == self.epoch]

    def active_in(self, member_id: bytes, epoch: int) -> bool:
        """Whether somebody belonged in an epoch: may have written in it, may read it."""
        member = self.members.get(member_id)
        if member is None or not 1 <= epoch <= self.epoch:
            return False
        return any(span.first <= epoch and (span.last is None or epoch <= span.last) for span in member.spans)

    def is_last_facilitator(self, member_id: bytes) -> bool:
        """Whether the group would have no facilitator without this one."""
        return [member.id for member in self.facilitators()] == [member_id]

    def at(self, now_ms: int) -> "LogState":
        """This state with everything in force that is due by then."""
        state = self
        waiting = self.pending_leads
        if waiting and waiting.due_ms <= now_ms:
            state = replace(state, leads=waiting.leads, pending_leads=None)
        due = [member_id for member_id, each in self.pending_demotions.items() if each.due_ms <= now_ms]
        for member_id in due:
            state = state.with_member(replace(state.members[member_id], role=MEMBER))
        return state

    def with_member(self, member: Member) -> "LogState":
        """This state with one member new or changed. Who is no facilitator cannot have a demotion waiting."""
        pending = self.pending_demotions
        if not member.is_facilitator:
            pending = {each: why for each, why in pending.items() if each != member.id}
        return replace(self, members=self.members | {member.id: member}, pending_demotions=pending)

    def with_invite(self, invite: Invite) -> "LogState":
        """This state with one invite new or changed."""
        return replace(self, invites=self.invites | {invite.terms.invite_id: invite})


STEWARD = ZERO16
