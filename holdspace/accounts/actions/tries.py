"""Slowing down guesses: two tries are free, then each wrong one makes the next wait longer, told in words.

A try is counted *before* it is looked at, so a hundred at once are no faster than a hundred in a row.
"""

import ipaddress
import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from holdspace.accounts.models import Tries
from holdspace.sealing.primitives import hm
from holdspace.ui.refused import Refused

LONGEST_WAIT = 15 * 60
FORGOTTEN_AFTER = timedelta(hours=24)


class Gate(NamedTuple):
    """Something guesses are counted against: a hidden key, and how many wrong ones cost nothing."""

    key: bytes
    free: int


def at_name(purpose: str, name_key: str) -> Gate:
    """Guesses at one name. A name nobody has counts just the same."""
    return Gate(_hidden(f"{purpose} name", name_key), 2)


def at_address(address: str) -> Gate:
    """Guesses from one network address (IPv6: one household's /64). A house full of people may share it."""
    return Gate(_hidden("address", _network_of(address)), 30)


def newcomers_at(address: str) -> list[Gate]:
    """New accounts from one network address: each costs a slow hash and stays. A full hall on an open evening may share
    it. None for this machine itself: whoever is on it needs no door, and a proxy that hides everybody would shut them out."""
    host = _host_of(address)
    return [] if host and host.is_loopback else [Gate(_hidden("newcomers", _network_of(address)), 100)]


def _host_of(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """A door open for both kinds of address writes the old kind as the new: without undoing it all of them were one."""
    try:
        host = ipaddress.ip_address(address)
    except ValueError:
        return None
    return getattr(host, "ipv4_mapped", None) or host


def _network_of(address: str) -> str:
    host = _host_of(address)
    if host is None:
        return "unknown"
    return str(ipaddress.ip_network((host, 64 if host.version == 6 else 32), strict=False))


def wait_after(wrong: int, free: int) -> int:
    """Seconds to wait after that many wrong tries: 0, 0, 5, 10, 20 ... a quarter of an hour."""
    return 0 if wrong < free else min(5 * 2 ** min(wrong - free, 20), LONGEST_WAIT)


def take_try(*gates: Gate) -> None:
    """Count a try at every gate, or `too-many` with how long to wait. A refused try is not counted."""
    with transaction.atomic():
        rows = _my_turn_at(gates)
        now = timezone.now()  # read when its turn has come: an earlier time would lie before the last try's
        latest = max((row.wait_until for row in rows.values()), default=now)
        if latest > now:
            raise too_many(latest - now)
        for gate in gates:
            _count(rows[gate.key], gate, now)


def try_was_right(name: Gate, address: Gate) -> None:
    """Forget the guesses at the name; at the address only this try, so that nobody wipes out guesses at others by
    signing in to an account of their own."""
    with transaction.atomic():
        rows = _my_turn_at((name, address))
        rows[name.key].delete()
        row = rows[address.key]
        row.count, row.wait_until = max(row.count - 1, 0), timezone.now()
        row.save()


def _my_turn_at(gates: Sequence[Gate]) -> dict[bytes, Tries]:
    """The rows of the gates, held until the transaction ends. Always in the order of their keys: nobody waits in a ring."""
    now = timezone.now()
    old = Tries.objects.select_for_update(skip_locked=True).filter(last__lt=now - FORGOTTEN_AFTER)
    Tries.objects.filter(key__in=old.values("key")).delete()
    keys = sorted({gate.key for gate in gates})
    Tries.objects.bulk_create(
        [Tries(key=key, last=now, wait_until=now) for key in keys], ignore_conflicts=True
    )
    held = Tries.objects.select_for_update().filter(key__in=keys).order_by("key")
    return {row.key: row for row in held}


def too_many(left: timedelta) -> Refused:
    """The refusal, with the time that is left, rounded up."""
    seconds = math.ceil(max(left.total_seconds(), 1))
    if seconds < 60:
        words = ngettext(
            "Too many tries. Please wait %(n)d second, then try again.",
            "Too many tries. Please wait %(n)d seconds, then try again.",
            seconds,
        )
        return Refused("too-many", words % {"n": seconds}, wait=seconds)
    minutes = math.ceil(seconds / 60)
    words = ngettext(
        "Too many tries. Please wait %(n)d minute, then try again.",
        "Too many tries. Please wait %(n)d minutes, then try again.",
        minutes,
    )
    return Refused("too-many", words % {"n": minutes}, wait=seconds)


def _count(row: Tries, gate: Gate, now: datetime) -> None:
    row.count = min(row.count + 1, 1000)
    row.last = now
    row.wait_until = now + timedelta(seconds=wait_after(row.count, gate.free))
    row.save()


def _hidden(purpose: str, what: str) -> bytes:
    return hm(settings.SEAL_PRELOGIN_KEY, f"tries {purpose}\0{what}".encode())
