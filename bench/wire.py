"""A WebSocket client with nothing spare: whole binary messages in, whole binary messages out (RFC 6455).

An ordinary client library costs the load more than the server spends, and would be measured instead of it. Messages
are masked with a key of zeros, which is allowed and costs the server the same.
"""

import asyncio
import base64
import os
from collections.abc import Callable

CLOSE, PING, PONG = 8, 9, 10


class Wire(asyncio.Protocol):
    """One connection; `on_message` gets the bytes of each binary message."""

    def __init__(self, head: bytes) -> None:
        self.on_message: Callable[[bytes], None] = lambda _: None
        self.opened = asyncio.get_running_loop().create_future()
        self.closed: str | None = None
        self._head, self._buffer, self._parts = head, bytearray(), bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the upgrade."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(self._head)

    def connection_lost(self, exc: Exception | None) -> None:
        """Remember that the line is cut."""
        self.closed = self.closed or str(exc or "closed")
        if not self.opened.done():
            self.opened.set_exception(ConnectionError(self.closed))

    def data_received(self, data: bytes) -> None:
        """Take what came; hand on every whole message."""
        self._buffer += data
        if not self.opened.done() and not self._upgraded():
            return
        while (frame := self._next_frame()) is not None:
            self._take(*frame)

    def send(self, message: bytes) -> None:
        """Send one binary message."""
        assert self._transport is not None
        self._transport.write(frame_head(2, len(message)) + message)

    async def ask(self, message: bytes, seconds: float = 10) -> bytes:
        """Send one message and wait for the next that comes."""
        heard: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self.on_message = heard.set_result
        self.send(message)
        return await asyncio.wait_for(heard, seconds)

    def close(self) -> None:
        """Cut the line."""
        if self._transport is not None:
            self._transport.close()

    def _upgraded(self) -> bool:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return False
        status = bytes(self._buffer[: self._buffer.find(b"\r\n")])
        del self._buffer[: end + 4]
        if b" 101 " in status:
            self.opened.set_result(None)
        else:
            self.opened.set_exception(ConnectionError(status.decode("latin-1")))
        return b" 101 " in status

    def _next_frame(self) -> tuple[bool, int, bytes] | None:
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        length, at = buffer[1] & 127, 2
        if length > 125:
            at = 4 if length == 126 else 10
            length = int.from_bytes(buffer[2:at])
        if len(buffer) < at + length:
            return None
        body = bytes(buffer[at : at + length])
        final, opcode = bool(buffer[0] & 128), buffer[0] & 15
        del buffer[: at + length]
        return final, opcode, body

    def _take(self, final: bool, opcode: int, body: bytes) -> None:
        if opcode == PING and self._transport is not None:
            self._transport.write(frame_head(PONG, len(body)) + body)
        elif opcode == CLOSE:
            self.closed = f"closed with {int.from_bytes(body[:2])}"
        elif opcode < CLOSE:
            self._parts += body
            if final:
                message, self._parts = bytes(self._parts), bytearray()
                self.on_message(message)


async def connect(port: int, cookie: str = "") -> Wire:
    """Open a WebSocket to `/live` on this machine."""
    host = f"127.0.0.1:{port}"
    lines = [
        "GET /live HTTP/1.1",
        f"Host: {host}",
        f"Origin: http://{host}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
        *([f"Cookie: {cookie}"] if cookie else []),
    ]
    head = ("\r\n".join(lines) + "\r\n\r\n").encode()
    _, wire = await asyncio.get_running_loop().create_connection(lambda: Wire(head), "127.0.0.1", port)
    await wire.opened
    return wire


def frame_head(opcode: int, length: int) -> bytes:
    """The head of a final, masked frame, its key four zeros."""
    first = bytes([0x80 | opcode])
    if length < 126:
        return first + bytes([0x80 | length, 0, 0, 0, 0])
    if length < 65536:
        return first + b"\xfe" + length.to_bytes(2) + bytes(4)
    return first + b"\xff" + length.to_bytes(8) + bytes(4)
