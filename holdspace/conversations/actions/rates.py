"""How much one account may say in a while: a bucket that refills. Kept in memory; a restart fills it."""

import time

from django.conf import settings

_MOST_BUCKETS = 10_000
_buckets: dict[bytes, tuple[float, float]] = {}


def may_say(account_id: bytes) -> bool:
    """Take one from the account's bucket, if there is one."""
    now = time.monotonic()
    most = settings.ITEMS_PER_MINUTE
    left, since = _buckets.get(account_id, (float(most), now))
    left = min(most, left + (now - since) * most / 60)
    if left < 1:
        return False
    if len(_buckets) > _MOST_BUCKETS:
        _drop_full(now, most)
    _buckets[account_id] = left - 1, now
    return True


def give_back(account_id: bytes) -> None:
    """What was taken for something that was not said after all."""
    left, since = _buckets.get(account_id, (0.0, time.monotonic()))
    _buckets[account_id] = left + 1, since


def forget_all() -> None:
    """Fill every bucket."""
    _buckets.clear()


def _drop_full(now: float, most: int) -> None:
    for account_id, (left, since) in list(_buckets.items()):
        if left + (now - since) * most / 60 >= most:
            del _buckets[account_id]
