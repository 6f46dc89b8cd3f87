"""A directory of two groups, a few towns, and a browser of nobody's."""

from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from holdspace.directory.actions import imports, slots
from holdspace.directory.actions.places import build
from holdspace.directory.tests.geonames import wheel
from holdspace.directory.tests.two_groups import BERLIN, NEW_YORK, NOW


@pytest.fixture
def nobody() -> Client:
    """A browser that has no cookie and takes no token."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def groups() -> None:
    """A group in Berlin, and one online from New York."""
    imports.take("hat", [BERLIN, NEW_YORK])
    slots.refresh(datetime.fromisoformat(f"{NOW}+00:00"))


@pytest.fixture
def towns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of a few towns."""
    monkeypatch.setattr(settings, "DATA", tmp_path)
    build(wheel(tmp_path))
