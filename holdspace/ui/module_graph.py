"""Which modules a page loads, found by reading their import lines, and the integrity of each.

`Integrity-Policy: blocked-destinations=(script)` blocks an imported module without metadata, so every one is listed.
"""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath

from django.conf import settings

from holdspace.ui.served import served

# A static import or re-export, at the beginning of a line: `import {a} from "./b.js";`, `import "./b.js";`, `export * from "./b.js";`
_IMPORT = re.compile(
    r'^\s*(?:import|export)\s*(?:[\w*{][^"\';]*?\sfrom\s*|)["\'](\.[^"\']+)["\']', re.MULTILINE
)


def imports_of(source: str, path: str) -> list[str]:
    """The paths, from the tree's root, of what the module at `path` imports."""
    return [normpath(join(dirname(path), name)) for name in _IMPORT.findall(source)]


def integrity_of(content: bytes) -> str:
    """The value of an `integrity` attribute. SHA-256 as everywhere here: hashes do not compress, and a page names dozens."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()


def modules_from(entry: str, tree: Path) -> dict[str, str]:
    """`entry` and everything it imports, however deep, each with its integrity; `entry` first. FileNotFoundError names a hole."""
    found: dict[str, str] = {}
    waiting = [entry]
    while waiting:
        path = waiting.pop(0)
        if path in found:
            continue
        content = (tree / path).read_bytes()
        found[path] = integrity_of(served(path, content))
        waiting += imports_of(content.decode(), path)
    return found


@cache
def _kept(entry: str) -> dict[str, str]:
    return modules_from(entry, settings.BROWSER)


def modules(entry: str) -> dict[str, str]:
    """As `modules_from` the served tree; kept for the life of the process, since the tree stands still under its digest."""
    return modules_from(entry, settings.BROWSER) if settings.DEBUG else _kept(entry)
