"""What is announced, and to whom."""

from dataclasses import dataclass
from typing import NamedTuple


class Right(NamedTuple):
    """What a listener may hear of a room: news from epoch `since` on, of topics up to `level`."""

    since: int
    level: int


@dataclass(frozen=True, slots=True)
class Topic:
    """A named kind of news. Only listeners whose right reaches `level` hear it."""

    name: str
    level: int = 0


class Room(NamedTuple):
    """Everybody who listens to a room and, where `epoch` is given, may hear that epoch."""

    room_id: bytes
    epoch: int | None = None


class Person(NamedTuple):
    """Every socket of one account, whatever it listens to."""

    account_id: bytes


Audience = Room | Person
