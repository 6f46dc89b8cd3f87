"""A bad line: stands between a member and the server, and cuts a socket after so many bytes, wherever in a frame that is."""

import socket
from collections.abc import Iterable
from contextlib import suppress
from threading import Lock, Thread
from typing import Literal, NamedTuple

from tests.between import Line, hang_up
from tests.running import Running

Way = Literal["up", "down"]
END_OF_HEAD = b"\r\n\r\n"


class Cut(NamedTuple):
    """`up` is what a member sends. `after` counts the bytes behind the opening handshake."""

    way: Way
    after: int


class BadLine(Line):
    """Each WebSocket opened takes the next of the planned cuts, and lives on when there is none."""

    def __init__(self, server: Running) -> None:
        self._plan: list[Cut] = []
        self._lock = Lock()
        self._open: set[Wire] = set()
        self.made: list[Cut] = []
        super().__init__(server)

    def plan(self, cuts: Iterable[Cut]) -> None:
        """For the sockets opened from now on; those that are open are cut now, so that they come back."""
        with self._lock:
            self._plan = list(cuts)
            wires = [wire for wire in self._open if wire.is_socket]
        for wire in wires:
            wire.end()

    def next_cut(self) -> Cut | None:
        """For a socket that was just opened."""
        with self._lock:
            return self._plan.pop(0) if self._plan else None

    def over(self, wire: "Wire", *, was_cut: bool) -> None:
        """A connection ended."""
        with self._lock:
            self._open.discard(wire)
            if was_cut and wire.cut:
                self.made.append(wire.cut)

    def end_all(self) -> None:
        """Every connection."""
        for wire in list(self._open):
            wire.end()

    def carry(self, near: socket.socket, far: socket.socket) -> None:
        """Both ways, until one of them is cut."""
        wire = Wire(self, near, far)
        with self._lock:
            self._open.add(wire)
        Thread(target=wire.carry, args=("up", near, far), daemon=True).start()
        Thread(target=wire.carry, args=("down", far, near), daemon=True).start()


class Wire:
    """One connection through the bad line."""

    def __init__(self, line: BadLine, near: socket.socket, far: socket.socket) -> None:
        self._line, self._near, self._far = line, near, far
        self.is_socket = False
        self.cut: Cut | None = None

    def carry(self, way: Way, here: socket.socket, there: socket.socket) -> None:
        """Pass on what comes from here."""
        is_head, left, was_cut = True, 0, False
        with suppress(OSError):
            while not was_cut and (data := here.recv(1 << 16)):
                if is_head:
                    is_head, data = not self._is_opened(way, data), self._sent_head(data, there)
                    left = self.cut.after if self.cut and self.cut.way == way else 0
                if not is_head and self.cut and self.cut.way == way:
                    was_cut, data = len(data) >= left, data[:left]
                    left -= len(data)
                there.sendall(data)
        self.end(was_cut=was_cut)

    def _is_opened(self, way: Way, data: bytes) -> bool:
        """Does the WebSocket begin behind this? The asker's first words say so; from then on the cut is known for both ways."""
        if way == "up" and b"upgrade: websocket" in data.lower():
            self.cut, self.is_socket = self._line.next_cut(), True
        return self.is_socket

    def _sent_head(self, data: bytes, there: socket.socket) -> bytes:
        """Sends a handshake whole; what comes behind it."""
        end = data.find(END_OF_HEAD) + len(END_OF_HEAD)
        if not self.is_socket or end < len(END_OF_HEAD):
            return data
        there.sendall(data[:end])
        return data[end:]

    def end(self, *, was_cut: bool = False) -> None:
        """Hang up on both sides, with whatever was half said."""
        hang_up(self._near, self._far)
        self._line.over(self, was_cut=was_cut)
