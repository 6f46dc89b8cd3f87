"""How many steps one account may add to logs in an hour: a bucket that refills. Kept in memory; a restart fills it.

Everybody who belongs replays the whole log for as long as the group lives, and each new epoch is a box for each of them. So
somebody who floods it wears out the others' devices, and what they did can't be taken back.
"""

import time
from collections import OrderedDict

from django.conf import settings

from holdspace.ui.refused import Refused

_HOUR = 3600
_MOST_BUCKETS = 10_000
_buckets: OrderedDict[bytes, tuple[float, float]] = OrderedDict()


def take_step(account_id: bytes) -> None:
    """Take one from the account's bucket, or `too-many`."""
    now, most = time.monotonic(), settings.ITEMS_PER_MINUTE
    left, since = _buckets.pop(account_id, (float(most), now))
    left = min(most, left + (now - since) * most / _HOUR)
    _buckets[account_id] = (left - 1 if left >= 1 else left), now
    if len(_buckets) > _MOST_BUCKETS:
        _buckets.popitem(last=False)
    if left < 1:
        raise Refused("too-many")
