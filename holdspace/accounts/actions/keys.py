"""Another seed for an account: after a reset, or because somebody may know the passphrase (sealing.md 2.10)."""

from dataclasses import dataclass

from django.utils.translation import gettext

from holdspace.accounts import queries
from holdspace.accounts.actions.network import refresh_leads
from holdspace.accounts.actions.sessions import end_all_sessions
from holdspace.accounts.actions.sign_in import unlock
from holdspace.accounts.actions.slots import NewKeys, both_slots, replace_slot
from holdspace.accounts.models import PASSPHRASE, RECOVERY, Account, FormerSeed, Keyring, Slot
from holdspace.sealing.primitives import is_e_key, is_x_key
from holdspace.sealing.wrap import FORMER, parse_wrapped
from holdspace.trail.actions import note
from holdspace.ui.refused import Refused

MOST_SEEDS = 32


@dataclass(frozen=True, slots=True)
class Kept:
    """What goes on under a fresh seed: the former seeds wrapped under it, by number, and the keyring sealed anew."""

    former: dict[int, bytes]
    counter: int
    keyring: bytes


def check_fresh(account: Account, new: NewKeys) -> None:
    """What can be seen of a fresh seed from outside; before a passphrase is tried. `bad-public-key`, `malformed`, `format`."""
    labels = [parse_wrapped(new.wrapped), parse_wrapped(new.recovery_wrapped)]
    if labels != [(PASSPHRASE, account.id), (RECOVERY, account.id)]:
        raise Refused("malformed")
    if not is_x_key(new.x_pub) or not is_e_key(new.e_pub) or new.x_pub == account.x_pub:
        raise Refused("bad-public-key")


def make_slots(account: Account, new: NewKeys) -> list[Slot]:
    """The slots, not saved yet: the slow part, before a transaction begins. As `check_fresh`."""
    check_fresh(account, new)
    return both_slots(account.id, new)


def take_keys(account: Account, new: NewKeys, slots: list[Slot]) -> None:
    """The fresh seed in the place of the old one; every browser is signed out. Inside the caller's transaction."""
    for slot in slots:
        replace_slot(slot)
    Account.objects.filter(id=account.id).update(
        salt=new.salt,
        profile=new.profile,
        x_pub=new.x_pub,
        e_pub=new.e_pub,
        gen=account.gen + 1,
        recovery_confirmed=None,
        recovery_opened=None,
        visits=1,
    )
    end_all_sessions(account)
    if account.is_lead:
        refresh_leads()


def open_for_new_keys(account: Account, auth_key: bytes, address: str) -> None:
    """Only who knows the passphrase of today changes the keys: a browser left open is not enough."""
    unlock(account, auth_key, address)


def change_keys(account: Account, new: NewKeys, slots: list[Slot], kept: Kept) -> None:
    """New keys for somebody who has the old ones. The former seeds stay, wrapped under the new one.

    Inside the caller's transaction. `stale` where another tab or device was first, so that no seed is ever lost.
    """
    standing = Account.objects.select_for_update().get(id=account.id)
    if standing.gen != account.gen or standing.x_pub != account.x_pub:
        raise Refused("stale")
    _keep_seeds(standing, kept.former)
    _keep_keyring(standing, kept)
    take_keys(standing, new, slots)
    note("new-keys", who=account.id)


def _keep_seeds(account: Account, former: dict[int, bytes]) -> None:
    """Every seed there was, the present one the newest; with one left out, what is sealed to it would be lost."""
    seeds = {seed.number: seed for seed in account.former_seeds.all()}
    seeds[account.gen] = FormerSeed(
        account=account, number=account.gen, x_pub=account.x_pub, e_pub=account.e_pub
    )
    if len(seeds) > MOST_SEEDS:
        raise Refused(
            "too-many",
            gettext("These keys were changed very often. Please ask the people who run this network."),
        )
    if seeds.keys() != former.keys() or any(
        parse_wrapped(each) != (FORMER, account.id) for each in former.values()
    ):
        raise Refused("malformed")
    for number, seed in seeds.items():
        seed.wrapped = former[number]
        seed.save()


def _keep_keyring(account: Account, kept: Kept) -> None:
    """The older ones are sealed under a seed whose time is over."""
    newest = queries.newest_keyring(account)
    if kept.counter != (newest.counter if newest else 0) + 1:
        raise Refused("stale")
    Keyring.objects.filter(account=account).delete()
    Keyring.objects.create(account=account, counter=kept.counter, blob=kept.keyring)
