"""Slots: what opens an account's seed, and proving to know it (sealing.md 2.4)."""

from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import NamedTuple

from django.conf import settings

from holdspace.accounts.models import PASSPHRASE, RECOVERY, Account, Slot
from holdspace.sealing import slots
from holdspace.sealing.primitives import hm, same
from holdspace.sealing.wrap import parse_wrapped
from holdspace.ui.ids import new
from holdspace.ui.refused import Refused

# One split costs 19 MiB and 30 ms of a core. Two at once leave the other cores and the memory to everybody else.
_TURNS = BoundedSemaphore(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKeys:
    """A fresh seed as a browser made it: its public halves, and the two slots that open it."""

    salt: bytes
    profile: int
    auth_key: bytes
    x_pub: bytes
    e_pub: bytes
    wrapped: bytes
    recovery_auth: bytes
    recovery_wrapped: bytes


class Opened(NamedTuple):
    """What a right secret gives: the account, and its seed in the wrapping that this secret opens."""

    account: Account
    wrapped: bytes


def split(auth: bytes, salt2: bytes, method: int) -> slots.Split:
    """The server's half, waiting for a turn."""
    with _TURNS:
        return slots.split(settings.SEAL_PEPPER, auth, salt2, method=method)


def replace_slot(slot: Slot) -> None:
    """Keep a slot in the place of the account's old one of its method."""
    Slot.objects.filter(account_id=slot.account_id, method=slot.method).delete()
    slot.save()


def make_slot(account_id: bytes, method: int, auth: bytes, wrapped: bytes) -> Slot:
    """A slot, not saved yet: the slow part is done before a transaction begins and holds everybody up.

    The seed can't be looked into, but its label can: made for another account or method it is `malformed`.
    """
    if parse_wrapped(wrapped) != (method, account_id):
        raise Refused("malformed")
    salt2 = new()
    halves = split(auth, salt2, method)
    blob = slots.store(halves.outer, account_id, wrapped, method=method)
    return Slot(account_id=account_id, method=method, salt2=salt2, verifier=halves.verifier, blob=blob)


def both_slots(account_id: bytes, new: NewKeys) -> list[Slot]:
    """What opens a new seed: the passphrase, and the sheet. As `make_slot`."""
    return [
        make_slot(account_id, PASSPHRASE, new.auth_key, new.wrapped),
        make_slot(account_id, RECOVERY, new.recovery_auth, new.recovery_wrapped),
    ]


def open_slot(slot: Slot | None, auth: bytes, method: int) -> Opened:
    """The account and its wrapped seed, or `wrong-key`. Without a slot (a name nobody has) it works just as hard before it says so."""
    salt2 = slot.salt2 if slot else hm(settings.SEAL_PRELOGIN_KEY, b"no slot")[:16]
    halves = split(auth, salt2, method)
    if slot is None or not same(halves.verifier, slot.verifier):
        raise Refused("wrong-key")
    return Opened(slot.account, slots.unstore(halves.outer, slot.account_id, bytes(slot.blob), method=method))
