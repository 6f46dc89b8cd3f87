"""What the server does by itself."""

import threading

import pytest
from django.db import OperationalError

from holdspace.console import main
from holdspace.ops import housekeeping


def test_it_tidies_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    tidied = threading.Event()
    monkeypatch.setattr(housekeeping, "tidy", tidied.set)
    with housekeeping.every_day():
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
    with housekeeping.every_day():
        assert again.wait(10)


@pytest.mark.django_db
def test_a_person_can_tidy(monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["tidy"]) == 0
