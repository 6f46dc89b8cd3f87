"""How accounts says that a session of somebody is over, so that its sockets close at once and not at the next check.

May be called from any thread, after the commit; does nothing in a process without sockets. It names the account only: which
of its sessions still stand, the gateway asks the database. So no cookie has to be known to end what it opened.
"""

from asyncio import AbstractEventLoop
from collections.abc import Callable

Ending = Callable[[bytes], None]

_told: dict[Ending, AbstractEventLoop] = {}


def look_again(account_id: bytes) -> None:
    """Close those sockets of an account whose session is over."""
    for ending, loop in list(_told.items()):
        if not loop.is_closed():
            loop.call_soon_threadsafe(ending, account_id)


def tell(ending: Ending, loop: AbstractEventLoop) -> None:
    """Have `ending` called in `loop` when a session of an account ends."""
    _told[ending] = loop


def forget(ending: Ending) -> None:
    """Undo `tell`."""
    _told.pop(ending, None)
