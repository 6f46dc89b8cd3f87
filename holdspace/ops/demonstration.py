"""`holdspace demo`: a network of made-up groups in a folder of its own.

The server runs here. Its members run beside it, in a process of their own that knows nothing but the server's address, and
seal what they say like everybody does. They are started as a command: the server never imports a member.
"""

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection

from holdspace.ops import first_visit, serving
from holdspace.ops.trouble import Trouble

NETWORK, COORDINATOR = "Demo: nobody here is real", "chidi"


def folder() -> Path:
    """What the demo's people keep on their devices; where it is, the network beside it may be begun anew."""
    return settings.DATA / "demo"


def sign_ins() -> str:
    """What is printed when all is ready."""
    return _sign_ins().read_text("utf-8")


def prepare(items: int, members: int) -> None:
    """The finished demo as it is, or the beginning of one: a network with its coordinator and nobody else.

    What was left in the middle is begun anew. A network that is no demo is never touched.
    """
    _check_folder()
    if is_finished():
        if items and _size() != _sized(items, members):
            raise _taken("a finished demo of another size.")
        serving.prepare()
        return
    shutil.rmtree(folder(), ignore_errors=True)
    folder().mkdir(mode=0o700)
    serving.prepare()
    call_command("flush", interactive=False, verbosity=0)
    made = first_visit.set_up_network(NETWORK, "en", COORDINATOR, folder() / "steward-sheet.txt")
    _write(folder() / "passphrases" / COORDINATOR, made.passphrase)
    _write(folder() / "sheets" / COORDINATOR, made.recovery_code)
    _write(folder() / "size", _sized(items, members))


def is_finished() -> bool:
    """Whether everybody has said what they say."""
    return _network_name() == NETWORK and _sign_ins().exists()


def fill(server: uvicorn.Server, items: int, members: int, when_done: Callable[[], None]) -> None:
    """Let the members come, beside the server; should they not get through, the server ends too."""
    words = ["--server", serving.near_address(), "--folder", str(folder())]
    words += ["--items", str(items), "--members", str(members)]
    process = subprocess.Popen([sys.executable, "-m", "client.demo", *words], cwd=settings.BASE)  # noqa: S603

    def wait() -> None:
        if process.wait():
            server.should_exit = True
        else:
            when_done()

    threading.Thread(target=wait, daemon=True).start()


def _check_folder() -> None:
    name = _network_name()
    if name is None or (name == NETWORK and folder().is_dir()):
        return
    raise _taken("a network that is not a demo. Nothing was changed.")


def _taken(by: str) -> Trouble:
    """Where the network is, what it is, and how to choose another place: with PostgreSQL the folder holds none."""
    if settings.DATABASE_URL:
        return Trouble(f"The database of DATABASE_URL holds {by} Choose another database with DATABASE_URL.")
    return Trouble(f"{settings.DATA} holds {by} Choose another folder with HOLDSPACE_DATA.")


def _network_name() -> str | None:
    """The name of the network that is here, if there is one. It may be of another release, and is only looked at."""
    try:
        with connection.cursor() as cursor:
            if "accounts_network" not in connection.introspection.table_names(cursor):
                return None
            cursor.execute("SELECT name FROM accounts_network")
            row = cursor.fetchone()
    except DatabaseError:
        return ""
    return row and str(row[0])


def _sign_ins() -> Path:
    return folder() / "sign-ins.txt"


def _sized(items: int, members: int) -> str:
    return f"{items} {members}" if items else "small"


def _size() -> str:
    return (folder() / "size").read_text()


def _write(path: Path, words: str) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.write_text(words + "\n")
