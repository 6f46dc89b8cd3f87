"""Settings from the environment: what makes no sense stops the start; secrets are made once and are private."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from holdspace import env

BASE = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    ("value", "is_on"), [("1", True), ("Yes", True), ("off", False), ("", False), ("0", False)]
)
def test_flags(monkeypatch: pytest.MonkeyPatch, value: str, is_on: bool) -> None:
    monkeypatch.setenv("A_FLAG", value)
    assert env.flag("A_FLAG") is is_on


def test_a_flag_that_is_neither_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_FLAG", "perhaps")
    with pytest.raises(SystemExit, match="A_FLAG should be yes or no"):
        env.flag("A_FLAG")


@pytest.mark.parametrize("value", ["0", "11", "-1", "x", "1.5", "\u0665"])
def test_a_number_out_of_bounds_stops_the_start(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("A_NUMBER", value)
    with pytest.raises(SystemExit, match="from 1 to 10"):
        env.number("A_NUMBER", 5, 1, 10)


def test_a_number_has_a_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_NUMBER", "")
    assert env.number("A_NUMBER", 5, 1, 10) == 5


@pytest.mark.parametrize(
    "value", ["wikipedia.org", "javascript:alert(1)", "https://", "https://a@b/", "https://a b/"]
)
def test_an_address_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("AN_ADDRESS", value)
    with pytest.raises(SystemExit, match="AN_ADDRESS should be the address of a page"):
        env.address("AN_ADDRESS", "https://weather.example/")


def test_an_address_has_a_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AN_ADDRESS", "")
    assert env.address("AN_ADDRESS", "https://weather.example/") == "https://weather.example/"
    monkeypatch.setenv("AN_ADDRESS", "https://news.example/today")
    assert env.address("AN_ADDRESS", "https://weather.example/") == "https://news.example/today"


def test_a_secret_is_made_once_and_is_private(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    first = env.secret("A_SECRET", folder)
    assert (len(first), env.secret("A_SECRET", folder)) == (32, first)
    assert (folder / "a_secret").stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in folder.iterdir()] == ["a_secret"]


def test_a_secret_may_stand_in_a_file_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine").write_text("ab" * 32)
    monkeypatch.setenv("A_SECRET_FILE", str(tmp_path / "mine"))
    assert env.secret("A_SECRET", tmp_path / "other") == b"\xab" * 32
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("content", ["", "ab", "zz" * 32, "ab" * 33])
def test_a_damaged_secret_stops_the_start(tmp_path: Path, content: str) -> None:
    (tmp_path / "a_secret").write_text(content)
    with pytest.raises(SystemExit, match="a_secret"):
        env.secret("A_SECRET", tmp_path)


def test_a_list_of_secrets_has_an_end(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("\n".join(f"{n:064x}" for n in range(4)))
    with pytest.raises(SystemExit, match="more than 3"):
        env.secret_list("KEYS", tmp_path, 3)
    assert [key[-1] for key in env.secret_list("KEYS", tmp_path, 4)] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({"PORT": "none"}, "PORT should be a number"),
        ({"HOLDSPACE_HOSTS": "*"}, "HOLDSPACE_HOSTS"),
        ({"HOLDSPACE_TLS_CERT": "/a"}, "belong together"),
        ({"HOLDSPACE_BEHIND_PROXY": "maybe"}, "HOLDSPACE_BEHIND_PROXY"),
    ],
)
def test_a_start_that_makes_no_sense_ends_with_a_sentence(
    tmp_path: Path, setting: dict[str, str], sentence: str
) -> None:
    inherited = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-m", "holdspace.console", "check"],
        cwd=BASE,
        env=inherited | {"HOLDSPACE_DATA": str(tmp_path)} | setting,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
