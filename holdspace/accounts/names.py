"""Sign-in names: what is allowed, and when two are the same."""

import unicodedata

from holdspace.ui.refused import Refused

SHORTEST, LONGEST, LONGEST_KEY = 2, 40, 160
# Letters of some scripts and many emoji need the two joiners; other invisible signs only help to look like somebody else.
_JOINERS = {"\u200c", "\u200d"}
_NEVER = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean(name: str) -> str:
    """The name as it is kept: NFC, single spaces. `name-bad` when it is too short, too long or has signs nobody sees."""
    shown = " ".join(unicodedata.normalize("NFC", name).split())
    bad = any(unicodedata.category(sign) in _NEVER and sign not in _JOINERS for sign in name)
    if bad or not SHORTEST <= len(shown) <= LONGEST or not 1 <= len(key_of(shown)) <= LONGEST_KEY:
        raise Refused("name-bad")
    return shown


def key_of(name: str) -> str:
    """What two spellings of one name have in common: NFKC, case folded, single spaces, no joiners. Never fails."""
    # PostgreSQL refuses to be asked for a NUL; the sign it becomes is in nobody's name either.
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).replace("\0", "\1")
    return " ".join("".join(sign for sign in folded if sign not in _JOINERS).split())
