"""One member lies, and the server is honest: nobody may stop a group alone (docs/decisions/0011)."""

import secrets

from playwright.sync_api import expect

from client import ids
from holdspace.sealing.envelope import Position
from tests.e2e.people import faults
from tests.e2e.rooms import share, turn_to
from tests.lying.conftest import LIE, Stage, says, shares, trouble
from tests.members import Someone


def claim_another_list(stage: Stage, liar: Someone) -> None:
    """Say something as if the member list had been another one."""
    spoken = stage.forger(liar).envelope(LIE, position=Position(2, secrets.token_bytes(16)))
    liar.device.ask("send", envelope=spoken)


def test_who_claims_another_list_can_be_removed_and_the_group_talks_again(stage: Stage) -> None:
    stage.with_eli()
    stage.ben.promote(stage.group, ids.text(stage.member_id(stage.amara)))
    page = stage.look_honestly()
    claim_another_list(stage, stage.eli)
    says(page, "fork")
    expect(page.locator("[data-part=dispute]")).to_contain_text(stage.eli.name)
    assert faults(page) == []
    turn_to(page, "People")
    members = page.locator("[data-part=members] > li")
    expect(page.get_by_role("button", name="Make facilitator")).to_have_count(0)
    expect(page.get_by_role("button", name="Leave this group")).to_be_hidden()
    members.filter(has_text="has another member list").get_by_role("button", name="Remove").click()
    page.get_by_label("Your words to them").fill("Your words did not fit our list.")
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(trouble(page)).to_be_hidden()
    expect(members).to_have_count(2)
    share(page, "We can talk again.")
    assert [each["text"] for each in stage.ben.read(stage.group)["items"]][-1] == "We can talk again."
    page.reload()
    expect(shares(page).filter(has_text="We can talk again.")).to_be_visible()
    expect(trouble(page)).to_be_hidden()
