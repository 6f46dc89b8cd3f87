"""The principles: fixed words from `docs/principles/`, the same in every group of every network.

Read from the file, never from the database or a setting: nothing that can be changed in a running network lowers them.
What people sign is the SHA-256 of the file as it stands, so a comma moved is a new text and needs a new version.
"""

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

VERSION = 1
_FILE = Path(__file__).resolve().parents[2] / "docs" / "principles" / f"{VERSION}.en.md"
_LINE = re.compile(r"^\d+\. \*\*(?P<heading>.+?)\*\* (?P<words>.+)$", re.MULTILINE)


class Principle(NamedTuple):
    """One of the twelve."""

    heading: str
    words: str


class Principles(NamedTuple):
    """The text in force, and the 32 bytes people sign."""

    version: int
    sha256: bytes
    title: str
    introduction: str
    principles: tuple[Principle, ...]


@cache
def current() -> Principles:
    """The principles in force."""
    raw = _FILE.read_bytes()
    title, _version, introduction, _rest = raw.decode().split("\n\n", 3)
    principles = tuple(Principle(**found.groupdict()) for found in _LINE.finditer(raw.decode()))
    return Principles(
        VERSION, hashlib.sha256(raw).digest(), title.removeprefix("# "), introduction, principles
    )
