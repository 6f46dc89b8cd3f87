"""Back in with the recovery sheet, and new sheets (sealing.md 2.5)."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from holdspace.accounts import names, queries
from holdspace.accounts.actions.sessions import end_all_sessions
from holdspace.accounts.actions.sign_in import unlock
from holdspace.accounts.actions.slots import Opened, make_slot, open_slot, replace_slot
from holdspace.accounts.actions.tries import at_address, at_name, take_try, try_was_right
from holdspace.accounts.models import PASSPHRASE, RECOVERY, Account
from holdspace.trail.actions import note
from holdspace.ui.refused import Refused

OPEN_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWay:
    """A new passphrase and a new sheet, as the browser made them."""

    salt: bytes
    profile: int
    auth_key: bytes
    wrapped: bytes
    recovery_auth: bytes
    recovery_wrapped: bytes


def recover(name: str, recovery_auth: bytes, address: str) -> Opened:
    """The seed in the sheet's wrapping; for ten minutes the sheet may be used to finish."""
    opened = _open(name, recovery_auth, address)
    Account.objects.filter(id=opened.account.id).update(recovery_opened=timezone.now())
    return opened


def finish_recovery(name: str, recovery_auth: bytes, new: NewWay, address: str) -> Account:
    """The new passphrase and sheet in the place of the old ones. Every browser is signed out."""
    account = _open(name, recovery_auth, address).account
    passphrase = make_slot(account.id, PASSPHRASE, new.auth_key, new.wrapped)
    sheet = make_slot(account.id, RECOVERY, new.recovery_auth, new.recovery_wrapped)
    with transaction.atomic():
        _use_up(account, new)
        replace_slot(passphrase)
        replace_slot(sheet)
        end_all_sessions(account)
        note("account-recovered", who=account.id)
    return account


def new_sheet(
    account: Account, auth_key: bytes, recovery_auth: bytes, recovery_wrapped: bytes, address: str
) -> None:
    """A new sheet for somebody who knows the passphrase; the old one is dead, the new one not asked back yet."""
    unlock(account, auth_key, address)
    sheet = make_slot(account.id, RECOVERY, recovery_auth, recovery_wrapped)
    with transaction.atomic():
        # The account first, here and in `_use_up`: whoever holds its row may change its slots.
        Account.objects.filter(id=account.id).update(recovery_confirmed=None, recovery_opened=None)
        replace_slot(sheet)


def confirm_recovery(account: Account) -> None:
    """Two groups of the sheet were asked back, on the person's own device, and were right."""
    Account.objects.filter(id=account.id, recovery_confirmed=None).update(recovery_confirmed=timezone.now())


def _open(name: str, recovery_auth: bytes, address: str) -> Opened:
    at = (at_name("recover", names.key_of(name)), at_address(address))
    take_try(*at)
    opened = open_slot(queries.slot_of_name(name, RECOVERY), recovery_auth, RECOVERY)
    try_was_right(*at)
    return opened


def _use_up(account: Account, new: NewWay) -> None:
    """Close the open recovery. Of two who finish at once the second finds it closed. The new sheet may be put off as on a first visit."""
    closed = Account.objects.filter(id=account.id, recovery_opened__gt=timezone.now() - OPEN_FOR).update(
        recovery_opened=None, recovery_confirmed=None, salt=new.salt, profile=new.profile, visits=1
    )
    if not closed:
        raise Refused(
            "stale",
            gettext("This took longer than ten minutes. Please type the code of your sheet once more."),
        )
