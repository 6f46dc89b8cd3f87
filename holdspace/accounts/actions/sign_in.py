"""Signing in and unlocking: the wrapped seed is handed out only after the verifier matched (sealing.md 2.4)."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from holdspace.accounts import known, names, queries
from holdspace.accounts.actions.slots import Opened, open_slot
from holdspace.accounts.actions.tries import at_address, at_name, take_try, try_was_right
from holdspace.accounts.models import PASSPHRASE, Account
from holdspace.ui.ids import text

# K11: what the group agreed is said again at the first visit after so long.
LONG_AWAY = timedelta(days=60)


def sign_in(name: str, auth_key: bytes, address: str, mark: str = "") -> Opened:
    """`wrong-key` for a wrong passphrase and for a name nobody has, after the same work; `too-many` when tried too often.

    A browser that has signed in under this name before shows its `mark`: its tries are counted apart, so that a stranger
    who guesses at the name can't keep its owner out.
    """
    key = names.key_of(name)
    place = known.place_of(mark, key)
    at = (at_name("known", f"{key}\0{place}") if place else at_name("sign-in", key), at_address(address))
    take_try(*at)
    opened = open_slot(queries.slot_of_name(name, PASSPHRASE), auth_key, PASSPHRASE)
    try_was_right(*at)
    Account.objects.filter(id=opened.account.id).update(visits=F("visits") + 1)
    opened.account.visits += 1
    return opened


def is_long_away(account: Account) -> bool:
    """Whether somebody who comes now was away for two months or more."""
    return account.last_here is not None and account.last_here <= timezone.now().date() - LONG_AWAY


def unlock(account: Account, auth_key: bytes, address: str) -> Opened:
    """The same for somebody signed in. Counted apart, so a stranger's guesses at the name don't lock them out of their own page."""
    at = (at_name("unlock", text(account.id)), at_address(address))
    take_try(*at)
    opened = open_slot(queries.slot_of(account, PASSPHRASE), auth_key, PASSPHRASE)
    try_was_right(*at)
    return opened
