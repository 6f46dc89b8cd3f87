"""How tests read a list of others: all rows, those that must be right, and why some are refused."""

import json
from pathlib import Path

from django.conf import settings

from holdspace.directory import formats
from holdspace.directory.entry import Entry
from holdspace.directory.formats.rows import Refusal, Told

DATA: Path = settings.BASE / "tests" / "data"
NA = Told("na", "na")


def read(form: str, data: bytes | list[dict[str, object]], told: Told = NA) -> list[Entry | Refusal]:
    """All rows."""
    return list(formats.read(form, data if isinstance(data, bytes) else json.dumps(data).encode(), told))


def entries(form: str, data: bytes | list[dict[str, object]], told: Told = NA) -> list[Entry]:
    """All rows, of which none may be refused."""
    found = read(form, data, told)
    assert [row for row in found if isinstance(row, Refusal)] == []
    return [row for row in found if isinstance(row, Entry)]


def reasons(form: str, data: bytes | list[dict[str, object]], told: Told = NA) -> list[str]:
    """Why rows were refused."""
    return [row.reason for row in read(form, data, told) if isinstance(row, Refusal)]
