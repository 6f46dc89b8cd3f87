"""The keyring: compare and swap, three versions kept (sealing.md 2.7)."""

from django.db import transaction

from holdspace.accounts import queries
from holdspace.accounts.models import Account, Keyring
from holdspace.ui.refused import Refused

KEPT = 3


def put_keyring(account: Account, counter: int, blob: bytes) -> None:
    """Keep the next version, or `stale` when `counter` is not the last one's plus 1: two tabs can't undo one another."""
    with transaction.atomic():
        Account.objects.select_for_update(no_key=True).get(id=account.id)  # one tab after the other
        newest = queries.newest_keyring(account)
        if counter != (newest.counter if newest else 0) + 1:
            raise Refused("stale")
        Keyring.objects.create(account=account, counter=counter, blob=blob)
        Keyring.objects.filter(account=account, counter__lte=counter - KEPT).delete()
