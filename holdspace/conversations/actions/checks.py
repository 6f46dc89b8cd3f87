"""Whether an envelope may be taken (sealing.md 8.1): each check gives the code it refuses with, or None; the first counts."""

from collections.abc import Callable
from dataclasses import dataclass

from holdspace.conversations.actions.past import Known, Past
from holdspace.conversations.actions.rates import may_say
from holdspace.conversations.models import CHAT, ENTRY, PRESENCE, PROFILE, REPLY, SHARE, STANDING
from holdspace.groups.access import Standing
from holdspace.groups.models import FACILITATOR
from holdspace.groups.queries import Member, has_box
from holdspace.sealing.envelope import MAX_ENVELOPE, Header
from holdspace.sealing.primitives import ZERO16

KINDS = frozenset({SHARE, REPLY, CHAT, PRESENCE, STANDING, PROFILE, ENTRY})
# What its author can take back.
WITHDRAWABLE = frozenset({SHARE, REPLY, CHAT, PRESENCE})
# Every newcomer is sent everybody's profile at once, so a name must not be a book.
MAX_PROFILE = 4096


@dataclass(slots=True)
class Draft:
    """An envelope on its way in, with what the checks look at. `last`: the item's newest revision so far."""

    account_id: bytes
    data: bytes
    header: Header
    nonce: bytes
    member: Member
    group: Standing
    past: Past
    last: Known | None
    is_withdrawal: bool

    @property
    def recipient(self) -> bytes | None:
        """Of a presence, whom it is for: who said what it answers."""
        header = self.header
        known = self.past.revisions(header.group, header.parent) if header.kind == PRESENCE else []
        return known[-1].author if known else None

    @property
    def answered(self) -> Known | None:
        """The newest revision of the parent, where this member may see it and it still stands."""
        header = self.header
        known = self.past.revisions(header.group, header.parent)
        stands = known and not known[-1].is_withdrawal and self._may_read(known[-1].epoch)
        return known[-1] if stands else None

    def _may_read(self, epoch: int) -> bool:
        """Since this member came; or before they came back under new keys, when they were given the key of then."""
        member = self.member
        return epoch >= member.from_epoch or has_box(member.group_id, member.member_id, epoch)


def is_stale(draft: Draft) -> str | None:
    """No grace window: what is said now is sealed to those who are here now."""
    return None if draft.header.epoch == draft.group.epoch else "stale-epoch"


def is_out_of_place(draft: Draft) -> str | None:
    """The kind, for this role and this group."""
    kind = draft.header.kind
    if draft.is_withdrawal:
        return None if kind in WITHDRAWABLE else "kind"
    if kind not in KINDS or draft.group.closed:
        return "kind"
    return "kind" if kind == STANDING and draft.member.role != FACILITATOR else None


def is_not_next(draft: Draft) -> str | None:
    """A new item, or the next revision of one's own: same kind, same author, no gap, no second first, none after the last."""
    header, last = draft.header, draft.last
    if last is None:
        return "exists" if header.revision or draft.is_withdrawal or _is_there_already(draft) else None
    follows = header.revision == last.revision + 1 and not last.is_withdrawal
    return None if follows and (header.author, header.kind) == (last.author, last.kind) else "exists"


def _is_there_already(draft: Draft) -> bool:
    """Somebody is there for somebody once for each thing they said."""
    header = draft.header
    return header.kind == PRESENCE and draft.past.has_presence(header)


def would_reach_newcomers(draft: Draft) -> str | None:
    """Who joined since holds the present key: an edit sealed under it would show them what was said before they came."""
    last = draft.last
    if last is None or draft.is_withdrawal or last.kind == PRESENCE:
        return None
    newest = max(member.from_epoch for member in draft.group.members.values())
    return "newcomers" if newest > last.epoch else None


def is_astray(draft: Draft) -> str | None:
    """Each kind has its parents; a revision stays where it was, and a withdrawal may leave a place that is gone."""
    header, last = draft.header, draft.last
    if last is not None and last.parent != header.parent:
        return "parent"
    if last is not None and draft.is_withdrawal:
        return None
    may_answer = PARENTS.get(header.kind)
    if header.parent == ZERO16:
        return "parent" if header.kind in (REPLY, PRESENCE) else None
    return None if may_answer and may_answer(draft, draft.answered) else "parent"


def _is_share(_draft: Draft, answered: Known | None) -> bool:
    return answered is not None and answered.kind == SHARE


def _is_somebody_elses(draft: Draft, answered: Known | None) -> bool:
    """Presence is for the author of a share or reply, while they are here; nobody is present at their own."""
    if answered is None or answered.kind not in (SHARE, REPLY) or answered.author == draft.member.member_id:
        return False
    return draft.group.account_of(answered.author) is not None


PARENTS: dict[int, Callable[[Draft, Known | None], bool]] = {
    REPLY: _is_share,
    ENTRY: _is_share,
    PRESENCE: _is_somebody_elses,
}


def is_nonce_used(draft: Draft) -> str | None:
    """A broken random generator becomes an error here, and not two texts under one key stream."""
    return "nonce" if draft.past.has_nonce(draft.header, draft.nonce) else None


def is_too_many(draft: Draft) -> str | None:
    """The account's rate."""
    return None if may_say(draft.account_id) else "too-many"


def is_too_large(draft: Draft) -> str | None:
    """The envelope's size."""
    most = MAX_PROFILE if draft.header.kind == PROFILE else MAX_ENVELOPE
    return None if len(draft.data) <= most else "too-large"


CHECKS: tuple[Callable[[Draft], str | None], ...] = (
    is_stale,
    is_out_of_place,
    is_not_next,
    would_reach_newcomers,
    is_astray,
    is_nonce_used,
    is_too_large,
    is_too_many,
)
