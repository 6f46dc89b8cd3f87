"""A line that stands between people and the server; what it does to what passes is for those to say who are one (cutting.py, slowing.py)."""

import socket
from abc import ABC, abstractmethod
from contextlib import suppress
from threading import Thread

from tests.running import Running


class Line(ABC):
    """`url` stands for the server's."""

    def __init__(self, server: Running) -> None:
        self._server = server.port
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        Thread(target=self._accept, daemon=True).start()

    @abstractmethod
    def carry(self, near: socket.socket, far: socket.socket) -> None:
        """Begin to pass on what comes from here and from there."""

    @abstractmethod
    def end_all(self) -> None:
        """Hang up whatever is open."""

    def close(self) -> None:
        """No more."""
        self._door.close()
        self.end_all()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                self.carry(near, socket.create_connection(("127.0.0.1", self._server)))


def hang_up(*ends: socket.socket) -> None:
    """On every side."""
    for each in ends:
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
        each.close()
