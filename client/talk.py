"""What was said, as one state: a fold of opened items. Pure, and the same whatever the order in which they come.

An item is the answer's JSON object (reading.py): `item`, `author`'s id as `member`, `revision`, `state`, `place`. The browser's
circle.js folds the same way.
"""

from collections.abc import Iterable, Mapping
from typing import Any

Item = dict[str, Any]
Talk = Mapping[str, Item]
OPEN, WITHDRAWN = "open", "withdrawn"


def fold(talk: Talk, items: Iterable[Item]) -> Talk:
    """The talk with these items in it; the old one stays as it was."""
    after = dict(talk)
    for item in items:
        key = item["item"] or f"seq {item['seq']}"
        known = after.get(key)
        if known is None or _replaces(item, known):
            after[key] = item
    return after


def in_order(talk: Talk) -> list[Item]:
    """Everything in the place where it was said first."""
    return sorted(talk.values(), key=lambda item: (item["place"], item["seq"]))


def _replaces(item: Item, known: Item) -> bool:
    """A higher revision replaces. What did not open never replaces what did; an item is its first author's; and what was
    withdrawn never comes back."""
    if _is_closed(item) or _is_closed(known):
        return not _is_closed(item)
    if item["member"] != known["member"]:
        return bool(item["revision"] < known["revision"])
    if WITHDRAWN in (item["state"], known["state"]):
        return bool(known["state"] != WITHDRAWN)
    return bool(item["revision"] > known["revision"])


def _is_closed(item: Item) -> bool:
    return item["state"] not in (OPEN, WITHDRAWN)
