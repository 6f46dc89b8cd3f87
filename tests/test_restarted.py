"""A server restarted under many: everybody comes back and hears again, and what was acknowledged is there, once."""

from pathlib import Path

from tests.restarting import restart_under
from tests.running import Running

SOCKETS = 60


def test_a_restart_brings_everybody_back_and_loses_nothing(own_network: Running, tmp_path: Path) -> None:
    came = restart_under(own_network, tmp_path, SOCKETS)
    assert came.is_clean, came.line()
