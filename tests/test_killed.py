"""A server killed with -9 while people write: what it acknowledged is there, once, and sending again is safe."""

from pathlib import Path

import pytest

from tests.killing import Toll, kill_often
from tests.running import Running

KILLS = 4


def test_every_acknowledged_share_is_there_once_after_kill_9(own_network: Running, tmp_path: Path) -> None:
    toll = kill_often(own_network, tmp_path, KILLS)
    assert toll.is_clean, toll
    assert (toll.kills, toll.stored) == (KILLS, len(toll.promised))


@pytest.mark.parametrize("fault", ["lost", "moved", "twice", "unknown"])
def test_one_broken_promise_is_enough(fault: str) -> None:
    toll = Toll(kills=1, promised={"one": 1, "two": 2}, stored=2)
    assert toll.is_clean
    getattr(toll, fault).add("one")
    assert not toll.is_clean
