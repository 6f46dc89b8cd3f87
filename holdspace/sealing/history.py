"""History for somebody who came back under new keys (sealing.md 4.5): what was said while they belonged before.

A facilitator may have been taken in by somebody else's voice. So a day or two lie between REBIND and the old keys, in which the
person whose place it is, and everybody who knows them, can speak up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from struct import Struct

from holdspace.sealing import box, log_entry
from holdspace.sealing.codec import u32
from holdspace.sealing.epoch import check_epoch_secret
from holdspace.sealing.errors import SealError
from holdspace.sealing.log_entry import LogEntry
from holdspace.sealing.log_payload import Record
from holdspace.sealing.log_state import LogState, Member

WAIT_MS = 48 * 3600 * 1000
MOST_EPOCHS = 4096

_ONE = Struct(">I32s")


@dataclass(frozen=True, slots=True)
class Return:
    """A REBIND that stands: who came back, by which entry, and whether two facilitators vouched."""

    member: Member
    seq: int
    time_ms: int
    is_vouched_twice: bool

    def due_ms(self, first_seen_ms: int) -> int:
        """From when on a member who first saw the entry at `first_seen_ms`, by their own clock, gives history.

        The later of both clocks counts: neither a server that hides the entry nor a wrong clock makes the wait shorter.
        """
        return self.time_ms if self.is_vouched_twice else max(self.time_ms, first_seen_ms) + WAIT_MS


def find_returns(log: LogState, entries: Iterable[LogEntry]) -> list[Return]:
    """Everybody whose present time in the group began with a REBIND."""
    return [_return(log, each) for each in entries if _stands(log, each)]


def _stands(log: LogState, entry: LogEntry) -> bool:
    if entry.draft.type != log_entry.REBIND:
        return False
    member = log.members[entry.draft.payload[:16]]
    return member.is_active and member.since_epoch == entry.draft.epoch


def _return(log: LogState, entry: LogEntry) -> Return:
    """Two vouched where another facilitator than the invite's maker let the person in, and looked at who it is."""
    draft = entry.draft
    record = Record.parse(draft.payload)
    invite = log.invites[record.invite_id]
    is_twice = invite.by != draft.actor and not invite.terms.is_known
    return Return(log.members[record.member_id], draft.seq, draft.time_ms, is_twice)


def owed_epochs(member: Member) -> list[int]:
    """Epochs of the times before the present one, oldest first."""
    spans = [(span.first, span.last or 0) for span in member.spans[:-1]]
    return [epoch for first, last in spans for epoch in range(first, last + 1)]


def lost_epochs(log: LogState, member: Member) -> list[int]:
    """Those of the owed epochs of which nobody else is here any more."""
    others = [each.id for each in log.active() if each.id != member.id]
    return [epoch for epoch in owed_epochs(member) if not any(log.active_in(each, epoch) for each in others)]


def history_context(group: bytes, member_id: bytes, gen: int, seq: int) -> bytes:
    """For purpose 6: epoch secrets to a member who came back by the entry with this seq."""
    return group + member_id + u32(gen) + u32(seq)


def seal_history(log: LogState, back: Return, held: Mapping[int, bytes]) -> bytes | None:
    """The box with the newest of what is owed and held; None when nothing is, or the group wants none given."""
    member = back.member
    owed = [epoch for epoch in owed_epochs(member) if _is_right(log, epoch, held.get(epoch))][-MOST_EPOCHS:]
    if not owed or not log.policy.rebind_history:
        return None
    plain = b"".join(_ONE.pack(epoch, held[epoch]) for epoch in owed)
    context = history_context(log.group, member.id, member.gen, back.seq)
    return box.seal_box(box.HISTORY, context, member.x_pub, plain)


def open_history(log: LogState, back: Return, x: bytes, sealed: bytes) -> dict[int, bytes]:
    """epoch -> ES of a box, without those that are not owed or that the log does not name (rule K1).

    `damaged` when it is no such list. A wrong secret among right ones takes nothing from the right ones.
    """
    context = history_context(log.group, back.member.id, back.member.gen, back.seq)
    found = parse_history(box.open_box(box.HISTORY, context, x, sealed))
    owed = set(owed_epochs(back.member))
    return {epoch: es for epoch, es in found.items() if epoch in owed and _is_right(log, epoch, es)}


def parse_history(plain: bytes) -> dict[int, bytes]:
    """1 to 4,096 times epoch u32 | ES 32, epochs rising; else `damaged`."""
    if len(plain) % _ONE.size or not 1 <= len(plain) // _ONE.size <= MOST_EPOCHS:
        raise SealError("damaged")
    pairs = list(_ONE.iter_unpack(plain))
    epochs = [epoch for epoch, _ in pairs]
    if epochs != sorted(set(epochs)):
        raise SealError("damaged")
    return dict(pairs)


def _is_right(log: LogState, epoch: int, es: bytes | None) -> bool:
    if es is None:
        return False
    try:
        check_epoch_secret(log, epoch, es)
    except SealError:
        return False
    return True
