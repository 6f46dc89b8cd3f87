"""The end of an account: its name, its keys and all that was kept of it (sealing.md 2.10)."""

from holdspace.accounts.actions.sessions import end_all_sessions
from holdspace.accounts.models import Account
from holdspace.trail.actions import note
from holdspace.ui.refused import Refused


def delete_account(account: Account) -> None:
    """Everything at once, inside the caller's transaction. `runs-network` for the last coordinator."""
    # All of them held, in one order: of two coordinators who go at once, the second stays.
    coordinators = list(Account.objects.select_for_update().filter(is_coordinator=True).order_by("id"))
    if [each.id for each in coordinators] == [account.id]:
        raise Refused("runs-network")
    standing = Account.objects.select_for_update().get(id=account.id)
    end_all_sessions(standing)
    note("account-deleted", about=standing.id)
    standing.delete()
