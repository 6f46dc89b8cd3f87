"""Reads the vector files, and says what something was refused with."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from holdspace.sealing.errors import SealError
from holdspace.sealing.log_replay import LogState, replay

_VECTORS = Path(__file__).parents[3] / "tests" / "vectors"
unhex = bytes.fromhex


@cache
def vector_file(name: str) -> Any:
    """One of the two files."""
    return json.loads((_VECTORS / name).read_text("utf-8"))


def cases(section: str) -> Any:
    """A section of holdspace-1.json."""
    return vector_file("holdspace-1.json")[section]


def prototype(section: str) -> Any:
    """A section of prototype.json."""
    return vector_file("prototype.json")[section]


def code_of(act: Callable[[], object]) -> str | None:
    """The code something is refused with, None when it is not."""
    try:
        act()
    except SealError as refused:
        return refused.code
    return None


@cache
def circle(entries: int) -> LogState:
    """The circle after some entries."""
    replayed = replay([unhex(data) for data in cases("log")["circle"]["entries"][:entries]])
    if replayed.state is None or replayed.failed:
        raise AssertionError("the circle is a good chain")
    return replayed.state
