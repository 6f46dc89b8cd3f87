"""Listening to a group: each thing said, as it comes, over a connection that comes back (docs/protocol.md 5)."""

import time
from collections.abc import Callable, Iterator
from secrets import SystemRandom
from typing import Any

from client.group import Group
from client.joining import settle_in
from client.membership import admit, reseal
from client.reading import read, shown
from client.server import Socket
from client.trouble import Trouble

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.2, 5.0
Item = dict[str, Any]


class Watch:
    """One group being listened to. `after` is the last seq that was given out, so that a gap is filled, once."""

    def __init__(self, group: Group, after: int | None = None) -> None:
        self.group, self.after = group, after
        self.is_over = False
        self.on_listening: Callable[[], None] = lambda: None
        self._socket: Socket | None = None

    def items(self) -> Iterator[Item]:
        """Everything from `after` (or from now) on; ends when this member no longer belongs."""
        pause = FIRST_PAUSE_SECONDS
        while not self.is_over:
            try:
                for item in self._while_connected():
                    pause = FIRST_PAUSE_SECONDS
                    yield item
            except Trouble as trouble:
                if self.is_over:
                    return
                if trouble.code != "unreachable" or self.after is None:
                    raise
                # Spread, so that a server that comes back is not met by everybody at one moment.
                time.sleep(pause * SystemRandom().uniform(0.5, 1))
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    def stop(self) -> None:
        """End it, from any thread."""
        self.is_over = True
        if self._socket is not None:
            self._socket.close()

    def _while_connected(self) -> Iterator[Item]:
        group = self.group
        with group.device.server.socket() as socket:
            self._socket = socket
            socket.ask("listen", groups=[group.id])
            last = group.sync()["last"]
            self.after = last if self.after is None else self.after
            self._look_after()
            self.on_listening()
            yield from self._caught_up()
            yield from self._news(socket)

    def _news(self, socket: Socket) -> Iterator[Item]:
        for topic, payload in socket.news():
            if payload.get("group") != self.group.id:
                continue
            if topic == "gone":
                self.is_over = True
                return
            if topic == "item":
                row = payload["row"]
                yield from self._item(row, payload.get("after", row[0] - 1))
            else:
                self._other(topic, payload)

    def _item(self, row: list[Any], before: int) -> Iterator[Item]:
        if self.after is not None and before > self.after:
            yield from self._caught_up()
        if self.after is None or row[0] > self.after:
            self.after = row[0]
            if (item := shown(self.group, row)) is not None:
                yield item

    def _other(self, topic: str, payload: dict[str, Any]) -> None:
        if topic == "entry" and payload["seq"] >= len(self.group.entries):
            self.group.sync()
            self._look_after()
        elif topic == "waiting":
            self._look_after()
        elif topic == "need-box" and payload["member"] != self.group.member_id:
            reseal(self.group, payload["epoch"], payload["member"])

    def _look_after(self) -> None:
        """What an awake device does for its group; somebody else being quicker is no trouble."""
        try:
            settle_in(self.group)
            if self.group.me.is_facilitator and not self.group.stopped:
                admit(self.group, only_known=True)
        except Trouble as trouble:
            if trouble.code in ("unreachable", "signed-out"):
                raise

    def _caught_up(self) -> Iterator[Item]:
        for item in sorted(read(self.group, self.after or 0), key=lambda item: int(item["seq"])):
            yield item
            self.after = max(self.after or 0, item["seq"])
