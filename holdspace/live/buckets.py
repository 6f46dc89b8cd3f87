"""How much one account may do in a while: a bucket each, that refills by itself. Kept in memory; a restart fills them all."""

import time
from collections import OrderedDict

_MOST_BUCKETS = 10_000


class Buckets:
    """An empty bucket is full again after `seconds`. Belongs to one thread."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._buckets: OrderedDict[bytes, tuple[float, float]] = OrderedDict()

    def take(self, account_id: bytes, most: float, amount: float = 1) -> bool:
        """Take that much from a bucket that holds `most`, or nothing and False. More than it holds takes all of it."""
        now = time.monotonic()
        left, since = self._buckets.pop(account_id, (most, now))
        left = min(most, left + (now - since) * most / self._seconds)
        has_enough = left >= min(amount, most)
        self._buckets[account_id] = (max(0.0, left - amount) if has_enough else left), now
        if len(self._buckets) > _MOST_BUCKETS:
            self._buckets.popitem(
                last=False
            )  # whoever has been quiet for longest, so it is nearly full again
        return has_enough

    def give_back(self, account_id: bytes) -> None:
        """One that was taken for something that was not done after all."""
        left, since = self._buckets.get(account_id, (0.0, time.monotonic()))
        self._buckets[account_id] = left + 1, since

    def fill_all(self) -> None:
        """Everybody may begin anew."""
        self._buckets.clear()
