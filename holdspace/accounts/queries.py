"""Reads of accounts that are longer than a line."""

from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from holdspace.accounts.models import Account, Consent, Keyring, Network, OwnDevice, Session, Slot
from holdspace.accounts.names import key_of
from holdspace.sealing.primitives import hm


def network() -> Network | None:
    """This network, or None before setup."""
    return Network.objects.first()


def slot_of_name(name: str, method: int) -> Slot | None:
    """A slot with its account, in one statement for every name."""
    return (
        Slot.objects.select_related("account").filter(account__name_key=key_of(name), method=method).first()
    )


def slot_of(account: Account, method: int) -> Slot | None:
    """A slot of a known account."""
    return Slot.objects.select_related("account").filter(account=account, method=method).first()


def prelogin(name: str) -> tuple[bytes, bytes, int]:
    """(account id, salt, profile) of a name. A name nobody has gets the same three, for ever the same, out of a keyed hash."""
    key = key_of(name)
    made_up = hm(settings.SEAL_PRELOGIN_KEY, b"prelogin\0" + key.encode("utf-8", "replace"))
    coin = hm(settings.SEAL_PRELOGIN_KEY, b"profile\0" + key.encode("utf-8", "replace"))[0]
    row = Account.objects.filter(name_key=key).values_list("id", "salt", "profile").first()
    return row or (_as_id(made_up[:16]), made_up[16:], 1 + coin % 2)


def own_device_of(session: Session) -> OwnDevice | None:
    """The code this browser's session has, if any."""
    return OwnDevice.objects.select_related("session__account").filter(session=session).first()


def newest_keyring(account: Account) -> Keyring | None:
    """The newest version."""
    return Keyring.objects.filter(account=account).order_by("-counter").first()


class Kept(NamedTuple):
    """What this network keeps of a person, for their own eyes."""

    made: datetime
    of_age: datetime
    sessions: list[Session]
    consents: list[Consent]


def kept_of(account: Account) -> Kept:
    """All there is, apart from groups and asks to join them (which the groups' own page shows)."""
    return Kept(
        made=account.made,
        of_age=account.of_age,
        sessions=list(
            account.sessions.select_related("own_device").filter(ends__gt=timezone.now()).order_by("-seen")
        ),
        consents=list(account.consents.order_by("given")),
    )


def _as_id(data: bytes) -> bytes:
    """Real ids are UUIDs of version 4; a made-up one has to look it."""
    return data[:6] + bytes([data[6] & 0x0F | 0x40, data[7], data[8] & 0x3F | 0x80]) + data[9:]
