"""How accounts says that a session is over, so that its sockets close at once and not at the next check.

`accounts` calls `end_session` when somebody signs out and `end_account` when every session of an account ends. Both may
be called from any thread and do nothing in a process without sockets.
"""

from asyncio import AbstractEventLoop
from collections.abc import Callable

Ending = Callable[[str | None, bytes | None], None]

_told: dict[Ending, AbstractEventLoop] = {}


def end_session(session_key: str) -> None:
    """Close the sockets of one session."""
    _call(session_key, None)


def end_account(account_id: bytes) -> None:
    """Close every socket of an account."""
    _call(None, account_id)


def tell(ending: Ending, loop: AbstractEventLoop) -> None:
    """Have `ending` called in `loop` when a session or an account ends."""
    _told[ending] = loop


def forget(ending: Ending) -> None:
    """Undo `tell`."""
    _told.pop(ending, None)


def _call(session_key: str | None, account_id: bytes | None) -> None:
    for ending, loop in list(_told.items()):
        if not loop.is_closed():
            loop.call_soon_threadsafe(ending, session_key, account_id)
