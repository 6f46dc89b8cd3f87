"""A new passphrase for keys that stay the same (sealing.md 2.9)."""

from dataclasses import dataclass

from django.db import transaction

from holdspace.accounts.actions.sessions import end_other_sessions
from holdspace.accounts.actions.sign_in import unlock
from holdspace.accounts.actions.slots import make_slot, replace_slot
from holdspace.accounts.models import PASSPHRASE, Account, Session
from holdspace.trail.actions import note


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPassphrase:
    """What the browser made of it."""

    salt: bytes
    profile: int
    auth_key: bytes
    wrapped: bytes


def change_passphrase(session: Session, auth_key: bytes, new: NewPassphrase, address: str) -> None:
    """The new passphrase in the place of the old one, for somebody who knows the old one. Whoever was signed in with it
    elsewhere is signed out. The sheet stays as it is."""
    account = session.account
    unlock(account, auth_key, address)
    slot = make_slot(account.id, PASSPHRASE, new.auth_key, new.wrapped)
    with transaction.atomic():
        # The account first, as in recovery: whoever holds its row may change its slots.
        Account.objects.filter(id=account.id).update(salt=new.salt, profile=new.profile)
        replace_slot(slot)
        end_other_sessions(session)
        note("passphrase-changed", who=account.id)
