"""Words that claim another member list than this device has, by who said them (docs/decisions/0011).

They are no trouble of the list itself: a host that shows two lists makes them, and so does one member who lies. Whoever
is no longer here, or came back with new keys since, disputes nothing.
"""

from dataclasses import dataclass

from holdspace.sealing.envelope import Position
from holdspace.sealing.log_state import LogState


@dataclass(frozen=True, slots=True)
class Dispute:
    """A claim: `fork`, or `log-rollback` when the claimed entry is not here.

    `author` is what the header says: with a group's key and the server one can write in another's name (T9).
    """

    author: bytes
    epoch: int
    code: str
    position: Position


class Disputes:
    """The newest claim of each author."""

    def __init__(self) -> None:
        self._newest: dict[bytes, Dispute] = {}

    def add(self, dispute: Dispute) -> None:
        """Take one in."""
        known = self._newest.get(dispute.author)
        if known is None or dispute.epoch > known.epoch:
            self._newest[dispute.author] = dispute

    def standing(self, log: LogState) -> list[Dispute]:
        """Those of members who are here."""
        return [each for each in self._newest.values() if _is_here(log, each)]


def _is_here(log: LogState, dispute: Dispute) -> bool:
    member = log.members.get(dispute.author)
    return member is not None and member.is_active and dispute.epoch >= member.since_epoch
