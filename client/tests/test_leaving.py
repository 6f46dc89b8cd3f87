"""The end of an account: its words, its groups, its name."""

from pathlib import Path

import pytest

from client.member import Member
from client.tests.conftest import People, Person, let_in, texts
from client.trouble import Trouble
from tests.running import Running

DAY_MS = 24 * 3600 * 1000


def test_what_stays_is_a_former_members(ben: Person, amara: Person, together: str) -> None:
    amara.share(together, "she said")
    told = amara.delete_account(amara.file, "leave")
    assert told["copies_end"] - told["deleted"] == 14 * DAY_MS
    items = ben.read(together)["items"]
    assert [(each["text"], each["name"]) for each in items] == [("she said", "A former member")]
    ben.share(together, "we remember")
    assert ben.log(together)["readers"] == 1
    assert not list(amara.home.folder.glob("*.json"))


def test_what_is_taken_back_is_gone_for_all(ben: Person, amara: Person, together: str) -> None:
    item = amara.share(together, "she said")["item"]
    ben.reply(together, item, "heard")
    amara.share(together, "and more")
    amara.delete_account(amara.file, "withdraw")
    assert "she said" not in texts(ben, together)
    assert "and more" not in texts(ben, together)


def test_the_name_is_free_and_looks_like_one_nobody_had(
    running: Running, amara: Person, tmp_path: Path
) -> None:
    name, before = amara.name, amara.server.seal("prelogin", name=amara.name)
    amara.delete_account(amara.file, "leave")
    with Member(tmp_path / "stranger", running.url) as stranger:
        after = [stranger.server.seal("prelogin", name=name) for _ in range(2)]
        assert after[0] == after[1] != before
        with pytest.raises(Trouble) as refused:
            stranger.sign_in(name, amara.file)
        assert refused.value.code == "wrong-key"
        assert stranger.sign_up(name, tmp_path / "words")["account"]


def test_the_last_facilitator_hands_over_first(ben: Person, amara: Person, together: str) -> None:
    with pytest.raises(Trouble) as refused:
        ben.delete_account(ben.file, "leave")
    assert refused.value.code == "last-facilitator"
    ben.promote(together, "Amara")
    assert ben.delete_account(ben.file, "leave")
    assert amara.share(together, "on we go")["readers"] == 1


def test_who_is_alone_closes_the_group(ben: Person, group: str) -> None:
    ben.share(group, "to nobody")
    assert ben.delete_account(ben.file, "leave")


def test_who_has_no_keys_is_removed_by_a_facilitator(
    person: People, running: Running, ben: Person, amara: Person, together: str, tmp_path: Path
) -> None:
    let_in(ben, person("dana"), together, "Dana")
    address = running.console("reset-account", amara.name).strip()
    with Member(tmp_path / "again", running.url) as again:
        again.reset(address, tmp_path / "words")
        assert again.delete_account(tmp_path / "words", "leave")
    found = ben.group(together)
    left = ben.device.ask("waiting", group=found.id)["left_behind"]
    assert left == [found.find("Amara").id]
    ben.remove(together, "Amara", "You asked for it.")
    assert ben.device.ask("waiting", group=found.id)["left_behind"] == []
    assert ben.log(together)["readers"] == 2


def test_a_wrong_passphrase_deletes_nothing(
    ben: Person, amara: Person, together: str, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("not hers, this one")
    with pytest.raises(Trouble) as refused:
        amara.delete_account(wrong, "leave")
    assert refused.value.code == "wrong-key"
    assert amara.share(together, "still here")["readers"] == 2
