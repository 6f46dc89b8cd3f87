"""The network's own row."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf.locale import LANG_INFO
from django.utils import timezone
from django.utils.translation import gettext

from holdspace.accounts.models import Account, Network
from holdspace.sealing.primitives import is_e_key, sha
from holdspace.trail.actions import note
from holdspace.ui.refused import Refused

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class NewNetwork:
    """What setup asks for."""

    name: str
    language: str
    may_start: str
    steward_pub: bytes


def make_network(new: NewNetwork, first: Account) -> Network:
    """The one row, with the first account as coordinator and as first safeguarding lead. Inside the caller's transaction."""
    network = Network.objects.create(
        name=clean_name(new.name),
        language=known_language(new.language),
        steward_pub=_steward(new.steward_pub),
        who_may_start=new.may_start,
        leads=leads_of([first]),
        set_up=timezone.now(),
    )
    Account.objects.filter(id=first.id).update(is_coordinator=True, is_lead=True)
    note("network-set-up", who=first.id)
    return network


def leads_of(accounts: Sequence[Account]) -> list[list[str]]:
    """As groups put them in their first entry: a hash of the name, and the key that reports are sealed to, both in hex."""
    return [[sha(account.name.encode()).hex(), account.x_pub.hex()] for account in accounts]


def refresh_leads() -> None:
    """After a lead's keys changed: new groups name the new ones."""
    leads = Account.objects.filter(is_lead=True).order_by("made")
    Network.objects.update(leads=leads_of(list(leads)))


def clean_name(name: str) -> str:
    """The network's name: 1 to 80 signs, none of them invisible."""
    shown = " ".join(unicodedata.normalize("NFC", name).split())
    if not 1 <= len(shown) <= LONGEST_NAME or any(
        unicodedata.category(sign) in {"Cc", "Cs"} for sign in name
    ):
        raise Refused("name-bad", gettext("Please give the network a name of 1 to 80 letters."))
    return shown


def known_language(language: str) -> str:
    """A language's code as Django spells it, such as `en` or `pt-br`."""
    code = language.strip().lower().replace("_", "-")
    if code not in LANG_INFO:
        raise Refused("malformed", gettext("Please give the language as a code, such as en."))
    return code


def _steward(public: bytes) -> bytes:
    if not is_e_key(public):
        raise Refused("bad-public-key")
    return public
