"""Two and three people talk."""

import pytest

from client.member import Member
from client.tests.conftest import People, Person, let_in, texts
from client.trouble import Trouble


def test_two_people_share_and_reply(ben: Person, amara: Person, together: str) -> None:
    shared = ben.share(together, "I could not sleep again.", "be-with-me")
    answered = amara.reply(together, shared["item"], "I am here 🌊 أنا هنا")
    assert answered["seq"] > shared["seq"]
    assert shared["readers"] == 2
    first, second = ben.read(together)["items"]
    assert (first["text"], first["help_wanted"]) == ("I could not sleep again.", "be-with-me")
    assert (second["name"], second["parent"]) == ("Amara", shared["item"])
    assert second["text"] == "I am here 🌊 أنا هنا"
    assert amara.read(together)["items"] == [first, second]


def test_reading_goes_on_after_a_number(ben: Person, amara: Person, together: str) -> None:
    seqs = [ben.share(together, f"word {number}")["seq"] for number in range(3)]
    assert texts(amara, together, seqs[0]) == ["word 1", "word 2"]
    assert texts(amara, together, seqs[2]) == []


def test_reading_pages_through_everything(
    ben: Person, amara: Person, together: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("client.reading.PAGE", 2)
    for number in range(5):
        ben.share(together, f"word {number}")
    assert texts(amara, together) == [f"word {number}" for number in range(5)]


def test_a_newcomer_reads_nothing_older(person: People, ben: Person, amara: Person, together: str) -> None:
    ben.share(together, "before")
    dana = person("dana")
    let_in(ben, dana, together, "Dana")
    amara.share(together, "after")
    answer = dana.read(together)
    assert [each["text"] for each in answer["items"]] == ["after"]
    assert answer["before"]
    assert texts(amara, together) == ["before", "after"]


def test_a_newcomer_knows_every_name_and_the_agreement(
    person: People, ben: Person, amara: Person, together: str
) -> None:
    dana = person("dana")
    let_in(ben, dana, together, "Dana")
    seen = dana.group(together)
    assert seen.names.group == "Tuesday circle"
    assert seen.names.agreement
    assert {seen.name_of(each.id) for each in seen.state.active()} == {"Ben", "Amara", "Dana"}
    assert dana.log(together)["readers"] == 3


def test_words_reach_a_second_device_of_the_same_account(
    ben: Person, amara: Person, together: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    ben.share(together, "on both")
    with Member(tmp_path_factory.mktemp("other"), amara.server.origin) as other:
        other.sign_in(amara.name, amara.file)
        assert [each["text"] for each in other.read(together)["items"]] == ["on both"]


def test_somebody_else_finds_nothing(person: People, ben: Person, together: str) -> None:
    dana = person("dana")
    with pytest.raises(Trouble) as here:
        dana.read(together)
    with pytest.raises(Trouble) as nowhere:
        dana.read("1b4e28ba-2fa1-41d2-883f-b9a761bde3fb")
    assert here.value.code == nowhere.value.code == "not-found"


@pytest.mark.parametrize(("text", "code"), [("  ", "no-text"), ("x" * 20_001, "long-text")])
def test_words_that_cannot_be_sent_are_told(ben: Person, group: str, text: str, code: str) -> None:
    with pytest.raises(Trouble) as refused:
        ben.share(group, text)
    assert refused.value.code == code


def test_the_longest_words_arrive(ben: Person, amara: Person, together: str) -> None:
    ben.share(together, "ж" * 20_000)
    assert texts(amara, together) == ["ж" * 20_000]
