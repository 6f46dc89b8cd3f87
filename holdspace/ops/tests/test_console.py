"""The console: what it prints, what it leaves behind, and how it ends."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from conftest import Browser
from holdspace.accounts.models import Account, Network
from holdspace.console import main
from holdspace.sealing.codec import from_b64url, to_b64url
from holdspace.sealing.paper_code import RECOVERY, read_code, recovery_auth, recovery_wrap, steward_seed
from holdspace.sealing.primitives import e_public
from holdspace.sealing.wrap import unwrap_seed

SETUP = ["setup", "--name", "River network", "--language", "en"]


@pytest.fixture(autouse=True)
def same_umask() -> Iterator[None]:
    """The console narrows what its process makes; the tests' process goes on."""
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Where the steward sheet goes."""
    return tmp_path / "sheet.txt"


def run(*words: str) -> int:
    """A verb's exit status, however it ends."""
    try:
        return main(list(words))
    except SystemExit as end:
        return int(end.code or 0)


@pytest.mark.django_db
def test_setup_makes_a_network_whose_coordinator_can_sign_in(
    sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*SETUP, "--steward-sheet", str(sheet), "--coordinator", "Chidi") == 0
    printed = capsys.readouterr().out
    chidi, network = Account.objects.get(), Network.objects.get()
    code = _after("Recovery code", printed)
    secret = read_code(code, RECOVERY)
    proof = to_b64url(recovery_auth(secret, chidi.id))
    got = Browser().ask("recover", {"name": "chidi", "recovery_auth": proof}).json()
    published = (chidi.x_pub, chidi.e_pub)
    wrapped = from_b64url(got["wrapped"])
    assert unwrap_seed(wrapped, recovery_wrap(secret, chidi.id), chidi.id, method=2, published=published)
    assert (chidi.is_coordinator, chidi.is_lead, network.name) == (True, True, "River network")
    assert len(_after("Passphrase", printed).split()) == 5
    assert "has seen the passphrase" in printed


@pytest.mark.django_db
def test_the_steward_sheet_is_a_private_file_with_the_key_of_the_network(sheet: Path) -> None:
    from holdspace.ops.sheets import read_sheet

    run(*SETUP, "--steward-sheet", str(sheet))
    assert sheet.stat().st_mode & 0o777 == 0o600
    assert e_public(steward_seed(read_sheet(sheet))) == Network.objects.get().steward_pub


@pytest.mark.django_db
def test_setup_refuses_a_second_time(sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(*SETUP, "--steward-sheet", str(sheet))
    capsys.readouterr()
    other = tmp_path / "other.txt"
    assert run(*SETUP, "--steward-sheet", str(other)) == 1
    assert capsys.readouterr() == ("", "This network is set up already. Nothing was changed.\n")
    assert not other.exists()
    assert Account.objects.count() == 1


@pytest.mark.django_db
def test_an_old_sheet_is_never_written_over(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet.write_text("old")
    assert run(*SETUP, "--steward-sheet", str(sheet)) == 1
    assert "is there already" in capsys.readouterr().err
    assert (sheet.read_text(), Network.objects.count()) == ("old", 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [["--name", " "], ["--name", "x" * 81], ["--language", "klingon"], ["--coordinator", "x"]],
)
def test_half_a_setup_leaves_nothing(
    sheet: Path, wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*SETUP, "--steward-sheet", str(sheet), *wrong) == 1
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert (Account.objects.count(), Network.objects.count(), sheet.exists()) == (0, 0, False)


@pytest.mark.parametrize(
    "words", [[], ["dance"], ["setup"], ["steward", "promote", "x"], ["serve", "--fast"]]
)
def test_what_cannot_be_understood_is_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*words) == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_text_for_the_steward_may_begin_with_a_hyphen(
    sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(*SETUP, "--steward-sheet", str(sheet))
    capsys.readouterr()
    assert run("steward", "--sheet", str(sheet), "promote", "-" + "A" * 138) == 1
    assert capsys.readouterr().err == "This text is of a group which is not in this network.\n"


@pytest.mark.django_db
def test_check_says_what_is_missing_and_then_that_all_is_well(
    sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check") == 1
    assert "There is no network yet." in capsys.readouterr().err
    run(*SETUP, "--steward-sheet", str(sheet))
    capsys.readouterr()
    assert run("check") == 0, capsys.readouterr().err
    assert capsys.readouterr().out == "Everything is in order.\n"


@pytest.mark.django_db
def test_check_sees_a_secret_that_others_may_read(
    network: Network, capsys: pytest.CaptureFixture[str]
) -> None:
    pepper = settings.SECRETS / "seal_pepper"
    pepper.chmod(0o644)
    try:
        assert run("check") == 1
    finally:
        pepper.chmod(0o600)
    assert f"{pepper} can be read by others." in capsys.readouterr().err


@pytest.mark.django_db
def test_check_sees_a_door_without_tls(
    network: Network, settings: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.HOST = "0.0.0.0"  # type: ignore[attr-defined]  # noqa: S104
    assert run("check") == 1
    assert "without TLS" in capsys.readouterr().err


def test_a_member_needs_no_server_here(tmp_path: Path) -> None:
    seen = "import sys; from holdspace.console import main; main(['member', '--help']); print('django' in sys.modules)"
    environment = {**os.environ, "HOLDSPACE_DATA": str(tmp_path / "data")}
    done = subprocess.run(
        [sys.executable, "-c", seen], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("False\n")
    assert not (tmp_path / "data").exists()


def test_the_first_page_says_that_setup_is_to_come(db: None, client: Client) -> None:
    assert client.get("/").status_code == 200


def _after(label: str, printed: str) -> str:
    line = next(line for line in printed.splitlines() if label in line)
    return line.split(label)[1].strip()


@pytest.mark.django_db
def test_a_reset_prints_an_address_that_opens_and_nothing_else(
    amara: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("reset-account", "AMARA") == 0
    told = capsys.readouterr()
    assert told.out.count("\n") == 1
    assert "Amara" not in told.out + told.err
    assert Client().get(told.out.strip().partition("8000")[2]).status_code == 200


@pytest.mark.django_db
def test_a_reset_of_nobody_says_so(chidi: Account, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("reset-account", "nobody") == 1
    assert capsys.readouterr().err == "Nobody here has that sign-in name.\n"
