"""What the gateway may be asked for. Apps make these in their own `verbs.py`; `asgi.py` hands them in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple, Self, TypeVar

import msgspec
from django.db import transaction
from django.http import Http404

from holdspace.live import frames
from holdspace.live.topics import Audience, Right, Topic
from holdspace.sealing.errors import SealError
from holdspace.ui.refused import Refused

A = TypeVar("A", bound="Args")
Result = dict[str, Any]
Outcome = Result | Refused


class Args(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of what a verb takes: exact names and types, nothing else."""

    @classmethod
    def read(cls, raw: msgspec.Raw) -> Self | None:
        """The arguments, or None when they are not what the verb takes."""
        try:
            args: Self = _decoder_of(cls).decode(raw)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        return args


@cache
def _decoder_of(takes: type[A]) -> "msgspec.msgpack.Decoder[A]":
    return msgspec.msgpack.Decoder(takes)


@dataclass(slots=True)
class News:
    """Encoded announcements on their way to an audience, a frame each."""

    frames: list[bytes]
    audience: Audience
    level: int

    def takes_along(self, effect: "Effect") -> bool:
        """Take in what is for the same audience: a socket is told once a batch, not once an item."""
        if not isinstance(effect, News) or (effect.audience, effect.level) != (self.audience, self.level):
            return False
        self.frames += effect.frames
        return True


class Listen(NamedTuple):
    """The asking socket hears this room from now on."""

    room_id: bytes
    right: Right


class Entitle(NamedTuple):
    """Who may hear a room from now on, by account. Whoever is missing stops hearing it."""

    room_id: bytes
    rights: dict[bytes, Right]


Effect = News | Listen | Entitle


@dataclass(slots=True)
class Request:
    """One asked-for change. What it announces leaves only when the transaction is on disk, in this order."""

    account_id: bytes
    args: Any
    effects: list[Effect] = field(default_factory=list)

    def announce(self, topic: Topic, audience: Audience, payload: Result) -> None:
        """Tell an audience, after the commit."""
        self.effects.append(News([frames.news(topic.name, payload)], audience, topic.level))

    def listen(self, room_id: bytes, right: Right) -> None:
        """Open the asking socket's ear. Only a write may: then no removal can slip between asking and hearing."""
        self.effects.append(Listen(room_id, right))

    def entitle(self, room_id: bytes, rights: dict[bytes, Right]) -> None:
        """Say anew who may hear a room. Announced afterwards, news no longer reaches those who lost their right."""
        self.effects.append(Entitle(room_id, rights))


Run = Callable[[list[Request]], list[Outcome]]


@dataclass(frozen=True, slots=True)
class Read:
    """A question. `run(account_id, args)` runs in a reader thread and changes nothing."""

    name: str
    takes: type[Args]
    run: Callable[[bytes, Any], Result]


@dataclass(frozen=True, slots=True)
class Write:
    """A change. `run(requests)` gets what arrived together, in order, inside the one writer's transaction, and gives
    one outcome for each: a refused request is an outcome, not an exception, so it cannot spoil its neighbours.

    `hopeful` is tried first where there is one: the same, but it takes for granted what it does not ask, and lets the
    database's constraints object (IntegrityError). The batch is undone then, and begins again with `run`.

    `forget` is called after a rollback: whatever was remembered of the database may be wrong then.
    """

    name: str
    takes: type[Args]
    run: Run
    hopeful: Run | None = None
    forget: Callable[[], None] | None = None


Verb = Read | Write


def one_by_one(act: Callable[[Request], Result]) -> Run:
    """A `run` for changes that are rare: each in a savepoint, so what is refused leaves nothing behind, and no news."""
    return lambda requests: [_attempt(act, request) for request in requests]


def _attempt(act: Callable[[Request], Result], request: Request) -> Outcome:
    try:
        with transaction.atomic():
            return act(request)
    except Http404:
        refused = Refused("not-found")
    except (Refused, SealError) as error:
        refused = Refused(error.code)
    request.effects.clear()
    return refused
