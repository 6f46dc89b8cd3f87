"""`make demo` as somebody meets it who has never seen Holdspace: killed, run again, looked at, left alone."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from client.demo.script import Script, scripts
from client.member import Member
from tests.running import BASE, Running, free_port

LONGEST_SECONDS = 240
FACILITATOR, MEMBER = "a facilitator", "a member"


class Demo:
    """`holdspace demo` on a folder, and what it prints."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.printed = data.parent / "printed.txt"

    def start(self, *words: str) -> "subprocess.Popen[bytes]":
        """Run it beside us."""
        inherited = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        with self.printed.open("wb") as printed:
            return subprocess.Popen(
                [sys.executable, "-m", "holdspace.console", "demo", *words],
                cwd=BASE,
                env={**inherited, "HOLDSPACE_DATA": str(self.data), "PORT": str(self.port)},
                stdout=printed,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_for(self, process: "subprocess.Popen[bytes]", what: str) -> str:
        """Everything printed, once `what` is among it."""
        for _ in range(LONGEST_SECONDS * 10):
            printed = self.printed.read_text()
            if what in printed:
                return printed
            assert process.poll() is None, printed
            time.sleep(0.1)
        raise AssertionError(printed)


class Ready(NamedTuple):
    """A finished demo that is served, what it printed, and how long it took."""

    demo: Demo
    process: "subprocess.Popen[bytes]"
    printed: str


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ready]:
    """A demo that was killed in the middle and run again."""
    demo = Demo(tmp_path_factory.mktemp("demo") / "data")
    process = demo.start()
    people = demo.data / "demo" / "people"
    for _ in range(LONGEST_SECONDS * 10):
        if people.is_dir() and len(list(people.iterdir())) > 3:
            break
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert not (demo.data / "demo" / "sign-ins.txt").exists(), "it was too quick to be killed in the middle"
    process = demo.start()
    yield Ready(demo, process, demo.wait_for(process, "Ctrl-C"))
    stop(process)


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Ctrl-C, which reaches the server and the members beside it."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(20)


def sign_in(ready: Ready, role: str, home: Path) -> Member:
    """Who is printed with that role, on a device of their own."""
    found = re.search(rf"{role} +(\S+) +(\w.*)", ready.printed)
    assert found
    home.mkdir()
    (home / "passphrase").write_text(found.group(2))
    member = Member(home / "home", ready.demo.url)
    member.sign_in(found.group(1), home / "passphrase")
    return member


def read_by(member: Member) -> dict[str, list[dict[str, object]]]:
    """What a member can read, group by group."""
    return {each["name"]: member.read(each["group"])["items"] for each in member.groups()["groups"]}


def said_in(script: Script) -> set[str]:
    """Every word of a script's shares, replies, chat and presence."""
    said = (each for scene in script.scenes for each in (scene.said, *scene.replies, *scene.here))
    return {each.text for each in said if each.text}


def test_a_demo_that_was_killed_begins_anew_and_is_finished(ready: Ready, tmp_path: Path) -> None:
    assert ready.demo.url in ready.printed
    with sign_in(ready, MEMBER, tmp_path / "heron") as member:
        found = read_by(member)
    scripted = {script.name: said_in(script) for script in scripts()}
    assert len(found) == 2
    for name, items in found.items():
        texts = [item["text"] for item in items if item["kind"] != "presence"]
        assert {item["state"] for item in items} == {"open"}
        assert len(texts) == len(set(texts))
        assert set(texts) <= scripted[name]
        assert len(texts) > 10


def test_the_facilitator_finds_somebody_waiting(ready: Ready, tmp_path: Path) -> None:
    with sign_in(ready, FACILITATOR, tmp_path / "wren") as wren:
        (group,) = wren.groups()["groups"]
        assert group["role"] == "facilitator"
        assert [each["name"] for each in wren.waiting(group["group"])["asks"]] == ["Oluchi"]


def test_the_coordinator_signs_in_and_is_in_no_group(ready: Ready, tmp_path: Path) -> None:
    with sign_in(ready, "a coordinator", tmp_path / "chidi") as chidi:
        assert chidi.groups()["groups"] == []


def test_no_word_of_the_demo_is_in_what_the_server_keeps(ready: Ready) -> None:
    files = [*ready.demo.data.glob("holdspace.sqlite3*"), ready.demo.printed]
    kept = [path.read_bytes() for path in files]
    scripted = scripts()
    words = {text for script in scripted for text in (*said_in(script), script.agreement)}
    hidden = {text.encode()[:40] for text in words if len(text) > 8}
    assert len(hidden) > 100
    assert not [text for text in hidden for content in kept if text in content]
    names = {name.encode() for script in scripted for name in script.people.values() if len(name) > 5}
    assert not [name for name in names for content in kept if name in content]
    # The same search finds what is there: a sign-in name.
    assert any(b"plover" in content for content in kept)


def test_a_second_run_serves_the_same_and_doubles_nothing(ready: Ready, tmp_path: Path) -> None:
    other = Demo(ready.demo.data)
    other.printed = tmp_path / "again.txt"
    assert other.start().wait(60) == 1
    assert "serves from" in other.printed.read_text()
    stop(ready.process)
    assert ready.process.returncode == 0
    assert "Traceback" not in ready.demo.printed.read_text()
    before = {path.name for path in (ready.demo.data / "demo" / "people").iterdir()}
    process = other.start()
    printed = other.wait_for(process, "Ctrl-C")
    try:
        assert printed.replace(other.url, ready.demo.url) in ready.printed
        assert {path.name for path in (ready.demo.data / "demo" / "people").iterdir()} == before
    finally:
        stop(process)
    assert other.start("--items", "10").wait(60) == 1
    assert "another size" in other.printed.read_text()


def test_a_network_that_is_no_demo_is_not_touched(tmp_path: Path) -> None:
    data = tmp_path / "data"
    Running(data).console(
        "setup", "--name", "Ours", "--language", "en", "--steward-sheet", str(tmp_path / "sheet")
    )
    before = (data / "holdspace.sqlite3").read_bytes()
    demo = Demo(data)
    assert demo.start().wait(60) == 1
    assert "holds a network that is not a demo. Nothing was changed." in demo.printed.read_text()
    assert (data / "holdspace.sqlite3").read_bytes() == before
    assert not (data / "demo").exists()


@pytest.mark.parametrize("members", ["1", "201"])
def test_a_long_group_of_nobody_is_refused(tmp_path: Path, members: str) -> None:
    demo = Demo(tmp_path / "data")
    assert demo.start("--items", "10", "--members", members).wait(60) == 1
    assert "has 2 to 200 members" in demo.printed.read_text()
