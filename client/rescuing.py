"""When every facilitator has lost their keys: what the network's steward has to sign, and bringing it back.

The steward makes an existing member a facilitator, reads nothing by it, and everybody sees it.
"""

from client.group import Group
from client.trouble import Trouble
from holdspace.sealing import log_entry
from holdspace.sealing.codec import from_b64url, to_b64url, u32
from holdspace.sealing.errors import SealError
from holdspace.sealing.log_entry import LogEntry
from holdspace.sealing.log_replay import apply
from holdspace.sealing.log_state import STEWARD, Member


def request_text(group: Group, member: Member) -> str:
    """For `holdspace steward`: base64url of group | member | seq u32 | head | epoch u32 | epoch commit."""
    group.check_list()
    state = group.state
    place = group.id + member.id + u32(state.seq) + state.head
    return to_b64url(place + u32(state.epoch) + state.epoch_commit)


def bring_back(group: Group, member: Member, signed: str) -> None:
    """Append what the steward signed, when it is that and nothing else."""
    group.check_list()
    data = _checked(group, member, signed)
    group.device.ask("append", group=group.id, entries=[data], boxes=[], fkeys=[], notices=[])
    group.take_log([data])


def _checked(group: Group, member: Member, signed: str) -> bytes:
    try:
        data = from_b64url("".join(signed.split()))
        entry = LogEntry.parse(data)
        apply(group.state, entry)
    except SealError:
        raise Trouble("not-the-stewards") from None
    draft = entry.draft
    if (draft.actor, draft.type, draft.payload[:16]) != (STEWARD, log_entry.SET_ROLE, member.id):
        raise Trouble("not-the-stewards")
    return data
