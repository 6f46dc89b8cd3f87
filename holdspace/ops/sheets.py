"""The steward sheet as a file: a code on paper and what it is for."""

import os
import re
from pathlib import Path

from holdspace.ops.trouble import Trouble
from holdspace.sealing.errors import SealError
from holdspace.sealing.paper_code import STEWARD, read_code, write_code

_CODE = re.compile(r"\b(?:[0-9A-Za-z]{4}[- ]){6}[0-9A-Za-z]{4}\b")

TEXT = """\
Steward sheet of {name}

{code}

What it is for: when a group's last facilitator has lost their keys, this code can make one of
that group's own members a facilitator. Everybody in the group sees it happen. The code opens
nothing and reads nothing.

Print it, put it where the host's papers are, and delete this file. Nobody can make a second one.

How to use it, on the machine that runs Holdspace:
    holdspace steward --sheet FILE promote REQUEST
    holdspace steward --sheet FILE demote REQUEST
The second one ends a facilitator's role, 72 hours after everybody in the group can see it.
FILE is a file that holds the code. REQUEST is the text which the member's page shows. What is
printed goes back to the member, whose page takes it.
"""


def write_sheet(path: Path, secret: bytes, name: str) -> None:
    """A new file that only its owner may read. An old one is never written over."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise Trouble(
            f"{path} is there already. Move it away or choose another file with --steward-sheet."
        ) from None
    except OSError:
        raise Trouble(f"The steward sheet can't be written to {path}.") from None
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(TEXT.format(name=name, code=write_code(secret, STEWARD)))
        file.flush()
        os.fsync(file.fileno())


def read_sheet(path: Path) -> bytes:
    """The steward's secret from a file that holds its code somewhere."""
    try:
        words = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise Trouble(f"The steward sheet {path} can't be read.") from None
    for found in _CODE.findall(words):
        try:
            return read_code(found, STEWARD)
        except SealError:
            continue
    raise Trouble(
        f"There is no whole steward code in {path}. Compare it with the paper, four signs at a time."
    )
