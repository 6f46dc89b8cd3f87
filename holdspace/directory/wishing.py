"""Wishes for groups there are not yet: their codes, and how many of them are told of. Plain values, no database."""

import hashlib
import secrets
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

LASTS_DAYS = 183
# Below this nobody hears of them; from there on only in steps, so that no number tells who came last.
STEPS = (50, 20, 10, 5)
HOURS = {
    "mornings": _("Mornings"),
    "days": _("In the day"),
    "evenings": _("Evenings"),
    "nights": _("Late at night"),
    "weekends": _("At the weekend"),
}
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})
_LENGTH = 16


class Said(NamedTuple):
    """What a wish says. No town: online."""

    topic: str
    town: str
    country: str
    language: str
    hours: str


class Together(NamedTuple):
    """Wishes that go together: at least so many, and the parts of the week that at least five of them named."""

    topic: str
    town: str
    country: str
    language: str
    at_least: int
    hours: tuple[str, ...]


def new_code() -> str:
    """ "K7QF-3M2A-...": 80 bits, so that a plain hash of it says nothing."""
    signs = "".join(secrets.choice(_SIGNS) for _sign in range(_LENGTH))
    return "-".join(signs[at : at + 4] for at in range(0, _LENGTH, 4))


def hash_of(text: str) -> bytes | None:
    """What a code is known by; None where it is none. Case, spaces and hyphens do not matter; O is 0, I and L are 1."""
    signs = "".join(text.upper().split()).translate(_READ)
    if len(signs) != _LENGTH or not set(signs) <= set(_SIGNS):
        return None
    return hashlib.sha256(b"holdspace wish\0" + signs.encode()).digest()


def together(wishes: Iterable[Said]) -> list[Together]:
    """Those of which there are enough, the most first."""
    counted: dict[tuple[str, str, str, str], Counter[str]] = {}
    for said in wishes:
        counted.setdefault((said.topic, said.town, said.country, said.language), Counter())[said.hours] += 1
    found = [
        Together(*key, step, tuple(part for part in HOURS if _step(hours[part])))
        for key, hours in counted.items()
        if (step := _step(hours.total()))
    ]
    return sorted(found, key=lambda each: (-each.at_least, each.topic, each.town))


def _step(number: int) -> int:
    return next((step for step in STEPS if number >= step), 0)
