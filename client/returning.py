"""Somebody who lost all keys comes back: vouched for by a facilitator, and given what was said before (sealing.md 4.5, 9.6)."""

from typing import Any

from client import ids
from client.change import Change, change, epoch_box
from client.device import now_ms
from client.group import Group
from client.trouble import Trouble
from holdspace.sealing import history, log_draft
from holdspace.sealing.errors import SealError
from holdspace.sealing.history import Return
from holdspace.sealing.log_payload import Record
from holdspace.sealing.log_state import Invite, Member
from holdspace.sealing.primitives import ZERO16

NOT_YET = ("too-early", "not-found")


def find_lost(group: Group, who: str) -> Member:
    """The member, present or former, of that id or name who may be vouched for: anybody but a facilitator and oneself."""
    everybody = group.state.members.values()
    found = [m for m in everybody if who in (ids.text(m.id), group.name_of(m.id))]
    if len(found) != 1 or found[0].id == group.member_id:
        raise Trouble("who")
    if found[0].is_facilitator:
        raise Trouble("facilitator-lost")
    return found[0]


def is_back(group: Group, record: Record) -> bool:
    """Whether this is no newcomer but somebody of the list with new keys."""
    return record.member_id in group.state.members


def needs_second_word(group: Group, record: Record) -> bool:
    """Whether another facilitator made the link: to let the person in is to vouch for them, too."""
    made: Invite | None = group.state.invites.get(record.invite_id)
    return is_back(group, record) and (made is None or made.by != group.member_id)


def let_back_in(group: Group, record: Record) -> None:
    """New keys for somebody in the list; from here on nothing is sealed to the old ones."""
    change(group, lambda made: _rebind(made, record))


def _rebind(made: Change, record: Record) -> None:
    made.sign_new_epoch(lambda secret: log_draft.rebind(made.state, made.by, record, es=secret))


def tend_history(group: Group) -> None:
    """Give what others are owed when its time has come; take and check what was given to us."""
    for back in history.find_returns(group.state, group.entries):
        if back.member.id == group.member_id:
            _take(group, back)
        else:
            _give(group, back)


def told_history(group: Group) -> dict[str, Any] | None:
    """How it stands with what was said before we came back: None for who never did, or has it all."""
    backs = history.find_returns(group.state, group.entries)
    mine = [back for back in backs if back.member.id == group.member_id]
    if not mine or not _missing(group, mine[0]):
        return None
    lost = set(history.lost_epochs(group.state, mine[0].member)) & set(_missing(group, mine[0]))
    wants = group.state.policy.rebind_history
    state = "waiting" if wants and len(lost) < len(_missing(group, mine[0])) else "lost"
    return {"state": state, "from": mine[0].due_ms(mine[0].time_ms)}


def _missing(group: Group, back: Return) -> list[int]:
    return [epoch for epoch in history.owed_epochs(back.member) if epoch not in group.secrets]


def _give(group: Group, back: Return) -> None:
    """The two days count from when a device of ours first saw the entry, and from the entry's own time."""
    due = back.due_ms(group.device.first_seen(group.id, back.seq))
    if now_ms() < due or not _is_wanted(group, back):
        return
    sealed = history.seal_history(group.state, back, group.secrets)
    if sealed is None:
        return
    member = back.member.id
    try:
        group.device.ask("give-history", group=group.id, member=member, seq=back.seq, box=sealed)
    except Trouble as trouble:
        if trouble.code not in NOT_YET:
            raise


def _is_wanted(group: Group, back: Return) -> bool:
    wanted = group.device.ask("histories", group=group.id)["wanted"]
    return [back.member.id, back.seq] in [list(each) for each in wanted]


def _take(group: Group, back: Return) -> None:
    """Every secret is checked against the log (rule K1), and what is right is sealed to ourselves as any other key of ours."""
    if not _missing(group, back):
        return
    found: dict[int, bytes] = {}
    for _gen, seq, sealed in group.device.ask("histories", group=group.id)["boxes"]:
        if seq == back.seq:
            found |= _opened(group, back, sealed)
    new = {epoch: found[epoch] for epoch in _missing(group, back) if epoch in found}
    if new:
        boxes = [(epoch, epoch_box(group.id, epoch, group.me, es)) for epoch, es in new.items()]
        group.device.ask("keep-history", group=group.id, boxes=boxes)
        group.secrets |= new


def _opened(group: Group, back: Return, sealed: bytes) -> dict[int, bytes]:
    try:
        return history.open_history(group.state, back, group.keys.x, sealed)
    except SealError:
        return {}


def target_of(member: Member | None) -> bytes:
    """Whom a link is for: nobody in particular, or one member."""
    return member.id if member else ZERO16
