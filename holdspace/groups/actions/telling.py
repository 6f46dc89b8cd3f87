"""What a change of the log means for those who listen: rights first, then news."""

from holdspace.groups import access
from holdspace.groups.actions.change import Change
from holdspace.groups.topics import ADMITTED, ENTRY, GONE, WAITING
from holdspace.live.topics import Person, Room
from holdspace.sealing import log_entry


def tell(change: Change, before: set[bytes], newcomers: dict[bytes, bytes]) -> None:
    """`before`: the accounts that belonged. Whoever has just gone hears that, and nothing of the entry or after it."""
    request, group_id = change.request, change.new.group
    group = access.standing(group_id)
    rights = group.rights() if group else {}
    request.entitle(group_id, rights)
    for entry in change.entries:
        payload = {"group": group_id, "seq": entry.draft.seq, "entry": entry.data}
        request.announce(ENTRY, Room(group_id), payload)
    for account_id in before - rights.keys():
        request.announce(GONE, Person(account_id), {"group": group_id})
    if change.old is None:
        return
    for account_id in newcomers.values():
        request.announce(ADMITTED, Person(account_id), {"group": group_id})
    if change.of_type(log_entry.ADD, log_entry.REBIND):
        request.announce(WAITING, Room(group_id), {"group": group_id})
