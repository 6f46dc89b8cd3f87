"""A change of a group's membership log: signed entries, the boxes that go with them, sent as one.

Whoever is second at the same place in the log throws the change away with its keys, replays what the other wrote, and
makes a new one (protocol.md 4).
"""

import time
from collections.abc import Callable
from secrets import SystemRandom, token_bytes
from typing import Any

from client.device import now_ms
from client.group import Group
from client.trouble import Trouble
from holdspace.sealing import box, log_draft
from holdspace.sealing.epoch import new_epoch_secret
from holdspace.sealing.keys import KeyPairs
from holdspace.sealing.log_draft import By
from holdspace.sealing.log_entry import Draft, LogEntry, sign_entry
from holdspace.sealing.log_replay import apply
from holdspace.sealing.log_state import LogState, Member
from holdspace.sealing.primitives import x_public

TRIES = 3
LONGEST_WAIT_SECONDS = 2.0


class Change:
    """Entries one after another on top of a state, each checked by the same replay that everybody will run."""

    def __init__(self, state: LogState | None, member_id: bytes, keys: KeyPairs) -> None:
        self.before, self.keys = state, keys
        self.by = By(member_id, now_ms())
        self.entries: list[bytes] = []
        self.secret: bytes | None = None
        self.fkeys: list[tuple[int, bytes, bytes]] = []
        self.new_fkey: tuple[int, bytes] | None = None
        self.more: dict[str, Any] = {}

    @property
    def state(self) -> LogState:
        """The group after the entries so far."""
        if self.before is None:
            raise Trouble("log-format")
        return self.before

    def sign(self, draft: Draft) -> None:
        """Add an entry."""
        data = sign_entry(draft, self.keys.e)
        self.before = apply(self.before, LogEntry.parse(data))
        self.entries.append(data)

    def sign_new_epoch(self, make: Callable[[bytes], Draft]) -> None:
        """Add an entry that begins an epoch, with a fresh secret."""
        self.secret = new_epoch_secret()
        self.sign(make(self.secret))

    def sign_new_fkey(self, held: dict[int, bytes]) -> None:
        """Give the facilitators a new key; each gets it, and the older ones that are held, in boxes of their own."""
        private = token_bytes(32)
        self.sign(log_draft.set_fkey(self.state, self.by, x_public(private)))
        self.new_fkey = (self.state.fkey.gen, private)
        for gen, key in (held | dict([self.new_fkey])).items():
            self.fkeys += [
                (gen, each.id, self._fkey_box(gen, each, key)) for each in self.state.facilitators()
            ]

    def args(self) -> dict[str, Any]:
        """What `append` is asked with. Recipients are those of the replayed log, never of a list of the server."""
        boxes = [(each.id, self._epoch_box(each)) for each in self.state.active()] if self.secret else []
        group = self.state.group
        return {
            "group": group,
            "entries": self.entries,
            "boxes": boxes,
            "fkeys": self.fkeys,
            "notices": [],
        } | self.more

    def _epoch_box(self, member: Member) -> bytes:
        return epoch_box(self.state.group, self.state.epoch, member, self.secret or b"")

    def _fkey_box(self, gen: int, member: Member, key: bytes) -> bytes:
        context = box.fkey_context(self.state.group, gen, member.id, member.gen)
        return box.seal_box(box.FKEY, context, member.x_pub, key)


def epoch_box(group: bytes, epoch: int, member: Member, secret: bytes) -> bytes:
    """An epoch's secret, sealed to one member."""
    context = box.epoch_context(group, epoch, member.id, member.gen)
    return box.seal_box(box.EPOCH, context, member.x_pub, secret)


def change(group: Group, build: Callable[[Change], None], removing: bytes | None = None) -> Change:
    """Build a change and append it; built anew on a fresher log when somebody else was first, at most three times."""
    for tried in range(1, TRIES + 1):
        made = Change(group.state, group.member_id, group.keys)
        build(made)
        try:
            append(group, made)
        except Trouble as trouble:
            if trouble.code != "stale-log" or tried == TRIES:
                raise
            time.sleep(SystemRandom().uniform(0, LONGEST_WAIT_SECONDS))
            group.sync()
            group.check_list(removing)
        else:
            return made
    raise Trouble("stale-log")


def append(group: Group, made: Change) -> None:
    """Send a change, and take it in once the server has it."""
    if not made.entries:
        return
    group.device.ask("append", **made.args())
    if made.secret:
        group.secrets[made.state.epoch] = made.secret
    if made.new_fkey:
        group.fkeys |= dict([made.new_fkey])
    group.take_log(made.entries)
