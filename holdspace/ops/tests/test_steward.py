"""A group whose facilitator lost their keys: the steward signs, a member adds it, and nothing else can be signed."""

import time
from pathlib import Path
from typing import Any

import pytest

from holdspace.accounts.models import Network
from holdspace.groups.tests.cast import WEEK_MS, Circle, Person, now
from holdspace.ops.first_visit import set_up_network
from holdspace.ops.steward import demote, promote
from holdspace.ops.trouble import Trouble
from holdspace.sealing import log_draft
from holdspace.sealing.codec import from_b64url, to_b64url, u32
from holdspace.sealing.epoch import new_epoch_secret
from holdspace.sealing.errors import SealError
from holdspace.sealing.keys import new_seed
from holdspace.sealing.log_payload import FACILITATOR, MEMBER, Policy, Record
from holdspace.sealing.log_state import THREE_DAYS_MS

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


def test_the_steward_ends_a_role_three_days_later(sheet: Path, circle: Circle, amara: Person) -> None:
    signed = from_b64url(demote(sheet, request_of(circle, "Ben")))
    circle.append(amara, {"group": circle.id, "entries": [signed]})
    ben, told = circle.ids["Ben"], circle.now.time_ms
    assert circle.now.members[ben].role == FACILITATOR
    assert circle.now.at(told + THREE_DAYS_MS - 1).members[ben].role == FACILITATOR
    assert circle.now.at(told + THREE_DAYS_MS).members[ben].role == MEMBER


@pytest.mark.parametrize("who", ["Amara", "Ben"])
def test_a_role_that_is_not_there_or_ends_already_is_not_ended(
    sheet: Path, circle: Circle, amara: Person, who: str
) -> None:
    signed = from_b64url(demote(sheet, request_of(circle, "Ben")))
    circle.append(amara, {"group": circle.id, "entries": [signed]})
    with pytest.raises(Trouble, match="is this person a facilitator"):
        demote(sheet, request_of(circle, who))


def returning(circle: Circle, by: Person, who: Person) -> dict[str, Any]:
    """An append of a REBIND: `by` lets somebody back in whose keys are lost."""
    circle.append(by, circle.invitation(by, "back", target=circle.ids[who.name], expires_ms=now() + WEEK_MS))
    who.seed = new_seed()
    request = circle.request(who, "back", gen=2)
    who.ask("ask", **request)
    es = new_epoch_secret()
    draft = log_draft.rebind(circle.now, circle.by(by), Record.parse(request["record"]), es=es)
    return circle.new_epoch(by, draft, es)


def test_who_was_promoted_lets_the_last_facilitator_back_in_when_the_three_days_are_over(
    sheet: Path, circle: Circle, amara: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben, clock = circle.people["Ben"], time.time
    for sign, whom in ((promote, "Amara"), (demote, "Ben")):
        signed = from_b64url(sign(sheet, request_of(circle, whom)))
        circle.append(amara, {"group": circle.id, "entries": [signed]})
    assert [each.id for each in circle.now.facilitators()] == [circle.ids["Ben"], circle.ids["Amara"]]
    monkeypatch.setattr("time.time", lambda: clock() + 72 * 3600)
    circle.append(amara, returning(circle, amara, ben))
    assert [each.id for each in circle.now.facilitators()] == [circle.ids["Amara"]]
    boxes = ben.ask("log", group=circle.id, after=-1)["boxes"]
    assert [(epoch, gen) for epoch, gen, _ in boxes] == [(circle.now.epoch, 2)]


def test_before_that_nobody_is_let_in_in_a_facilitators_place(
    sheet: Path, circle: Circle, amara: Person
) -> None:
    for sign, whom in ((promote, "Amara"), (demote, "Ben")):
        signed = from_b64url(sign(sheet, request_of(circle, whom)))
        circle.append(amara, {"group": circle.id, "entries": [signed]})
    with pytest.raises(SealError, match="log-authority"):
        returning(circle, amara, circle.people["Ben"])
