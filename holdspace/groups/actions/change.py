"""A step of a group's log, verified and not yet written."""

from dataclasses import dataclass

from holdspace.live.verbs import Request
from holdspace.sealing import log_entry
from holdspace.sealing.log_entry import LogEntry
from holdspace.sealing.log_payload import Record, parse_ids, parse_records
from holdspace.sealing.log_replay import LogState


@dataclass(frozen=True, slots=True)
class Change:
    """Entries, the state before (None: the group begins) and after them, and the request they came in."""

    request: Request
    entries: list[LogEntry]
    old: LogState | None
    new: LogState

    def of_type(self, *types: int) -> list[LogEntry]:
        """The entries of these types."""
        return [entry for entry in self.entries if entry.draft.type in types]

    def begins_epoch(self) -> bool:
        """Whether a new key has to reach everybody."""
        return bool(self.of_type(log_entry.GENESIS, *log_entry.REKEYING))

    def records(self) -> list[Record]:
        """Who is admitted, or bound again."""
        entries = self.of_type(log_entry.ADD, log_entry.REBIND)
        return [record for entry in entries for record in parse_records(entry.draft.payload)]

    def removed(self) -> dict[bytes, int]:
        """Who is removed, and the seq of the entry that does it."""
        removals = self.of_type(log_entry.REMOVE)
        return {
            member_id: entry.draft.seq for entry in removals for member_id in parse_ids(entry.draft.payload)
        }
