"""How much one account may do in a while: a bucket each, that refills by itself. Kept in memory; a restart fills them all."""

import time
from collections import OrderedDict

_MOST_BUCKETS = 10_000
# Sums of fractions of a second are not exact.
_ROUNDING = 1e-6


class Buckets:
    """An empty bucket is full again after `seconds`. Kept of each: when it will be full. Belongs to one thread."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._full_at: OrderedDict[bytes, float] = OrderedDict()

    def take(self, account_id: bytes, most: float, amount: float = 1) -> bool:
        """Take that much from a bucket that holds `most`, or nothing and False. More than it holds takes all of it."""
        now = time.monotonic()
        full_at = self._full_at.pop(account_id, now)
        # Asked a thousand times a second: spelt out, this costs half of what `max` and `min` do.
        if full_at < now:
            full_at = now
        then = full_at + (self._seconds * amount / most if amount < most else self._seconds)
        has_enough = then <= now + self._seconds + _ROUNDING
        self._full_at[account_id] = then if has_enough else full_at
        if len(self._full_at) > _MOST_BUCKETS:
            # Whoever has been quiet for longest, so it is nearly full again.
            self._full_at.popitem(last=False)
        return has_enough

    def give_back(self, account_id: bytes, most: float) -> None:
        """One that was taken for something that was not done after all."""
        if account_id in self._full_at:
            self._full_at[account_id] -= self._seconds / most

    def fill_all(self) -> None:
        """Everybody may begin anew."""
        self._full_at.clear()
