"""What a host does for the directory."""

import sqlite3
from pathlib import Path

import pytest
from django.conf import settings

from holdspace.console import main
from holdspace.directory import places
from holdspace.directory.actions import imports
from holdspace.directory.entry import Entry
from holdspace.directory.models import Slot
from holdspace.directory.tests.geonames import wheel
from holdspace.meetings.times import Times

pytestmark = pytest.mark.django_db


def test_the_console_makes_the_list_of_towns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    assert main(["directory", "places", str(wheel(tmp_path))]) == 0
    assert "places are known now" in capsys.readouterr().out
    assert main(["directory", "places", str(tmp_path / "none.whl")]) == 1
    with sqlite3.connect(places.file()) as names:
        assert names.execute("PRAGMA quick_check").fetchone() == ("ok",)


def test_the_console_makes_dates_anew(capsys: pytest.CaptureFixture[str]) -> None:
    line = (Times("Europe/Berlin", "18:00", 90, weekday=1),)
    imports.take("hat", [Entry("hat", "1", "Lantern circle", online=True, times=line)])
    before = list(Slot.objects.values_list("next_start", flat=True))
    Slot.objects.all().delete()
    assert main(["directory", "refresh"]) == 0
    assert list(Slot.objects.values_list("next_start", flat=True)) == before
    assert "1 groups" in capsys.readouterr().out
