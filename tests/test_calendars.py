"""Ordinary calendar programs read a member's calendar from a real server: vdirsyncer fetches it, khal shows it."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import httpx
import pytest
from msgspec import to_builtins

from client import ids
from holdspace.meetings.occurrence import between
from holdspace.meetings.times import Moved, Pause, Times
from tests.members import Someone, admitted, company
from tests.running import Running, network

# Khal shows it on a clock far from those of the groups.
READER = ZoneInfo("Asia/Kolkata")
TODAY = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
# A year holds every change of clocks, forwards and back, there and here.
SPAN = (TODAY + timedelta(days=1), TODAY + timedelta(days=366))

FETCHES = """
[general]
status_path = "{home}/status"
[pair calendar]
a = "holdspace"
b = "here"
collections = null
conflict_resolution = "a wins"
[storage holdspace]
type = "http"
url = "{address}"
[storage here]
type = "filesystem"
path = "{home}/dates"
fileext = ".ics"
"""
SHOWS = """
[calendars]
[[dates]]
path = {home}/dates
readonly = True
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = {zone}
default_timezone = {zone}
[sqlite]
path = {home}/khal.db
"""


class Desk(NamedTuple):
    """Where somebody's calendar programs keep their things."""

    home: Path

    def subscribe(self, address: str) -> None:
        """Tell both programs of the address and of the folder between them."""
        (self.home / "dates").mkdir(parents=True)
        (self.home / "fetches").write_text(FETCHES.format(home=self.home, address=address))
        (self.home / "shows").write_text(SHOWS.format(home=self.home, zone=READER.key))
        self._run("vdirsyncer", "discover", answers="y\n" * 4)

    def fetch(self) -> subprocess.CompletedProcess[str]:
        """Look for what is new."""
        return self._run("vdirsyncer", "sync")

    def shown(self) -> list[str]:
        """Every date of the span, as khal says it: what it is called and when it begins. One that goes on over midnight it says on both days."""
        days = [day.astimezone(READER).strftime("%Y-%m-%d") for day in SPAN]
        form = "{title} {start-date} {start-time}"
        listed = self._run(
            "khal",
            "-c",
            str(self.home / "shows"),
            "list",
            "--notstarted",
            "--day-format",
            "",
            "--format",
            form,
            *days,
        )
        assert listed.returncode == 0, listed.stderr
        return sorted({line.strip() for line in listed.stdout.splitlines() if line.strip()})

    def _run(self, program: str, *words: str, answers: str = "") -> subprocess.CompletedProcess[str]:
        """Neither asks anybody anything: what they would ask is in their settings, and their input is at its end."""
        environment = {
            "HOME": str(self.home),
            "VDIRSYNCER_CONFIG": str(self.home / "fetches"),
            "PATH": "/usr/bin:/bin",
            "LC_ALL": "C.UTF-8",
            "no_proxy": "*",
        }
        command = [str(Path(sys.executable).parent / program), *words]
        return subprocess.run(
            command, input=answers, env=environment, capture_output=True, text=True, timeout=90, check=False
        )


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = network(tmp_path_factory.mktemp("calendars"))
    yield running
    running.stop()


@pytest.fixture
def group(server: Running, tmp_path: Path) -> Iterator[tuple[str, Someone, Someone]]:
    """Ben's group with Amara."""
    with company(server, tmp_path) as somebody:
        ben, amara = somebody("ben"), somebody("amara")
        started = ben.start_group("Tuesday evening", "Ben")["group"]
        admitted(started, ben, amara)
        yield started, ben, amara


def on(weekday: int, weeks: int) -> date:
    """A weekday some weeks from now."""
    begin = (TODAY + timedelta(weeks=weeks)).date()
    return begin + timedelta(days=(weekday - begin.weekday()) % 7)


def hours() -> list[Times]:
    """Three lines on three clocks, with a date left out, one moved, and a pause."""
    moved = Moved(on(1, 4), datetime.combine(on(2, 4), datetime.min.time()).replace(hour=19))
    paused = Pause(on(0, 6), on(0, 6) + timedelta(days=13))
    return [
        Times("Europe/Berlin", "18:00", 90, weekday=1, without=(on(1, 3),), moved=(moved,), pauses=(paused,)),
        Times("America/New_York", "23:30", 60, "nth", 3, nth=(2, -1), pauses=(paused,)),
        Times("Australia/Sydney", "20:00", 60, weekday=6, interval=2, anchor=on(6, 1)),
    ]


def expected(times: list[Times]) -> list[str]:
    """What khal should say, by our own reckoning."""
    first, last = (datetime.combine(day.astimezone(READER), datetime.min.time(), READER) for day in SPAN)
    found = [each.start for line in times for each in between(line, first, last + timedelta(days=1))]
    return sorted(
        f"Appointment {start.astimezone(READER):%Y-%m-%d %H:%M}" for start in found if start >= first
    )


def set_hours(ben: Someone, group: str, times: list[Times]) -> None:
    ben.device.ask("set-hours", group=ids.parse(group), times=to_builtins(times))


def test_khal_shows_every_date_follows_what_changes_and_the_address_is_written_nowhere(
    server: Running, group: tuple[str, Someone, Someone], tmp_path: Path
) -> None:
    started, ben, amara = group
    set_hours(ben, started, hours())
    secret: Any = amara.server.seal("calendar/new")["secret"]
    desk = Desk(tmp_path / "desk")
    desk.subscribe(f"{server.url}/calendar/{secret}.ics")
    assert desk.fetch().returncode == 0
    assert desk.shown() == expected(hours())
    assert len(expected(hours())) > 80

    later = hours()[:1]
    set_hours(ben, started, later)
    assert desk.fetch().returncode == 0
    assert desk.shown() == expected(later)

    wrong = httpx.get(f"{server.url}/calendar/{secret}x.ics", trust_env=False)
    assert wrong.status_code == 404
    files = [path for path in server.data.rglob("*") if path.is_file()]
    assert len(files) > 3
    assert not [path.name for path in files if secret.encode() in path.read_bytes()]

    amara.server.seal("calendar/end")
    ended = desk.fetch()
    assert ended.returncode != 0
    assert desk.shown() == expected(later), "what a program fetched before stays with it, as the page says"
