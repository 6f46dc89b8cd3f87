"""How many steps one account may add to logs in an hour.

Everybody who belongs replays the whole log for as long as the group lives, and each new epoch is a box for each of them. So
somebody who floods it wears out the others' devices, and what they did can't be taken back.
"""

from django.conf import settings

from holdspace.live.buckets import Buckets
from holdspace.ui.refused import Refused

_steps = Buckets(3600)


def take_step(account_id: bytes) -> None:
    """Take one from the account's bucket, or `too-many`."""
    if not _steps.take(account_id, settings.LIST_CHANGES_PER_HOUR):
        raise Refused("too-many")
