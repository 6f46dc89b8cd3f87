"""The network's fixed floor: `docs/principles/<version>.<language>.md`, the same in every group, versioned."""

import hashlib
import re
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language

_FILE = re.compile(r"(\d+)\.([a-z-]+)\.md")
_ITEM = re.compile(r"^\d+\. \*\*(.+?)\*\* (.+)$")
SIGNED_LANGUAGE = "en"


class Principles(NamedTuple):
    """A version of the text. `sha256` is that of the English file: what people sign doesn't depend on their language."""

    version: int
    language: str
    sha256: bytes
    lead: str
    items: list[tuple[str, str]]


def current() -> Principles:
    """The newest version, in the reader's language where somebody translated it."""
    return _in_language(get_language() or SIGNED_LANGUAGE)


def signed() -> Principles:
    """The same version in the words whose hash people sign."""
    return _in_language(SIGNED_LANGUAGE)


@cache
def _in_language(language: str) -> Principles:
    folder = settings.BASE / "docs" / "principles"
    version = max(
        int(match[1]) for match in map(_FILE.fullmatch, (path.name for path in folder.iterdir())) if match
    )
    original = folder / f"{version}.{SIGNED_LANGUAGE}.md"
    own = folder / f"{version}.{language}.md"
    if not own.exists():
        own, language = original, SIGNED_LANGUAGE
    lines = own.read_text(encoding="utf-8").splitlines()
    items = [(match[1], match[2]) for match in map(_ITEM.match, lines) if match]
    lead = next(
        line for line in lines if line and line[0] not in "#0123456789" and not re.fullmatch(r"\w+ \d+", line)
    )
    return Principles(version, language, hashlib.sha256(original.read_bytes()).digest(), lead, items)
