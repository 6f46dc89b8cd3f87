"""Whole feeds rest on the disk as they were written, until the directory changes: who asks next costs a file, not every listing.

They are written while they are first read, so a long one is never whole in memory, and only a whole one is kept. They hold nothing that
isn't public. A full disk keeps nobody from reading: then nothing is kept.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import IO

from django.conf import settings

# For each source and each name this server is called by there may be one; of more than these the oldest go.
MOST = 16
_PIECE = 1 << 16
_LONG = 24 * 3600  # nobody reads so long


def folder() -> Path:
    """Where they are."""
    return Path(settings.DATA) / "feeds"


def feed(edition: int, name: str, make: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
    """The pieces of a feed at an edition: from the disk, else as they are made."""
    path = folder() / f"{edition}-{blake2b(name.encode(), digest_size=12).hexdigest()}"
    try:
        return _read(path.open("rb"))
    except OSError:
        return _written(path, make())


def _read(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece


def _written(path: Path, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces as they come; kept when the last of them has gone out. Two that write at once write the same."""
    file = _begin(path.parent)
    try:
        for piece in pieces:
            file = _add(file, piece)
            yield piece
        _keep(file, path)
        file = None
    finally:
        _leave(file)


def _begin(place: Path) -> IO[bytes] | None:
    try:
        place.mkdir(mode=0o700, exist_ok=True)
        return tempfile.NamedTemporaryFile(dir=place, prefix="new-", delete=False)
    except OSError:
        return None


def _add(file: IO[bytes] | None, piece: bytes) -> IO[bytes] | None:
    try:
        if file:
            file.write(piece)
        return file
    except OSError:
        _leave(file)
        return None


def _leave(file: IO[bytes] | None) -> None:
    """Take away what was not written to its end."""
    if file:
        with suppress(OSError):
            file.close()
        Path(file.name).unlink(missing_ok=True)


def _keep(file: IO[bytes] | None, path: Path) -> None:
    if file is None:
        return
    try:
        file.close()
        os.replace(file.name, path)
        _tidy(path)
    except OSError:
        _leave(file)


def _tidy(kept: Path) -> None:
    """Those of other editions go, the oldest of too many, and what a server that was killed left half written."""
    edition = kept.name.partition("-")[0]
    found = {path: path.stat().st_mtime for path in kept.parent.iterdir()}
    mine = sorted((path for path in found if path.name.startswith(f"{edition}-")), key=found.__getitem__)
    begun = {
        path for path, when in found.items() if path.name.startswith("new-") and when > time.time() - _LONG
    }
    for path in {*found} - {*mine[-MOST:]} - begun:
        path.unlink(missing_ok=True)
