"""The demo's words, and the members who say them (client/demo)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from client.demo.company import Company
from client.demo.filling import FACILITATOR, MEMBER
from client.demo.growing import Growth
from client.demo.playing import Play
from client.demo.script import FOLDER, KNOCK, LEAVE, SHARE, Script, mistakes, read, scripts
from client.trouble import Trouble
from tests.running import Running

GROUP = """
name = "Tuesday circle"
meets = "online"
language = "en"
model = "consent-first"
agreement = "What is said here stays here."

[people]
ben-of-the-demo = "Ben"
amara-of-the-demo = "Amara"
eli-of-the-demo = "Eli"
dana-of-the-demo = "Dana"

[[scenes]]
come = ["amara-of-the-demo", "eli-of-the-demo"]

[[scenes]]
by = "amara-of-the-demo"
share = "I could not sleep again."
help = "be-with-me"
[[scenes.replies]]
by = "eli-of-the-demo"
text = "I am here."
[[scenes.replies]]
by = "amara-of-the-demo"
text = "It is quieter now."
part = true
[[scenes.here]]
by = "ben-of-the-demo"
text = "With you."

[[scenes]]
by = "eli-of-the-demo"
chat = "The door sticks. Push."

[[scenes]]
leave = ["eli-of-the-demo"]

[[scenes]]
guide = ["amara-of-the-demo"]

[[scenes]]
by = "ben-of-the-demo"
share = "After Eli."

[[scenes]]
knock = ["dana-of-the-demo"]
"""


@pytest.fixture
def company(running: Running, tmp_path: Path) -> Iterator[Company]:
    """Nobody yet."""
    everybody = Company(running.url, tmp_path / "demo")
    yield everybody
    everybody.close()


def script_of(folder: Path, text: str) -> Script:
    path = folder / "circle.toml"
    path.write_text(text)
    return read(path)


def test_every_group_of_the_demo_holds_together() -> None:
    found = scripts()
    assert [(script.file, *mistakes(script)) for script in found] == [(each.file,) for each in found]
    assert len(found) >= 6
    assert len({script.language for script in found}) >= 3
    assert {script.meets for script in found} == {"in person", "online", "in writing"}


def test_the_demo_has_what_there_is_to_see() -> None:
    found = scripts()
    doings = {scene.doing for script in found for scene in script.scenes}
    assert {KNOCK, LEAVE, "guide", "chat"} <= doings
    shares = [scene for script in found for scene in script.scenes if scene.doing == SHARE]
    assert {scene.help_wanted for scene in shares} >= {
        "be-with-me",
        "share-experience",
        "ideas-welcome",
        None,
    }
    assert any(not scene.replies for scene in shares), "nobody is ever met with silence"
    names = [script.people[MEMBER] for script in found if MEMBER in script.people]
    assert len(set(names)) == 2, "one member is in two groups under different names"
    guided = [script for script in found if script.founder == FACILITATOR]
    assert any(scene.doing == KNOCK for script in guided for scene in script.scenes)


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('language = "en"', 'language = "klingon"', "klingon"),
        ('text = "With you."', f'text = "{"w" * 81}"', "too long"),
        ('[[scenes.here]]\nby = "ben', '[[scenes.here]]\nby = "amara', "present at their own share"),
        ('[[scenes.here]]\nby = "ben-of-the', '[[scenes.here]]\nby = "dana-of-the', "dana-of-the-demo can't"),
        ('by = "amara-of-the-demo"\ntext', 'by = "ben-of-the-demo"\ntext', "only who shared goes on"),
        ('chat = "The door', 'help = "be-with-me"\nchat = "The door', "unknown in a scene: help"),
        ('language = "en"', 'language = "ar"', "reviewed_by_native_speaker"),
        ('meets = "online"', 'meets = "nowhere"', "meets"),
        ('help = "be-with-me"', 'help = "likes"', "likes"),
        ('share = "After Eli."', 'share = " "', "says nothing"),
        ('share = "After Eli."', "", "has one of"),
        ('by = "eli-of-the-demo"', 'by = "dana-of-the-demo"', "dana-of-the-demo can't"),
        ('by = "ben-of-the-demo"', 'by = "eli-of-the-demo"', "eli-of-the-demo can't"),
        ('guide = ["amara-of-the-demo"]', 'guide = ["eli-of-the-demo"]', "eli-of-the-demo can't"),
        ('knock = ["dana-of-the-demo"]', 'knock = ["zoe"]', "zoe can't"),
        ('knock = ["dana-of-the-demo"]', 'knock = ["amara-of-the-demo"]', "amara-of-the-demo can't"),
        ('knock = ["dana-of-the-demo"]', 'leave = ["amara-of-the-demo"]', "dana-of-the-demo never come"),
        ("[people]", "people = 7\n[others]", "unknown: others"),
    ],
)
def test_a_mistake_in_a_group_is_told_with_its_file(
    tmp_path: Path, right: str, wrong: str, told: str
) -> None:
    assert right in GROUP
    (tmp_path / "circle.toml").write_text(GROUP.replace(right, wrong))
    with pytest.raises(Trouble) as refused:
        scripts(tmp_path)
    assert refused.value.sentence.startswith("circle.toml: ")
    assert told in refused.value.sentence


def test_who_comes_after_a_knock_would_let_the_knocker_in(tmp_path: Path) -> None:
    late = GROUP.replace('come = ["amara-of-the-demo", "eli-of-the-demo"]', 'come = ["eli-of-the-demo"]', 1)
    script = script_of(tmp_path, late + '\n[[scenes]]\ncome = ["amara-of-the-demo"]\n')
    assert any("after a knock" in mistake for mistake in mistakes(script))


def test_a_played_group_is_read_by_its_members(company: Company, tmp_path: Path) -> None:
    play = Play(company, script_of(tmp_path, GROUP))
    play.play()
    ben, amara = (company.member(f"{name}-of-the-demo") for name in ("ben", "amara"))
    by_kind = {each["kind"]: each for each in amara.read(play.group)["items"] if not each["part"]}
    shared, reply, after = (
        each
        for each in amara.read(play.group)["items"]
        if each["kind"] in ("share", "reply") and not each["part"]
    )
    assert (by_kind["chat"]["name"], by_kind["chat"]["text"]) == ("Eli", "The door sticks. Push.")
    assert (by_kind["presence"]["name"], by_kind["presence"]["text"]) == ("Ben", "With you.")
    parts = [each["text"] for each in amara.read(play.group)["items"] if each["part"]]
    assert (parts, shared["more"]) == (["It is quieter now."], False)
    assert (shared["name"], shared["text"], shared["help_wanted"]) == (
        "Amara",
        "I could not sleep again.",
        "be-with-me",
    )
    assert (reply["name"], reply["text"], reply["parent"]) == ("Eli", "I am here.", shared["item"])
    assert after["epoch"] > shared["epoch"], "who left reads nothing that is said after"
    assert [each["name"] for each in ben.waiting(play.group)["asks"]] == ["Dana"]
    assert amara.groups()["groups"][0]["role"] == "facilitator"
    assert len(company.passphrase("dana-of-the-demo").split()) == 5


def test_a_long_group_has_so_many_items_and_members(company: Company) -> None:
    first = ["founder-of-many", "second-of-many"]
    group = Growth(company, first, 5).grow(23)
    read_by_second = company.member(first[1]).read(group)["items"]
    assert len(read_by_second) == 23
    assert {each["state"] for each in read_by_second} == {"open"}
    shares = {each["item"] for each in read_by_second if each["kind"] == "share"}
    assert all(each["parent"] in shares for each in read_by_second if each["kind"] == "reply")
    assert company.member(first[0]).log(group)["readers"] == 5


def test_the_folder_of_groups_is_where_the_files_are() -> None:
    assert list(FOLDER.glob("*.toml"))
