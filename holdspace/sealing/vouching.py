"""How a newcomer's keys are vouched for (sealing.md, invites).

The key of an invite signs them, and every member checks that signature in the log, so neither the server nor a second
facilitator can swap a newcomer's keys.
"""

from holdspace.sealing.errors import SealError
from holdspace.sealing.log_payload import Record
from holdspace.sealing.log_state import Invite, LogState
from holdspace.sealing.primitives import ZERO16, is_signed, label


def join_message(group: bytes, genesis16: bytes, record: Record) -> bytes:
    """What both signatures are over: L("join") || group || genesis16 || invite_id || record[0..84)."""
    return label("join") + group + genesis16 + record.invite_id + record.encode()[:84]


def check_invite(state: LogState, record: Record, time_ms: int) -> Invite:
    """The invite under which a record comes in.

    `log-invite`: unknown, used up, revoked, expired, made for somebody else, or the signature is forged.
    """
    invite = state.invites.get(record.invite_id)
    if invite is None or invite.is_revoked or invite.uses_left < 1 or time_ms > invite.terms.expires_ms:
        raise SealError("log-invite")
    is_return = record.member_id in state.members
    if invite.terms.target != (record.member_id if is_return else ZERO16):
        raise SealError("log-invite")
    if not is_signed(
        invite.terms.public, record.invite_sig, join_message(state.group, state.genesis16, record)
    ):
        raise SealError("log-invite")
    return invite
