"""How many items one account may send in a minute."""

from django.conf import settings

from holdspace.live.buckets import Buckets

_items = Buckets(60)


def may_say(account_id: bytes) -> bool:
    """Take one from the account's bucket, if there is one."""
    return _items.take(account_id, settings.ITEMS_PER_MINUTE)


def give_back(account_id: bytes) -> None:
    """What was taken for something that was not said after all."""
    _items.give_back(account_id, settings.ITEMS_PER_MINUTE)


def forget_all() -> None:
    """Fill every bucket."""
    _items.fill_all()
