"""Both lost: an account begins anew with other keys, under its old name (sealing.md 2.10).

The host makes a one-time address at the console. What was sealed to the old keys is gone for this person until the groups they
are in bring it back (sealing.md 4.5); their private notes stay gone.
"""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from holdspace.accounts import names
from holdspace.accounts.actions.keys import take_keys
from holdspace.accounts.actions.slots import NewKeys
from holdspace.accounts.models import Account, FormerSeed, Keyring, Reset, Slot
from holdspace.accounts.sessions import key_of
from holdspace.trail.actions import note
from holdspace.ui.refused import Refused

GOOD_FOR = timedelta(hours=24)


def offer_reset(name: str) -> str:
    """The token of a one-time address; an earlier one stops working. `not-found` when nobody has that name."""
    account = Account.objects.filter(name_key=names.key_of(name)).first()
    if account is None:
        raise Refused("not-found", gettext("Nobody here has that sign-in name."))
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        values = {"key": key_of(token), "ends": timezone.now() + GOOD_FOR}
        Reset.objects.update_or_create(account=account, defaults=values)
        note("reset-offered", about=account.id)
    return token


def use_reset(token: str, new: NewKeys, slots: list[Slot]) -> Account:
    """Other keys under the same name and id. Inside the caller's transaction; of two at once the second finds nothing."""
    standing = Reset.objects.select_for_update().filter(key=key_of(token), ends__gt=timezone.now()).first()
    if standing is None:
        raise Refused("not-found")
    account: Account = Account.objects.select_for_update().get(id=standing.account_id)
    standing.delete()
    FormerSeed.objects.filter(account=account).delete()
    Keyring.objects.filter(account=account).delete()
    take_keys(account, new, slots)
    note("account-reset", about=account.id)
    return account
