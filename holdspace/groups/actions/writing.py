"""Writing a verified change: entries, projection, boxes; taking keys away from those who are gone."""

from django.db import connection

from holdspace.groups import access, queries
from holdspace.groups.actions import projection, requests
from holdspace.groups.actions.change import Change
from holdspace.groups.clock import now_ms
from holdspace.groups.models import (
    DECLINED,
    INVITED,
    OPEN,
    EpochBox,
    FacilitatorKeyBox,
    HistoryBox,
    Invite,
    JoinRequest,
    ListingRequest,
    LogEntry,
    Membership,
    Notice,
)
from holdspace.sealing import history, log_entry
from holdspace.sealing.errors import SealError
from holdspace.sealing.log_payload import InviteTerms
from holdspace.ui import ids


def newcomers(change: Change) -> dict[bytes, bytes]:
    """member id -> account of everyone who comes in: the founder, and those whose own request the record is.

    `log-invite` for a record nobody asked with: the server would not know whose sockets and rows it is about.
    """
    if change.old is None:
        return {change.new.active()[0].id: change.request.account_id}
    return {
        record.member_id: _account_of(change, record.member_id, record.encode())
        for record in change.records()
    }


def _account_of(change: Change, member_id: bytes, record: bytes) -> bytes:
    ask = JoinRequest.objects.filter(group=change.new.group, record=record).first()
    group = access.standing(change.new.group)
    if ask is None or group is None:
        raise SealError("log-invite")
    present = group.members.get(ask.account_id)
    if present is not None and present.member_id != member_id:
        raise SealError("log-invite")
    return bytes(ask.account_id)


def write(change: Change, accounts: dict[bytes, bytes]) -> None:
    """Everything a change leaves behind."""
    new = change.new
    projection.write_group(new)
    LogEntry.objects.bulk_create(
        LogEntry(
            group_id=new.group, seq=each.draft.seq, type=each.draft.type, hash=each.hash, entry=each.data
        )
        for each in change.entries
    )
    _write_notices(change)
    projection.write_members(change.old, new, accounts)
    projection.write_invites(change.old, new)
    _take_keys_away(change)
    _note_returns(change)
    _write_boxes(change)
    _write_card(change)
    _write_answer(change)
    _end_requests(change, accounts)
    JoinRequest.objects.filter(
        group=new.group, record__in=[each.encode() for each in change.records()]
    ).delete()


def _take_keys_away(change: Change) -> None:
    """Boxes of those who went (sealing.md 4.2), of those with new keys, and the facilitators' of who is none any more."""
    members = change.new.members
    gone = [member_id for member_id, member in members.items() if not member.is_active]
    bound_again = [entry.draft.payload[:16] for entry in change.of_type(log_entry.REBIND)]
    EpochBox.objects.filter(group=change.new.group, member_id__in=gone + bound_again).delete()
    HistoryBox.objects.filter(group=change.new.group, member_id__in=gone + bound_again).delete()
    others = [member_id for member_id, member in members.items() if not member.is_facilitator]
    FacilitatorKeyBox.objects.filter(group=change.new.group, member_id__in=others).delete()


def _note_returns(change: Change) -> None:
    """Who came back waits for what was said before. The time is our clock's: an entry's own may be wrong by a day."""
    for back in history.find_returns(change.new, change.of_type(log_entry.REBIND)):
        if history.owed_epochs(back.member) and change.new.policy.rebind_history:
            place = Membership.objects.filter(group=change.new.group, member_id=back.member.id)
            place.update(rebind_seq=back.seq, rebound=now_ms())


def _write_boxes(change: Change) -> None:
    new, args = change.new, change.request.args
    EpochBox.objects.bulk_create(
        EpochBox(
            group_id=new.group, epoch=new.epoch, member_id=member_id, gen=new.members[member_id].gen, box=data
        )
        for member_id, data in args.boxes
    )
    rows = [
        (new.group, gen, member_id, new.members[member_id].gen, data) for gen, member_id, data in args.fkeys
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_PUT_FKEY, rows)


# An older generation sealed again must not replace a box its owner can open, only one for keys they no longer have.
_PUT_FKEY = """
    INSERT INTO groups_facilitatorkeybox (group_id, fkey_gen, member_id, gen, box) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (group_id, member_id, fkey_gen) DO UPDATE SET gen = excluded.gen, box = excluded.box
    WHERE groups_facilitatorkeybox.gen < excluded.gen
"""


def _write_card(change: Change) -> None:
    card = change.request.args.card
    if card is not None:
        terms = InviteTerms.parse(change.of_type(log_entry.INVITE)[0].draft.payload)
        Invite.objects.filter(invite_id=terms.invite_id).update(card=card)


def _write_answer(change: Change) -> None:
    """The invite that somebody who asked from the listing is given, and the note about it."""
    answer = change.request.args.answer
    row = requests.open_request(change.new.group, answer[0]) if answer else None
    if row is None:
        return
    terms = InviteTerms.parse(change.of_type(log_entry.INVITE)[0].draft.payload)
    Invite.objects.filter(invite_id=terms.invite_id).update(note=answer[2])
    row.state, row.invite_id, row.answer = INVITED, terms.invite_id, answer[1]
    row.ends = now_ms() + requests.LASTS[INVITED]
    row.save()
    requests.tell_answered(change.request, row)


def _end_requests(change: Change, accounts: dict[bytes, bytes]) -> None:
    """Who is in asks no more; a group that ended lets nobody in any more."""
    asked = ListingRequest.objects.filter(group=change.new.group)
    asked.filter(account__in=list(accounts.values())).delete()
    if change.new.is_closed:
        ends = now_ms() + requests.LASTS[DECLINED]
        asked.filter(state__in=OPEN).update(state=DECLINED, ends=ends)


def _write_notices(change: Change) -> None:
    """Before the projection: the account of a removed member is looked up while it is still theirs."""
    group = access.standing(change.new.group)
    removed = change.removed()
    for member_id, data in change.request.args.notices:
        accounts = [
            member.account_id
            for member in (group.members.values() if group else ())
            if member.member_id == member_id and queries.has_account(member.account_id)
        ]
        for account_id in accounts:
            Notice.objects.create(
                id=ids.new(),
                account_id=account_id,
                group_id=change.new.group,
                member_id=member_id,
                gen=change.new.members[member_id].gen,
                seq=removed[member_id],
                box=data,
                sent=now_ms(),
            )
