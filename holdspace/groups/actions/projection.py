"""What rows say of a group's log. Everything here but a membership's account and first item follows from the entries."""

from holdspace.groups.actions import states
from holdspace.groups.models import Invite, Membership, SupportGroup
from holdspace.sealing.errors import SealError
from holdspace.sealing.log_replay import Invite as LoggedInvite
from holdspace.sealing.log_replay import LogState, Member
from holdspace.sealing.primitives import ZERO16


def rebuild(group_id: bytes) -> None:
    """Write the projection anew from the stored log. Whose account a membership is stays as it was."""
    state = states.replay_all(group_id)
    Membership.objects.filter(group=group_id).exclude(member_id__in=list(state.members)).delete()
    Invite.objects.filter(group=group_id).exclude(invite_id__in=list(state.invites)).delete()
    write_group(state)
    write_members(None, state, {})
    write_invites(None, state)
    states.forget_all()


def write_group(state: LogState) -> None:
    """Where the log stands."""
    values = {
        "seq": state.seq,
        "head": state.head,
        "epoch": state.epoch,
        "epoch_commit": state.epoch_commit,
        "member_cap": state.member_cap,
        "agreement_version": state.agreement.version if state.agreement else 0,
        "fkey_gen": state.fkey.gen,
        "closed": state.is_closed,
    }
    SupportGroup.objects.update_or_create(
        id=state.group, defaults=values, create_defaults=values | {"began": state.time_ms}
    )


def write_members(old: LogState | None, new: LogState, accounts: dict[bytes, bytes]) -> None:
    """Everyone whose place changed. Those who went first: an account has one place in a group."""
    known = old.members if old else {}
    changed = [member for member in new.members.values() if known.get(member.id) != member]
    items = SupportGroup.objects.values_list("item_seq", flat=True).get(id=new.group)
    for member in sorted(changed, key=lambda each: each.is_active):
        _write_member(new.group, member, accounts.get(member.id), items)


def _write_member(group_id: bytes, member: Member, account_id: bytes | None, items: int) -> None:
    values: dict[str, object] = {
        "role": member.role,
        "gen": member.gen,
        "from_epoch": member.since_epoch,
        "active": member.is_active,
    }
    if account_id is not None:
        values |= {"account_id": account_id, "from_item": items, "rebind_seq": None, "rebound": None}
    Membership.objects.update_or_create(
        group_id=group_id, member_id=member.id, defaults=values, create_defaults={"from_item": items} | values
    )


def write_invites(old: LogState | None, new: LogState) -> None:
    """Every invite that changed."""
    known = old.invites if old else {}
    for invite_id, invite in new.invites.items():
        if known.get(invite_id) != invite:
            _write_invite(new.group, invite)


def _write_invite(group_id: bytes, invite: LoggedInvite) -> None:
    """`log-invite` when another group has one with this id: its link would open the wrong door."""
    terms = invite.terms
    if Invite.objects.filter(invite_id=terms.invite_id).exclude(group=group_id).exists():
        raise SealError("log-invite")
    values = {
        "public_key": terms.public,
        "expires": terms.expires_ms,
        "uses_left": invite.uses_left,
        "target": None if terms.target == ZERO16 else terms.target,
        "known": terms.is_known,
        "revoked": invite.is_revoked,
    }
    Invite.objects.update_or_create(invite_id=terms.invite_id, group_id=group_id, defaults=values)
