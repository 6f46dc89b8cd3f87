"""Starting the server: migrate, gather the static files, listen."""

import fcntl
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

import uvicorn
from django.conf import settings
from django.core.management import call_command

from holdspace.accounts import queries, setup_token
from holdspace.ops import postgresql
from holdspace.ops.trouble import Trouble


def prepare() -> None:
    """Bring the database and the static files to this release. Tests of modules are not served."""
    prepare_database()
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=["*.test.js"])


def prepare_database() -> None:
    """Make or migrate the database. Only its owner may read the folder."""
    settings.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    refuse_unfit()
    call_command("migrate", interactive=False, verbosity=0)


def refuse_unfit() -> None:
    """Do not begin on a PostgreSQL that would lose what it has said it keeps."""
    for sentence in postgresql.unfit() if postgresql.is_used() else ():
        raise Trouble(sentence)


def address() -> str:
    """Where to go with a browser, as seen from this machine."""
    scheme = "https" if settings.TLS_CERT else "http"
    host = f"[{settings.HOST}]" if ":" in settings.HOST else settings.HOST
    return f"{scheme}://{host}:{settings.PORT}"


def near_address() -> str:
    """The same for a program on this machine: an address that stands for all of them is none to go to."""
    for everywhere, here in (("//0.0.0.0:", "//127.0.0.1:"), ("//[::]:", "//[::1]:")):
        if everywhere in address():
            return address().replace(everywhere, here)
    return address()


def greeting() -> list[str]:
    """What to print when the door is open."""
    lines = [f"Holdspace is at {address()}/"]
    if queries.network() is None:
        lines.append("There is no network here yet. Make it at this address, which works once:")
        lines.append(f"{address()}/setup/{setup_token.make()}/")
    return lines


def hold_data() -> IO[str]:
    """Keep other servers off this folder while the file is open: the writer of each would trust what it remembers."""
    settings.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = (settings.DATA / "serving.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise Trouble(f"Another Holdspace serves from {settings.DATA} already.") from None
    return lock


@contextmanager
def alone() -> Iterator[None]:
    """This folder, and with PostgreSQL also this database, are this server's alone."""
    with hold_data(), ExitStack() as stack:
        if postgresql.is_used():
            refuse_unfit()
            stack.enter_context(postgresql.alone())
        yield


def open_door() -> socket.socket:
    """The listening socket, so that a taken port is one sentence and the greeting is true when it is printed."""
    family = socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET
    # Named as TCP: otherwise asyncio leaves Nagle's algorithm on, and every second answer waits 40 ms for an ACK.
    door = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((settings.HOST, settings.PORT))
        door.listen(2048)
    except OSError:
        raise Trouble(
            f"Port {settings.PORT} on {settings.HOST} can't be used. Is Holdspace running already? "
            "Set PORT to use another."
        ) from None
    door.setblocking(False)
    return door


def server() -> uvicorn.Server:
    """What serves. No access log: it would be a diary of who read what, when."""
    config = uvicorn.Config(
        "holdspace.asgi:application",
        ws="websockets-sansio",
        ws_max_size=2 << 20,
        # What is sealed does not shrink, and packing it would cost more than everything else together.
        ws_per_message_deflate=False,
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=settings.BEHIND_PROXY,
        ssl_certfile=settings.TLS_CERT or None,
        ssl_keyfile=settings.TLS_KEY or None,
        timeout_graceful_shutdown=5,
    )
    return uvicorn.Server(config)


def listen(door: socket.socket, what: uvicorn.Server) -> None:
    """Serve until told to stop. Ctrl-C is how people stop it, and nothing to complain about."""
    with suppress(KeyboardInterrupt):
        what.run(sockets=[door])
