"""Somebody may know the passphrase: new keys in the account first, then in each group, wherever it stops."""

from pathlib import Path
from typing import Any

import pytest

from client import renewing
from client.member import Member
from client.tests.conftest import People, Person, let_in, texts
from client.trouble import Trouble
from holdspace.sealing import log_entry
from holdspace.sealing.errors import SealError


def types(person: Member, group: str) -> list[str]:
    """What happened in the list."""
    return [each["type"] for each in person.log(group)["entries"]]


def test_new_keys_reach_every_group_and_nothing_is_lost(
    ben: Person, amara: Person, together: str, tmp_path: Path
) -> None:
    own = amara.start_group("Amara's own", "Amara")["group"]
    amara.share(own, "in her own group")
    ben.share(together, "before")
    amara.share(together, "hers, before")
    old_link = amara.invite(own)["link"]
    amara.new_keys(amara.file, tmp_path / "new words")
    assert types(amara, own)[-2:] == ["update-key", "set-fkey"]
    assert types(amara, together)[-1] == "update-key"
    ben.share(together, "after")
    assert texts(amara, together) == ["before", "hers, before", "after"]
    assert texts(amara, own) == ["in her own group"]
    ben.join(old_link, "Ben")
    assert amara.admit(own)["admitted"], "the facilitators' older key came along"
    with Member(tmp_path / "another", amara.server.origin) as other:
        other.sign_in(amara.name, tmp_path / "new words")
        assert texts(other, together) == ["before", "hers, before", "after"]
    with Member(tmp_path / "third", amara.server.origin) as third, pytest.raises(Trouble) as refused:
        third.sign_in(amara.name, amara.file)
    assert refused.value.code == "wrong-key"


def test_wherever_it_stops_another_device_goes_on(
    ben: Person, amara: Person, together: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line breaks after the first of two groups: with the new words everything opens, and the rest is done unasked."""
    own = amara.start_group("Amara's own", "Amara")["group"]
    amara.share(own, "hers")
    ben.share(together, "before")
    renewed: list[bytes] = []
    really = renewing.renew

    def breaks(group: Any) -> None:
        if renewed:
            raise Trouble("unreachable")
        renewed.append(group.id)
        really(group)

    monkeypatch.setattr(renewing, "renew", breaks)
    with pytest.raises(Trouble):
        amara.new_keys(amara.file, tmp_path / "new words")
    monkeypatch.setattr(renewing, "renew", really)
    with Member(tmp_path / "another", amara.server.origin) as other:
        other.sign_in(amara.name, tmp_path / "new words")
        assert texts(other, together) == ["before"]
        assert texts(other, own) == ["hers"]
        assert [types(other, group).count("update-key") for group in (own, together)] == [1, 1]
        other.share(together, "on with the new ones")
    assert texts(ben, together) == ["before", "on with the new ones"]


def test_keys_changed_twice_open_what_is_sealed_to_the_first(
    ben: Person, amara: Person, together: str, tmp_path: Path
) -> None:
    ben.share(together, "before")
    ben.remove(together, "Amara", "For a while.")
    amara.new_keys(amara.file, tmp_path / "second")
    assert amara.notices()["notices"][0]["text"] == "For a while."
    amara.new_keys(tmp_path / "second", tmp_path / "third")
    assert amara.notices()["notices"][0]["text"] == "For a while."


def test_a_wrong_passphrase_changes_nothing(amara: Person, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("not hers, this one")
    with pytest.raises(Trouble) as refused:
        amara.new_keys(wrong, tmp_path / "new words")
    assert refused.value.code == "wrong-key"
    assert amara.unlock(amara.file)


def test_an_old_key_update_shown_again_is_refused(
    person: People, ben: Person, amara: Person, together: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that shows the list as it was before the newest keys, or the same change twice."""
    amara.new_keys(amara.file, tmp_path / "second")
    amara.new_keys(tmp_path / "second", tmp_path / "third")
    let_in(ben, person("dana"), together, "Dana")
    texts(amara, together)
    datas = [entry.data for entry in ben.group(together).entries]
    first = next(i for i, each in enumerate(datas) if each[3] == log_entry.UPDATE_KEY)
    for lied, code in ((datas[: first + 1], "log-rollback"), ([*datas, datas[first]], "log-chain")):
        with Member(tmp_path / code, amara.server.origin) as other:
            other.sign_in(amara.name, tmp_path / "third")
            ask = other.server.ask

            def lie(verb: str, ask: Any = ask, lied: list[bytes] = lied, **args: Any) -> Any:
                log = {"open": lied[args.get("log_after", 0) + 1 :], "log": []}.get(verb)
                return ask(verb, **args) | ({"log": log} if log is not None else {})

            monkeypatch.setattr(other.server, "ask", lie)
            with pytest.raises(SealError) as refused:
                other.share(together, "to whom?")
            assert refused.value.code == code
