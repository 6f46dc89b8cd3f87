"""A group whose facilitator lost their keys: the steward signs, a member adds it, and nothing else can be signed."""

from pathlib import Path

import pytest

from holdspace.accounts.models import Network
from holdspace.groups.tests.cast import Circle, Person
from holdspace.ops.first_visit import set_up_network
from holdspace.ops.steward import promote
from holdspace.ops.trouble import Trouble
from holdspace.sealing.codec import from_b64url, to_b64url, u32
from holdspace.sealing.log_payload import FACILITATOR, Policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """The sheet of a network that is set up."""
    path = tmp_path / "sheet.txt"
    set_up_network("River network", "en", "Chidi", path)
    return path


@pytest.fixture
def amara() -> Person:
    """A member."""
    return Person.named("Amara")


@pytest.fixture
def circle(sheet: Path, amara: Person) -> Circle:
    """Ben guides, Amara is a member."""
    network, ben = Network.objects.get(), Person.named("Ben")
    leads = tuple((bytes.fromhex(name), bytes.fromhex(key)) for name, key in network.leads)
    circle = Circle()
    circle.append(
        ben, circle.genesis(ben, policy=Policy(steward=network.steward_pub, leads=leads, member_cap=60))
    )
    return circle.admit(ben, amara)


def request_of(circle: Circle, who: str) -> str:
    """What the page of a member shows."""
    state = circle.now
    parts = (circle.id, circle.ids[who], u32(state.seq), state.head, u32(state.epoch), state.epoch_commit)
    return to_b64url(b"".join(parts))


def test_a_member_becomes_facilitator_with_the_stewards_word(
    sheet: Path, circle: Circle, amara: Person
) -> None:
    signed = from_b64url(promote(sheet, request_of(circle, "Amara")))
    circle.append(amara, {"group": circle.id, "entries": [signed]})
    assert circle.now.members[circle.ids["Amara"]].role == FACILITATOR


def test_a_text_broken_into_lines_is_read(sheet: Path, circle: Circle) -> None:
    text = request_of(circle, "Amara")
    assert promote(sheet, f" {text[:40]}\n{text[40:]}\n")


def test_an_old_text_is_refused(sheet: Path, circle: Circle, amara: Person) -> None:
    old = request_of(circle, "Amara")
    circle.append(amara, circle.rekeying(amara))
    with pytest.raises(Trouble, match="has changed since"):
        promote(sheet, old)


@pytest.mark.parametrize("text", ["", "abc", "not base64!", "A" * 140, "A" * 300])
def test_another_text_is_refused(sheet: Path, text: str) -> None:
    with pytest.raises(Trouble, match="not the text of a member's page"):
        promote(sheet, text)


def test_a_group_of_another_network_is_refused(sheet: Path) -> None:
    with pytest.raises(Trouble, match="not in this network"):
        promote(sheet, to_b64url(bytes(104)))


def test_somebody_who_is_no_member_is_refused(sheet: Path, circle: Circle) -> None:
    circle.ids["Eli"] = bytes(range(16))
    with pytest.raises(Trouble, match="rules of the group's log"):
        promote(sheet, request_of(circle, "Eli"))


def test_a_sheet_of_another_network_is_refused(circle: Circle, sheet: Path) -> None:
    Network.objects.update(steward_pub=bytes(32))
    with pytest.raises(Trouble, match="another network"):
        promote(sheet, request_of(circle, "Amara"))


@pytest.mark.parametrize("content", ["", "nothing here", "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAB"])
def test_a_sheet_without_a_whole_code_is_refused(tmp_path: Path, db: None, content: str) -> None:
    path = tmp_path / "other.txt"
    path.write_text(content)
    with pytest.raises(Trouble, match="no whole steward code"):
        promote(path, "x")


def test_a_sheet_that_is_not_there_is_a_sentence(tmp_path: Path, db: None) -> None:
    with pytest.raises(Trouble, match="can't be read"):
        promote(tmp_path / "gone.txt", "x")


def test_a_code_typed_by_hand_is_read(sheet: Path, circle: Circle, tmp_path: Path) -> None:
    code = next(line for line in sheet.read_text().splitlines() if line.count("-") == 6)
    typed = tmp_path / "typed.txt"
    typed.write_text(code.lower().replace("-", " ").replace("0", "o"))
    assert promote(typed, request_of(circle, "Amara"))
