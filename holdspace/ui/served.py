"""What of a file in `browser/` goes over the wire: its lines, with the comments that stand on lines of their own left empty.

Nearly half of what a first visit weighed were our explanations, which only those who read the repository need. The rule knows no
JavaScript: a comment that begins a line ends at its `*/`, or with the line. Lines keep their numbers, so a served file laid beside
the repository's differs in comments alone. docs/decisions/0016 says why, and a test compares the tokens of every file.
"""

import re
from pathlib import PurePath

_BEGINS_A_LINE = re.compile(rb"^[ \t]*(?:/\*.*?\*/[ \t]*|//[^\n]*)", re.MULTILINE | re.DOTALL)


def served(name: str, content: bytes) -> bytes:
    """The bytes to serve for the file `name` (from the tree's root). Other people's files are theirs, whole."""
    path = PurePath(name)
    if path.suffix not in {".js", ".css"} or path.parts[0] == "vendor":
        return content
    return _BEGINS_A_LINE.sub(lambda found: b"\n" * found.group().count(b"\n"), content)
