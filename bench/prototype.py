"""The bare gateway: what the send path costs when nothing is checked. It serves as the limit for the real one.

Raw ASGI on uvicorn, one SQLite connection with synchronous FULL, commits in batches of whatever has arrived, frames
encoded once and coalesced to one message a socket and batch. It knows no session, no member, no epoch, no stamp.
Run: `python -m bench.prototype PORT DATABASE`.
"""

import asyncio
import sqlite3
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import uvicorn

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]
encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(list[tuple[int, str, dict[str, Any]]]).decode

TABLE = """
CREATE TABLE item (
    group_id BLOB, seq INTEGER, item_id BLOB, epoch BLOB, nonce BLOB, envelope BLOB, received INTEGER,
    PRIMARY KEY (group_id, seq), UNIQUE (group_id, epoch, nonce)
) WITHOUT ROWID
"""
SELECT = "SELECT seq, envelope, received FROM item WHERE group_id = ? AND seq > ? ORDER BY seq LIMIT ?"
INSERT = "INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?)"


class Prototype:
    """An ASGI application that stores what it is sent and passes it to everybody."""

    def __init__(self, path: str) -> None:
        self.database = open_database(path)
        self.database.execute(TABLE)
        self.reading = open_database(path)
        self.seqs: dict[bytes, int] = {}
        self.sockets: dict[int, Send] = {}
        self.arrived: list[tuple[int, int, bytes]] = []
        self.wake = asyncio.Event()
        self.writer: asyncio.Task[None] | None = None

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Speak the WebSocket half of ASGI; nothing else is answered."""
        if scope["type"] != "websocket":
            return
        self.writer = self.writer or asyncio.create_task(self.write())
        await receive()
        await send({"type": "websocket.accept"})
        self.sockets[id(send)] = send
        while (message := await receive())["type"] == "websocket.receive":
            for ref, verb, args in decode(message["bytes"]):
                if verb == "send":
                    self.arrived.append((id(send), ref, args["envelope"]))
                    self.wake.set()
                else:
                    await send(
                        {"type": "websocket.send", "bytes": encode([(ref, "ok", self.look_up(verb, args))])}
                    )
        del self.sockets[id(send)]

    def look_up(self, verb: str, args: dict[str, Any]) -> dict[str, Any]:
        """`items`: rows by a bare cursor; anything else: how far the group is."""
        if verb != "items":
            return {"last": self.seqs.get(args.get("group", b""), 0)}
        asked = args["group"], args["after"], args["limit"]
        return {"items": [(*row, bytes(32)) for row in self.reading.execute(SELECT, asked)]}

    async def write(self) -> None:
        """Commit what has arrived, then answer; what arrives meanwhile is the next batch."""
        while True:
            await self.wake.wait()
            self.wake.clear()
            batch, self.arrived = self.arrived, []
            rows = [self.row(envelope) for _, _, envelope in batch]
            await asyncio.to_thread(self.commit, rows)
            await self.deliver(batch, rows)

    def row(self, envelope: bytes) -> tuple[Any, ...]:
        """A row of an envelope: ids at their fixed places, the group's next seq."""
        group = envelope[8:24]
        seq = self.seqs[group] = self.seqs.get(group, 0) + 1
        return (
            group,
            seq,
            envelope[28:44],
            envelope[24:28],
            envelope[80:92],
            envelope,
            int(time.time() * 1000),
        )

    def commit(self, rows: list[tuple[Any, ...]]) -> None:
        """One transaction, flushed to disk."""
        self.database.execute("BEGIN IMMEDIATE")
        self.database.executemany(INSERT, rows)
        self.database.execute("COMMIT")

    async def deliver(self, batch: list[tuple[int, int, bytes]], rows: list[tuple[Any, ...]]) -> None:
        """Each socket gets one message: its acknowledgements and everybody's items."""
        stamp = bytes(32)
        news = [
            encode((0, "item", {"group": row[0], "row": (row[1], row[5], row[6], stamp)})) for row in rows
        ]
        acks: dict[int, list[bytes]] = {}
        for (socket, ref, _), row in zip(batch, rows, strict=True):
            acks.setdefault(socket, []).append(encode((ref, "ok", {"seq": row[1]})))
        shared = b"".join(news)
        for socket, send in list(self.sockets.items()):
            own = acks.get(socket, [])
            message = array_head(len(own) + len(news)) + b"".join(own) + shared
            await send({"type": "websocket.send", "bytes": message})


def open_database(path: str) -> sqlite3.Connection:
    """A connection in WAL mode that flushes at every commit. Bytes are bound as they are, as Holdspace has it."""
    sqlite3.register_adapter(bytes, bytes)
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    return database


def array_head(length: int) -> bytes:
    """The head of a MessagePack array of up to 65,535 things."""
    return bytes([0x90 | length]) if length < 16 else b"\xdc" + length.to_bytes(2)


def main() -> None:
    """Serve on a port of this machine until ended."""
    port, path = int(sys.argv[1]), sys.argv[2]
    uvicorn.run(
        Prototype(path),
        port=port,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=1 << 20,
        log_level="warning",
        lifespan="off",
    )


if __name__ == "__main__":
    main()
