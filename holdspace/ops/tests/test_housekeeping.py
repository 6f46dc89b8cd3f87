"""What the server does by itself."""

import threading

import pytest
from django.db import OperationalError

from holdspace.console import main
from holdspace.ops import housekeeping
from holdspace.ui.refused import Refused


@pytest.fixture(autouse=True)
def moved_on(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set when the directory's dates were moved on."""
    moved = threading.Event()
    monkeypatch.setattr(housekeeping, "_EACH_MINUTE", [("Moving dates on", moved.set)])
    monkeypatch.setattr(housekeeping, "tidy_requests", lambda: None)
    return moved


def test_it_tidies_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    tidied = threading.Event()
    monkeypatch.setattr(housekeeping, "tidy", tidied.set)
    with housekeeping.at_work():
        assert tidied.wait(10)


def test_a_day_on_which_it_cannot_is_not_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    tries, again = [], threading.Event()

    def full() -> None:
        tries.append(1)
        if len(tries) == 2:
            again.set()
        raise OperationalError("disk full")

    monkeypatch.setattr(housekeeping, "tidy", full)
    monkeypatch.setattr(housekeeping, "DAY_SECONDS", 0)
    monkeypatch.setattr(housekeeping, "MINUTE_SECONDS", 0)
    with housekeeping.at_work():
        assert again.wait(10)


@pytest.mark.parametrize(
    "why", [OperationalError("disk full"), Refused("listing-unfinished"), KeyError("zone")]
)
def test_dates_move_on_whatever_broke_before(
    monkeypatch: pytest.MonkeyPatch, moved_on: threading.Event, why: Exception
) -> None:
    def full() -> None:
        raise why

    monkeypatch.setattr(housekeeping, "tidy", full)
    with housekeeping.at_work():
        assert moved_on.wait(10)


@pytest.mark.django_db
def test_a_person_can_tidy(monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["tidy"]) == 0
