"""Keys across page loads: one half in the tab, one in the server's session (sealing.md, session seal).

What a tab keeps is 180 bytes: tab 32 || x_pub 32 || e_pub 32 || HW 84 with method 4. Neither a stolen tab
without the session nor a stolen session without the tab opens anything.
"""

import secrets

from holdspace.sealing.errors import SealError
from holdspace.sealing.keys import account_keys
from holdspace.sealing.primitives import kdf
from holdspace.sealing.wrap import SESSION, SIZE, unwrap_seed, wrap_seed


def new_half() -> bytes:
    """Half of a session key, 32 bytes: the tab's, or the server's share."""
    return secrets.token_bytes(32)


def seal_session(
    seed: bytes,
    account_id: bytes,
    share: bytes,
    *,
    device: bytes = b"",
    fixed: tuple[bytes, bytes] | None = None,
) -> bytes:
    """What the tab keeps, 180 bytes; with a `device` id, what that device keeps. `fixed` (tab, nonce) only where vectors are made."""
    tab, nonce = fixed or (new_half(), None)
    keys = account_keys(seed)
    wrapped = wrap_seed(seed, _key(tab, share, account_id + device), account_id, SESSION, nonce=nonce)
    return tab + keys.x_pub + keys.e_pub + wrapped


def open_session(kept: bytes, account_id: bytes, share: bytes, *, device: bytes = b"") -> bytes:
    """The seed, or `locked` whatever is wrong: the person unlocks again."""
    if len(kept) != 96 + SIZE:
        raise SealError("locked")
    key = _key(kept[:32], share, account_id + device)
    try:
        return unwrap_seed(kept[96:], key, account_id, SESSION, (kept[32:64], kept[64:96]))
    except SealError:
        raise SealError("locked") from None


def code_auth(kept: bytes, account_id: bytes, device: bytes, digits: str) -> bytes:
    """What proves a device's code to the server, 32 bytes. Under the tab half, which the server never has: it can't learn
    the six digits, which somebody may use elsewhere too."""
    return kdf(kept[:32], "code", account_id + device + digits.encode("ascii"))


def _key(tab: bytes, share: bytes, whose: bytes) -> bytes:
    return kdf(tab + share, "session", whose)
