"""A slow line: stands between people and the server as the edge of a phone's network does. Every byte goes through, late."""

import socket
import time
from contextlib import suppress
from queue import SimpleQueue
from threading import Lock, Thread

from tests.between import Line, hang_up
from tests.running import Running

# Of one way, in seconds, and bytes per second for all connections together: what browsers' tools call slow 3G.
LATENCY, RATE = 0.2, 50_000
CHUNK = 4096

Due = tuple[float, bytes]


class SlowLine(Line):
    """One pipe up and one down, which all connections share."""

    def __init__(self, server: Running) -> None:
        self._free = {"up": 0.0, "down": 0.0}
        self._lock = Lock()
        self._open: set[tuple[socket.socket, socket.socket]] = set()
        super().__init__(server)

    def end_all(self) -> None:
        """Every connection."""
        for each in list(self._open):
            hang_up(*each)

    def carry(self, near: socket.socket, far: socket.socket) -> None:
        """Both ways, late."""
        self._open.add((near, far))
        self._carry("up", near, far)
        self._carry("down", far, near)

    def due(self, way: str, size: int) -> float:
        """When these bytes are through: after all that was sent that way before them, and the length of the line."""
        with self._lock:
            self._free[way] = max(self._free[way], time.monotonic()) + size / RATE
            return self._free[way] + LATENCY

    def _carry(self, way: str, here: socket.socket, there: socket.socket) -> None:
        on_its_way: SimpleQueue[Due] = SimpleQueue()

        def hear() -> None:
            data = b"-"
            while data:
                data = b""
                with suppress(OSError):
                    data = here.recv(CHUNK)
                on_its_way.put((self.due(way, len(data)), data))

        def tell() -> None:
            when, data = on_its_way.get()
            with suppress(OSError):
                while data:
                    time.sleep(max(0.0, when - time.monotonic()))
                    there.sendall(data)
                    when, data = on_its_way.get()
            hang_up(here, there)
            self._open -= {(here, there), (there, here)}

        Thread(target=hear, daemon=True).start()
        Thread(target=tell, daemon=True).start()
