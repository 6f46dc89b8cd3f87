"""Saying that one would come, taking it back, and the end of it after half a year."""

import secrets
import threading
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address

from holdspace.directory.models import Wish
from holdspace.directory.wishing import LASTS_DAYS, Said
from holdspace.live.buckets import Buckets

_DAY = 24 * 3600
_EACH, _ALL = 5, 500
# New with each start and in no file: what was counted under it can't be led back to an address afterwards.
_KEY = secrets.token_bytes(32)
_counts = Buckets(_DAY)
_turn = threading.Lock()


def say_wish(code_hash: bytes, said: Said, address: str) -> bool:
    """Keep it, one for each code and as it was said last; False when this address, or everybody together, said too many today."""
    if Wish.objects.filter(code_hash=code_hash, **said._asdict()).exists():
        return True
    if not _may(address):
        return False
    # The day moves with the words: who changes theirs sees no number change by it (decision 0028).
    Wish.objects.update_or_create(code_hash=code_hash, defaults={**said._asdict(), "day": _today()})
    return True


def take_wish_back(code_hash: bytes) -> None:
    """It is gone."""
    Wish.objects.filter(code_hash=code_hash).delete()


def end_old_wishes(today: date | None = None) -> None:
    """Those that are half a year old go by themselves."""
    Wish.objects.filter(day__lt=(today or _today()) - timedelta(days=LASTS_DAYS)).delete()


def _today() -> date:
    return datetime.now(UTC).date()


def _may(address: str) -> bool:
    with _turn:
        return _counts.take(_name(address), _EACH) and _counts.take(b"all", _ALL)


def _name(address: str) -> bytes:
    """What an address is counted under: one household of IPv6 is one."""
    try:
        found = ip_address(address)
    except ValueError:
        return b"unknown"
    whole = found.packed[:8] if isinstance(found, IPv6Address) else found.packed
    return blake2b(whole, key=_KEY, digest_size=16).digest()


def forget_counts() -> None:
    """Everybody may begin anew (tests)."""
    with _turn:
        _counts.fill_all()
