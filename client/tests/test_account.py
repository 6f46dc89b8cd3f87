"""Accounts, and what is left of them on a computer."""

import stat
from pathlib import Path

import pytest

from client.member import Member
from client.tests.conftest import Person, texts
from client.trouble import Trouble
from holdspace.sealing.errors import SealError
from tests.running import Running


def test_five_words_are_written_where_there_is_no_passphrase_yet(amara: Person) -> None:
    assert len(amara.file.read_text().split()) == 5
    assert stat.S_IMODE(amara.file.stat().st_mode) == 0o600
    assert len(amara.answer["recovery"].split("-")) == 7


def test_another_passphrase_opens_nothing(amara: Person, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("these are not the words")
    with Member(amara.home.folder) as again, pytest.raises(Trouble) as refused:
        again.unlock(wrong)
    assert refused.value.code == "wrong-key"
    assert refused.value.sentence == "That passphrase does not open your keys. Please look at it again."


def test_spaces_of_a_passphrase_count_and_one_newline_does_not(running: Running, tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_text("my own long phrase \n")
    with Member(tmp_path / "home", running.url) as eli:
        eli.sign_up("eli-with-a-space", file)
        file.write_text("my own long phrase ")
        eli.unlock(file)
        file.write_text("my own long phrase")
        with pytest.raises(Trouble) as refused:
            eli.unlock(file)
        assert refused.value.code == "wrong-key"


def test_a_short_passphrase_is_not_taken(running: Running, tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_text("too short")
    with Member(tmp_path / "home", running.url) as eli, pytest.raises(Trouble) as refused:
        eli.sign_up("eli-too-short", file)
    assert refused.value.code == "short-passphrase"


def test_the_recovery_code_sets_a_new_passphrase_once(
    ben: Person, amara: Person, together: str, tmp_path: Path
) -> None:
    ben.share(together, "still readable")
    new, code = tmp_path / "new", amara.answer["recovery"]
    with Member(tmp_path / "home", amara.server.origin) as again:
        recovered = again.recover(amara.name, code.lower().replace("-", " "), new)
        assert recovered["account"] == amara.answer["account"]
        assert recovered["recovery"] != code
        assert [each["text"] for each in again.read(together)["items"]] == ["still readable"]
        again.unlock(new)
    with Member(tmp_path / "other", amara.server.origin) as late, pytest.raises(Trouble) as refused:
        late.recover(amara.name, code, tmp_path / "newer")
    assert refused.value.code == "wrong-key"


def test_a_home_keeps_no_seed_and_no_word_in_the_clear(amara: Person, ben: Person, together: str) -> None:
    amara.share(together, "CANARY-WORDS")
    texts(amara, together)
    words = amara.file.read_bytes().strip()
    for file in (each for each in amara.home.folder.rglob("*") if each.is_file()):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
        kept = file.read_bytes()
        seed = amara.device.account.seed
        for secret in (words, b"CANARY", seed, seed.hex().encode(), b"Amara"):
            assert secret not in kept, file


def test_a_home_has_one_account_and_one_server(amara: Person, tmp_path: Path) -> None:
    with Member(amara.home.folder) as again, pytest.raises(Trouble) as taken:
        again.sign_up("somebody-else", tmp_path / "passphrase")
    assert taken.value.code == "home-taken"
    with pytest.raises(Trouble) as elsewhere:
        Member(amara.home.folder, "http://127.0.0.1:1")
    assert elsewhere.value.code == "other-server"


def test_a_server_that_names_another_account_gets_no_auth_key(
    amara: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    seal = amara.server.seal

    def lying(path: str, **body: object) -> dict[str, object]:
        asked.append(path)
        return seal(path, **body) | ({"account_id": "A" * 22} if path == "prelogin" else {})

    monkeypatch.setattr(amara.server, "seal", lying)
    with pytest.raises(SealError) as refused:
        amara.unlock(amara.file)
    assert (refused.value.code, asked) == ("key-mismatch", ["prelogin"])


def test_a_server_that_makes_guessing_cheap_gets_no_auth_key(
    amara: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal = amara.server.seal
    monkeypatch.setattr(amara.server, "seal", lambda path, **body: seal(path, **body) | {"profile": 0})
    with pytest.raises(SealError) as refused:
        amara.unlock(amara.file)
    assert refused.value.code == "kdf-floor"
