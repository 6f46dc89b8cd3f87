"""From a passphrase to the two keys of an account (sealing.md, from passphrase to keys)."""

import secrets
import unicodedata
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from holdspace.sealing.errors import SealError
from holdspace.sealing.primitives import kdf

# Numbered, never free numbers: a lying server can neither make guessing cheap nor ask for gigabytes.
GENERATED, CHOSEN = 1, 2
_COSTS = {GENERATED: (19456, 2), CHOSEN: (65536, 3)}

# The browser offers words from the very same file.
_WORDS = Path(__file__).parents[2] / "browser" / "vendor" / "eff_large_wordlist.txt"


def normalise(passphrase: str) -> bytes:
    """UTF-8 after RFC 8265 OpaqueString: every space (Zs) is U+0020, then NFC. Never trimmed, never folded.

    1 to 512 bytes, else `passphrase-bad`.
    """
    spaced = "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in passphrase)
    try:
        data = unicodedata.normalize("NFC", spaced).encode("utf-8")
    except UnicodeEncodeError:
        raise SealError("passphrase-bad") from None
    if not 1 <= len(data) <= 512:
        raise SealError("passphrase-bad")
    return data


def stretch(passphrase: str, salt: bytes, profile: int) -> bytes:
    """M, 32 bytes: Argon2id (RFC 9106) with the profile's cost. Unknown profiles are `kdf-floor`."""
    if profile not in _COSTS:
        raise SealError("kdf-floor")
    return argon2id(normalise(passphrase), salt, profile=profile, length=32)


def argon2id(secret: bytes, salt: bytes, *, profile: int, length: int) -> bytes:
    """Argon2id at a profile's cost, one lane; profile 1: 19 MiB and 2 passes, 2: 64 MiB and 3."""
    memory, passes = _COSTS[profile]
    return Argon2id(salt=salt, length=length, iterations=passes, lanes=1, memory_cost=memory).derive(secret)


def auth_key(stretched: bytes, account_id: bytes) -> bytes:
    """What the server gets in place of a password."""
    return kdf(stretched, "auth", account_id)


def wrap_key(stretched: bytes, account_id: bytes) -> bytes:
    """What opens the wrapped seed; never leaves the device."""
    return kdf(stretched, "wrap", account_id)


def generate(words: int = 5) -> str:
    """Random words of the EFF long list with single spaces; five have 64.6 bits."""
    return " ".join(secrets.choice(word_list()) for _ in range(words))


@cache
def word_list() -> tuple[str, ...]:
    """The 7,776 words."""
    return tuple(_WORDS.read_text("ascii").split())
