"""Doors: name -> address, body and code ("ok" where it is granted)."""

import secrets
from collections.abc import Callable
from typing import Any

from holdspace.sealing.codec import to_b64url
from holdspace.sealing.keys import new_id
from tests.six import Outcomes, everyone, signed_in

KEY, ID, SEED = (to_b64url(secrets.token_bytes(size)) for size in (32, 16, 84))
SLOT = {"salt": ID, "profile": 1, "auth_key": KEY, "wrapped": SEED}
NEW_SEED = {
    "salt": ID, "profile": 1, "new_auth_key": KEY, "x_pub": KEY, "e_pub": KEY, "wrapped": SEED,
    "new_recovery_auth": KEY, "new_recovery_wrapped": SEED,
}  # fmt: skip
Body = dict[str, Any]


def _somebody() -> Body:
    return {"name": f"nobody {secrets.token_hex(8)}"}


DOORS: dict[str, tuple[str, Callable[[], Body], Outcomes]] = {
    "seal_network": ("network", dict, everyone("ok")),
    "seal_prelogin": ("prelogin", _somebody, everyone("ok")),
    "seal_sign_up": (
        "sign-up",
        lambda: {
            **_somebody(), **SLOT, "account_id": to_b64url(new_id()), "x_pub": KEY, "e_pub": KEY,
            "recovery_auth": KEY, "recovery_wrapped": SEED, "of_age": False, "consent": True,
        },
        everyone("of-age"),
    ),
    "seal_sign_in": ("sign-in", lambda: {**_somebody(), "auth_key": KEY}, everyone("wrong-key")),
    "seal_recover": ("recover", lambda: {**_somebody(), "recovery_auth": KEY}, everyone("wrong-key")),
    "seal_finish_recovery": (
        "recover/finish",
        lambda: {
            **_somebody(), **SLOT, "recovery_auth": KEY, "new_recovery_auth": KEY, "new_recovery_wrapped": SEED,
        },
        everyone("wrong-key"),
    ),
    "card": ("card", lambda: {"invite": ID}, everyone("log-invite")),
    "seal_reset": ("reset", lambda: {"token": "guessed"}, everyone("not-found")),
    "seal_finish_reset": ("reset/finish", lambda: {"token": "guessed", **NEW_SEED}, everyone("not-found")),
    "seal_new_keys": (
        "new-keys",
        lambda: {"auth_key": KEY, **NEW_SEED, "former": [], "counter": 1, "keyring": KEY},
        signed_in("format"),
    ),
    "seal_delete": ("delete", lambda: {"auth_key": KEY, "lost": [ID]}, signed_in("not-found")),
    "seal_unlock": ("unlock", lambda: {"auth_key": KEY}, signed_in("wrong-key")),
    "seal_change_passphrase": (
        "passphrase",
        lambda: {**SLOT, "new_auth_key": KEY},
        signed_in("wrong-key"),
    ),
    "seal_new_sheet": (
        "recovery/new",
        lambda: {"auth_key": KEY, "recovery_auth": KEY, "recovery_wrapped": SEED},
        signed_in("wrong-key"),
    ),
    "seal_recovery_confirmed": ("recovery-confirmed", dict, signed_in("ok")),
    "seal_session_share": ("session-share", dict, signed_in("locked")),
    "seal_new_session_share": ("session-share/new", dict, signed_in("ok")),
    "seal_lock": ("lock", dict, signed_in("ok")),
    "seal_end_session": ("sessions/end", lambda: {"session": KEY}, signed_in("not-found")),
    "seal_keep_on_device": (
        "own-device/new",
        lambda: {"auth_key": KEY, "device": ID, "code_auth": KEY, "share": KEY},
        signed_in("wrong-key"),
    ),
    "seal_open_device": ("own-device/open", lambda: {"device": ID, "code_auth": KEY}, signed_in("no-device")),
    "seal_end_own_device": ("own-device/end", dict, signed_in("ok")),
    "seal_new_calendar": ("calendar/new", dict, signed_in("ok")),
    "seal_end_calendar": ("calendar/end", dict, signed_in("ok")),
    "seal_keyring": ("keyring", dict, signed_in("ok")),
    "seal_put_keyring": ("keyring/put", lambda: {"counter": 1_000_000, "blob": KEY}, signed_in("stale")),
    "seal_exit": ("exit", dict, everyone("ok")),
    "seal_sign_out": ("sign-out", dict, everyone("ok")),
    "seal_sign_out_everywhere": ("sign-out/everywhere", dict, signed_in("ok")),
}  # fmt: skip

# After these the session is over: who asked signs in again before the next row.
SIGNING_OUT = ("seal_sign_out", "seal_sign_out_everywhere", "seal_exit")
