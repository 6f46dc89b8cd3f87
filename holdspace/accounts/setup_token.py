"""The one-time address of a network's first visit: a random word in a file that only the host can read."""

import os
import secrets

from django.conf import settings

from holdspace.sealing.primitives import same


def current() -> str | None:
    """The token, or None when there is none (any more)."""
    try:
        return (settings.DATA / "setup-token").read_text().strip() or None
    except FileNotFoundError:
        return None


def make() -> str:
    """The token, made if there is none."""
    token = current()
    if token is None:
        token = secrets.token_urlsafe(24)
        handle = os.open(settings.DATA / "setup-token", os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(token + "\n")
    return token


def is_right(token: str) -> bool:
    """Whether this is the token, in constant time."""
    known = current()
    return known is not None and same(token.encode(), known.encode())


def burn() -> None:
    """Setup is over."""
    (settings.DATA / "setup-token").unlink(missing_ok=True)
