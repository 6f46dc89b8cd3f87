"""The command line as a person or a script meets it."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from client import ids
from client.command import main, parser
from tests.listed import TITLE, list_group
from tests.running import BASE, Running

Run = Callable[..., Any]
UNKNOWN_HELP = ["share", "x", "--text", "y", "--help-wanted", "advice"]


@pytest.fixture
def run(running: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a verb as somebody; the JSON it printed."""

    def run_as(who: str, *words: str) -> Any:
        status = main([*as_somebody(running, tmp_path, who), "--json", *words])
        told = capsys.readouterr()
        assert (status, told.err) == (0, "")
        return json.loads(told.out)

    return run_as


def as_somebody(running: Running, folder: Path, who: str) -> list[str]:
    file = str(folder / f"{who}.passphrase")
    return ["--home", str(folder / who), "--server", running.url, "--passphrase-file", file]


def test_every_verb_answers_in_json(run: Run, tmp_path: Path) -> None:
    names = {who: f"{who}-{tmp_path.name}" for who in ("ben", "amara", "dana")}
    for who, name in names.items():
        assert set(run(who, "sign-up", name[-40:])) == {"account", "recovery"}
    group = run("ben", "start-group", "--name", "Tuesday circle", "--my-name", "Ben")["group"]
    link = run("ben", "invite", group)["link"]
    assert run("amara", "card", link)["name"] == "Tuesday circle"
    assert run("amara", "join", link, "--name", "Amara") == {"group": group, "state": "waiting"}
    assert [each["name"] for each in run("ben", "waiting", group)["asks"]] == ["Amara"]
    assert [each["name"] for each in run("ben", "admit", group)["admitted"]] == ["Amara"]
    shared = run("ben", "share", group, "--text", "Hello", "--help-wanted", "questions-ok")
    assert run("amara", "reply", group, shared["item"], "--text", "Why?")["seq"] > shared["seq"]
    items = run("amara", "read", group)["items"]
    assert [(each["kind"], each["text"]) for each in items] == [("share", "Hello"), ("reply", "Why?")]
    assert [each["text"] for each in run("ben", "read", group, "--after", str(shared["seq"]))["items"]] == [
        "Why?"
    ]
    part = run("ben", "part", group, shared["item"], "--text", "And on", "--more")
    run("ben", "edit", group, part["item"], "--text", "And so on")
    run("amara", "withdraw", group, run("amara", "chat", group, "--text", "Here")["item"])
    run("amara", "presence", group, shared["item"], "--words", "With you")
    told = [(each["kind"], each["state"], each["text"]) for each in run("ben", "read", group)["items"][2:]]
    assert told == [
        ("reply", "open", "And so on"),
        ("chat", "withdrawn", None),
        ("presence", "open", "With you"),
    ]
    run("dana", "join", run("ben", "invite", group)["link"], "--name", "Dana")
    run("ben", "decline", group, run("ben", "waiting", group)["asks"][0]["member"])
    assert run("dana", "groups")["asked"] == [{"group": group, "state": "declined"}]
    run("ben", "promote", group, "Amara")
    assert run("amara", "groups")["groups"][0]["role"] == "facilitator"
    assert run("ben", "leave", group) == {"group": group, "state": "left"}
    log = run("amara", "log", group)
    assert (log["entries"][0]["type"], log["entries"][-2]["type"], log["readers"]) == ("genesis", "leave", 1)
    assert run("ben", "notices") == {"notices": []}


def test_who_found_a_listing_asks_without_a_link(run: Run, running: Running, tmp_path: Path) -> None:
    for who in ("ben", "amara"):
        run(who, "sign-up", f"{who}-{tmp_path.name}"[-40:])
    group = run("ben", "start-group", "--name", "Tuesday circle")["group"]
    listing = list_group(running, ids.parse(group))
    asked = run("amara", "ask-listing", listing, "--title", TITLE)
    assert run("amara", "requests") == {"requests": [asked]}
    run("amara", "take-request-back", group)
    assert run("amara", "requests") == {"requests": []}
    run("amara", "ask-listing", listing)
    assert len(run("ben", "let-come", group)["requests"]) == 1
    assert run("amara", "requests")["requests"][0]["state"] == "invited"
    assert run("amara", "come", group, "--name", "Amara") == {"group": group, "state": "waiting"}
    assert [each["name"] for each in run("ben", "admit", group)["admitted"]] == ["Amara"]


@pytest.mark.parametrize("words", ["just be with me", "Just  be with ME", "be-with-me"])
def test_what_would_help_is_said_as_on_screen(words: str) -> None:
    asked = ["share", "x", "--text", "y", "--help-wanted", words]
    options = parser().parse_args(["--home", "h", "--passphrase-file", "f", *asked])
    assert options.help_wanted == "be-with-me"


def test_a_refusal_is_one_sentence_and_exit_1(
    running: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*as_somebody(running, tmp_path, "eli"), "read", "1b4e28ba-2fa1-41d2-883f-b9a761bde3fb"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "You are not signed in here. Use sign-up or sign-in first.\n"


@pytest.mark.parametrize(
    "words",
    [[], ["read"], ["unheard-of"], ["share", "x"], ["read", "x", "--after", "soon"], UNKNOWN_HELP],
    ids=str,
)
def test_a_command_that_cannot_be_read_ends_with_2(
    running: Running, tmp_path: Path, words: list[str]
) -> None:
    assert main([*as_somebody(running, tmp_path, "eli"), *words]) == 2


def test_nobody_at_the_address_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = ["--home", str(tmp_path / "home"), "--passphrase-file", str(tmp_path / "passphrase")]
    for url in ("http://127.0.0.1:1", "gopher://x", "nonsense"):
        assert main([*folder, "--server", url, "sign-up", "eli"]) == 1
        assert capsys.readouterr().err == "Nobody answers at that address. Check it, or try again later.\n"


def test_words_come_from_standard_input_and_go_out_in_plain_lines(running: Running, tmp_path: Path) -> None:
    def run_apart(*words: str, given: str = "") -> str:
        command = [sys.executable, "-m", "client", *as_somebody(running, tmp_path, "amara"), *words]
        done = subprocess.run(
            command, cwd=BASE, input=given, capture_output=True, text=True, timeout=60, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    run_apart("sign-up", f"amara-{tmp_path.name}"[-40:])
    group = run_apart("start-group", "--name", "Alone").split()[-1]
    assert "1 person can read this." in run_apart("share", group, "--text", "-", given="two\nlines\n")
    assert "  two\n  lines\n" in run_apart("read", group)
    assert "1 person can read what is said now." in run_apart("log", group)
