"""Verbs without an app, so that what is tested is the gateway."""

import threading
from typing import Annotated

from msgspec import Meta

from holdspace.live.topics import Person, Right, Room, Topic
from holdspace.live.verbs import Args, Outcome, Read, Request, Result, Verb, Write, one_by_one
from holdspace.ui.refused import Refused

NEWS, SECRET, FAREWELL = Topic("news"), Topic("secret", level=2), Topic("farewell")
TOPICS = [NEWS, SECRET, FAREWELL]
ROOM = bytes(16)
ACCOUNTS = {"amara": b"a" * 16, "ben": b"b" * 16, "eli": b"e" * 16}
RIGHTS = {"amara": Right(3, 1), "ben": Right(1, 2), "eli": Right(1, 1)}


class Nothing(Args, frozen=True):
    """No arguments."""


class Text(Args, frozen=True):
    """Some bytes."""

    text: Annotated[bytes, Meta(max_length=1 << 20)]


class Tell(Args, frozen=True):
    """News of an epoch."""

    epoch: int


class Entitled(Args, frozen=True):
    """Who may go on listening."""

    names: list[str]


def who(account_id: bytes, args: Nothing) -> Result:
    """The asker's account."""
    return {"account": account_id}


def echo(account_id: bytes, args: Text) -> Result:
    """What was given; breaks or refuses when told to."""
    if args.text.startswith(b"break"):
        raise RuntimeError(args.text)
    if args.text == b"refuse":
        raise Refused("not-found")
    return {"text": args.text}


def listen(request: Request) -> Result:
    """Hear the room, as anybody of the cast may."""
    name = next(name for name, account_id in ACCOUNTS.items() if account_id == request.account_id)
    request.listen(ROOM, RIGHTS[name])
    return {}


def tell(requests: list[Request]) -> list[Outcome]:
    """Announce to the room; epoch 99 breaks, epoch 98 is refused."""
    return [_told(request) for request in requests]


def _told(request: Request) -> Outcome:
    epoch = request.args.epoch
    if epoch == 99:
        raise RuntimeError("told to")
    if epoch == 98:
        return Refused("stale-epoch")
    request.announce(NEWS, Room(ROOM, epoch), {"epoch": epoch})
    request.announce(SECRET, Room(ROOM), {"epoch": epoch})
    return {"together": epoch}


BUSY = threading.Lock()


def keep_busy(request: Request) -> Result:
    """Hold the writer up for as long as the test holds the lock."""
    with BUSY:
        return {}


def entitle(request: Request) -> Result:
    """Say who may hear the room from now on; the others are told good-bye."""
    left = {ACCOUNTS[name]: RIGHTS[name] for name in request.args.names}
    request.entitle(ROOM, left)
    request.announce(NEWS, Room(ROOM), {"epoch": -1})
    for account_id in ACCOUNTS.values() - left.keys():
        request.announce(FAREWELL, Person(account_id), {})
    return {}


VERBS: list[Verb] = [
    Read("who", Nothing, who),
    Read("echo", Text, echo),
    Write("listen", Nothing, one_by_one(listen)),
    Write("tell", Tell, tell),
    Write("keep-busy", Nothing, one_by_one(keep_busy)),
    Write("entitle", Entitled, one_by_one(entitle)),
]


def account_of(session_key: str) -> bytes | None:
    """A session's key is its person's name."""
    return ACCOUNTS.get(session_key)
