"""Who may. Each function gives proof of belonging or raises 404, alike for what is not yours and what is not there."""

from collections import OrderedDict
from dataclasses import dataclass

from django.http import Http404

from holdspace.groups import queries
from holdspace.groups.clock import now_ms
from holdspace.groups.models import FACILITATOR
from holdspace.groups.queries import Member
from holdspace.live.topics import Right
from holdspace.sealing.log_entry import LEAVE, Draft, LogEntry
from holdspace.sealing.log_payload import parse_ids
from holdspace.ui.refused import Refused


def membership_of(account_id: bytes, group_id: bytes) -> Member:
    """The account's place in the group, or 404."""
    member = queries.member(account_id, group_id)
    if member is None:
        raise Http404
    return member


def facilitator_of(account_id: bytes, group_id: bytes) -> Member:
    """As membership_of, for facilitators; to everyone else there is no such thing."""
    member = membership_of(account_id, group_id)
    if member.role != FACILITATOR:
        raise Http404
    return member


def group_of_notice(account_id: bytes, notice_id: bytes) -> bytes:
    """The group that a notice to this account is about, or 404."""
    group_id = queries.notice(account_id, notice_id)
    if group_id is None:
        raise Http404
    return group_id


def log_end_of(account_id: bytes, group_id: bytes) -> int | None:
    """How many entries of a log an account may have that belongs or belonged: those up to its own last ending, so what it saw
    itself; None, all, while it is here."""
    places = queries.places(account_id, group_id)
    if any(is_active for _, is_active in places):
        return None
    drafts = [LogEntry.parse(data).draft for data in queries.endings(group_id)]
    own = {member_id for member_id, _ in places}
    return max((draft.seq + 1 for draft in drafts if _ended(draft) & own), default=0)


def _ended(draft: Draft) -> set[bytes]:
    """Whose place an entry ended."""
    return {draft.actor} if draft.type == LEAVE else set(parse_ids(draft.payload))


def right_of(member: Member) -> Right:
    """What a member may hear: nothing of the epochs before they came."""
    return Right(since=member.from_epoch, level=member.role)


@dataclass(slots=True)
class Standing:
    """What the writer remembers of a group between two batches, so that accepting an item asks nothing twice.

    Held and changed by the writer alone. An entry of the log throws it away (`forget`), as does a rollback
    (`forget_all`): a stale one would accept words from somebody who has just been removed.
    """

    seq: int
    epoch: int
    item_seq: int
    # The last item that was for the whole room: those after it were between two.
    room_seq: int
    closed: bool
    members: dict[bytes, Member]

    def account_of(self, member_id: bytes) -> bytes | None:
        """The account of a member who is here."""
        found = (account_id for account_id, member in self.members.items() if member.member_id == member_id)
        return next(found, None)

    def rights(self) -> dict[bytes, Right]:
        """Who may hear the group now, by account."""
        return {account_id: right_of(member) for account_id, member in self.members.items()}


_REMEMBERED = 4096
_standings: OrderedDict[bytes, Standing] = OrderedDict()


def standing(group_id: bytes) -> Standing | None:
    """A group as it stands, for the writer's thread only; None where nobody is a member."""
    known = _standings.get(group_id)
    if known is not None:
        _standings.move_to_end(group_id)
        return known
    members = queries.members(group_id)
    if not members:
        return None
    one = members[0]
    known = Standing(
        one.seq,
        one.epoch,
        one.item_seq,
        one.item_seq,
        bool(one.closed),
        {member.account_id: member for member in members},
    )
    _standings[group_id] = known
    if len(_standings) > _REMEMBERED:
        _standings.popitem(last=False)
    return known


def compare(group_id: bytes, seq: int, item_seq: int) -> None:
    """What the group's row says now, read while it is held: another process may have been here."""
    known = _standings.get(group_id)
    if known is None:
        return
    if known.seq != seq:
        forget(group_id)
    elif known.item_seq != item_seq:
        known.item_seq = known.room_seq = item_seq


def forget(group_id: bytes) -> None:
    """The log of this group moved."""
    _standings.pop(group_id, None)


def forget_all() -> None:
    """The database is not where it was thought to be."""
    _standings.clear()


def card_of(invite_id: bytes) -> bytes:
    """The card of an invite that can still be used, or `log-invite`, alike for a spent one and one that never was."""
    card = queries.card(invite_id, now_ms())
    if card is None:
        raise Refused("log-invite")
    return card
