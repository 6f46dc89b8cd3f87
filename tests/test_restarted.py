"""A server restarted under many: everybody comes back and hears again, and what was acknowledged is there, once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.killing import network
from tests.restarting import restart_under
from tests.running import Running

SOCKETS = 60


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    """A network of its own."""
    running = network(tmp_path)
    yield running
    running.stop()


def test_a_restart_brings_everybody_back_and_loses_nothing(server: Running, tmp_path: Path) -> None:
    came = restart_under(server, tmp_path, SOCKETS)
    assert came.is_clean, came.line()
