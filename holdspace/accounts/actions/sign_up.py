"""New accounts, and the first of all, which makes the network."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from holdspace.accounts import names, queries, setup_token
from holdspace.accounts.actions.network import NewNetwork, make_network
from holdspace.accounts.actions.slots import NewKeys, both_slots
from holdspace.accounts.actions.tries import newcomers_at, take_try
from holdspace.accounts.models import Account, Consent
from holdspace.sealing.primitives import is_e_key, is_x_key
from holdspace.ui.refused import Refused

# Being in a group may say something about somebody's health, so it takes a yes of its own.
CONSENT, CONSENT_VERSION = "belonging", 1


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount(NewKeys):
    """What a browser made: a name, an account, and its first keys."""

    name: str
    account_id: bytes


def sign_up(new: NewAccount, address: str, *, of_age: bool, consent: bool) -> Account:
    """An account in a network that is set up; `too-many` when too many came from that address before."""
    _refuse_without(of_age, consent)
    if queries.network() is None:
        raise Refused("not-set-up")
    take_try(*newcomers_at(address))
    return _make(new, None)


def set_up(new: NewAccount, network: NewNetwork, *, of_age: bool, consent: bool) -> Account:
    """The first account and the network, in one transaction. A second time it is `not-found`, as is the address."""
    _refuse_without(of_age, consent)
    account = _make(new, network)
    setup_token.burn()
    return account


def _refuse_without(of_age: bool, consent: bool) -> None:
    if not of_age:
        raise Refused("of-age")
    if not consent:
        raise Refused("consent")


def _make(new: NewAccount, network: NewNetwork | None) -> Account:
    name = names.clean(new.name)
    if not is_x_key(new.x_pub) or not is_e_key(new.e_pub):
        raise Refused("bad-public-key")
    slots = both_slots(new.account_id, new)
    with transaction.atomic():
        account = _keep(new, name)
        for slot in slots:
            slot.save()
        Consent.objects.create(account=account, purpose=CONSENT, version=CONSENT_VERSION, given=account.made)
        if network:
            _begin(network, account)
    return account


def _begin(network: NewNetwork, first: Account) -> None:
    """The network, unless there is one. Of two first visits at once the row itself lets one through."""
    if queries.network() is not None:
        raise Refused("not-found")
    try:
        with transaction.atomic():
            make_network(network, first)
    except IntegrityError:
        raise Refused("not-found") from None


def _keep(new: NewAccount, name: str) -> Account:
    """The row. Of two at once who want one name, the column lets one through."""
    key, now = names.key_of(name), timezone.now()
    _refuse_taken(new, key)
    try:
        with transaction.atomic():
            return Account.objects.create(
                id=new.account_id,
                name=name,
                name_key=key,
                salt=new.salt,
                profile=new.profile,
                x_pub=new.x_pub,
                e_pub=new.e_pub,
                of_age=now,
                made=now,
                visits=1,
            )
    except IntegrityError:
        _refuse_taken(new, key)
        raise


def _refuse_taken(new: NewAccount, key: str) -> None:
    if Account.objects.filter(name_key=key).exists():
        raise Refused("name-taken")
    if Account.objects.filter(id=new.account_id).exists():
        raise Refused("exists")
