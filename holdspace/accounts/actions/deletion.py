"""The end of an account: its name, its keys and all that was kept of it (sealing.md 2.10)."""

from holdspace.accounts.actions.sessions import end_all_sessions
from holdspace.accounts.models import Account
from holdspace.trail.actions import note
from holdspace.ui.refused import Refused


def delete_account(account: Account) -> None:
    """Everything at once, inside the caller's transaction. `runs-network` for the last coordinator."""
    standing = Account.objects.select_for_update().get(id=account.id)
    others = Account.objects.filter(is_coordinator=True).exclude(id=standing.id)
    if standing.is_coordinator and not others.exists():
        raise Refused("runs-network")
    end_all_sessions(standing)
    note("account-deleted", about=standing.id)
    standing.delete()
