"""A server that changes, shortens, splits or makes up the list of members."""

import json
import secrets
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from client import ids
from client.device import now_ms
from holdspace.sealing import log_draft
from holdspace.sealing.codec import to_b64url, to_json
from holdspace.sealing.envelope import SHARE, Header, Position, Said, seal_envelope
from holdspace.sealing.epoch import new_epoch_secret
from holdspace.sealing.invite import Link, ask_to_join, invite_public
from holdspace.sealing.keys import group_keys, new_id, new_seed
from holdspace.sealing.log_draft import By
from holdspace.sealing.log_entry import LogEntry
from holdspace.sealing.log_payload import MEMBER, InviteTerms, Record
from holdspace.sealing.log_replay import apply
from holdspace.sealing.primitives import e_public
from tests.e2e.people import faults
from tests.lying.conftest import LIE, TRUTH, Stage, refused, says, shares
from tests.lying.forging import false_group, position_after, public_keys, row
from tests.members import admitted

Answer = dict[str, Any]
Change = Callable[[list[bytes]], list[bytes]]


def tell_list(stage: Stage, change: Change) -> None:
    """From now on Amara is shown another list; where there is nothing new, nothing."""
    stage.liar.about(
        lambda result, args: {**result, "log": result["log"] and change(result["log"])}, "open", "log"
    )


def flip(entry: bytes, at: int) -> bytes:
    """One bit of it."""
    return entry[:at] + bytes([entry[at] ^ 1]) + entry[at + 1 :]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda log: [*log[:-1], flip(log[-1], 70)], "log-signature"),
        (lambda log: [*log[:-1], flip(log[-1], 30)], "log-chain"),
        (lambda log: [*log[:-1], flip(log[-1], 85)], "log-epoch"),
        (lambda log: [*log[:-1], log[-1][:-1]], "log-format"),
        (lambda log: [*log[:2], *log[3:]], "log-chain"),
        (lambda log: [log[0], log[2], log[1], *log[3:]], "log-chain"),
    ],
    ids=["a bit", "another past", "another key", "a cut", "one left out", "two swapped"],
)
def test_a_changed_list_stops_the_group(stage: Stage, change: Change, code: str) -> None:
    tell_list(stage, change)
    refused(stage.look(), code)


def test_an_entry_told_twice_stops_the_group_where_it_was_good(stage: Stage) -> None:
    tell_list(stage, lambda log: [*log, log[-1]])
    page = stage.look()
    says(page, "log-chain")
    expect(shares(page).filter(has_text=TRUTH)).to_be_visible()


def test_a_changed_entry_stops_an_open_group_where_it_was_good(stage: Stage) -> None:
    page = stage.look_honestly()
    tell_list(stage, lambda log: [flip(each, 70) for each in log])
    stage.liar.hearsay(lambda news: {**news, "entry": flip(news["entry"], 70)}, "entry")
    stage.ben.invite(stage.group)
    says(page, "log-signature")
    expect(shares(page).filter(has_text=TRUTH)).to_be_visible()


def test_a_member_cannot_let_anybody_in_with_the_servers_help(stage: Stage) -> None:
    """Eli signs an ADD for a friend of the server's. The server would not check; Amara's browser does."""
    stage.with_eli()
    group, helper = stage.of(stage.eli), stage.forger(stage.eli)
    record = Record(new_id(), 1, *public_keys(group.id), MEMBER)
    by = By(group.member_id, now_ms())
    entry = helper.signed(log_draft.add(group.state, by, [record], es=new_epoch_secret()))
    tell_list(stage, lambda log: [*log, entry])
    says(stage.look(), "log-authority")


def test_a_facilitator_cannot_put_other_keys_in_a_newcomers_place(stage: Stage) -> None:
    """Even signed by Ben: the record must carry the invite's own signature over the newcomer's keys."""
    link = Link(new_id(), stage.of(stage.ben).state.genesis16, secrets.token_bytes(16))
    group, forger = stage.of(stage.ben), stage.forger()
    by = By(group.member_id, now_ms())
    terms = InviteTerms(
        link.invite_id, invite_public(link.secret, link.invite_id), now_ms() + 60_000, 1, is_known=False
    )
    invited = forger.signed(log_draft.invite(group.state, by, terms))
    state = apply(group.state, LogEntry.parse(invited))
    asked = ask_to_join(link, group.id, new_id(), 1, group_keys(new_seed(), group.id, 1)).record
    swapped = Record(asked.member_id, 1, *public_keys(group.id), MEMBER, asked.invite_id, asked.invite_sig)
    added = forger.signed(log_draft.add(state, by, [swapped], es=new_epoch_secret()))
    tell_list(stage, lambda log: [*log, invited, added])
    says(stage.look(), "log-authority")


def test_a_removal_that_is_kept_back_shows(stage: Stage) -> None:
    """Eli was removed; Amara is still shown the old list. What Ben says next gives it away."""
    stage.with_eli()
    page = stage.look_honestly()
    known = len(stage.of(stage.amara).entries)
    tell_list(stage, lambda log: [each for each in log if LogEntry.parse(each).draft.seq < known])
    stage.liar.hearsay(lambda payload: None, "entry")
    stage.liar.about(lambda result, args: {**result, "log": [], "boxes": [], "fkeys": []}, "log")
    stage.ben.remove(stage.group, stage.eli.name)
    stage.ben.share(stage.group, "after Eli")
    says(page, "log-rollback")
    assert "after Eli" not in page.content()


def test_a_list_without_its_end_shows_at_the_first_word_said_after_it(stage: Stage) -> None:
    """The same for somebody who looks for the first time, and for an entry that changes no key."""
    known = len(stage.of(stage.amara).entries)
    stage.ben.invite(stage.group)
    stage.ben.share(stage.group, "after the link")
    stage.liar.about(lambda result, args: {**result, "log": result["log"][:known]}, "open")
    stage.liar.about(lambda result, args: {**result, "log": []}, "log")
    says(stage.look(), "log-rollback")


def test_a_list_that_went_back_is_noticed_by_whoever_has_seen_more(stage: Stage) -> None:
    """Nothing is said after it; the pin in Amara's keyring knows."""
    stage.ben.invite(stage.group)
    stage.amara.read(stage.group)
    tell_list(stage, lambda log: log[:-1])
    refused(stage.look(), "log-rollback")


def test_two_lists_are_noticed_at_the_first_word_from_the_other_side(stage: Stage) -> None:
    """Ben's hand signed two entries for one place; Amara sees one, and what is said next stands on the other."""
    ours, theirs = two_for_one_place(stage)
    position = position_after(stage.of(stage.ben), theirs)
    spoken = row(stage.forger().envelope("said on the other side", position=position))

    def lie(result: Answer, args: Answer) -> Answer:
        return {**result, "log": [*result["log"], ours], "items": [*result["items"], spoken]}

    stage.liar.about(lie, "open")
    page = stage.look()
    says(page, "fork")
    assert "said on the other side" not in page.content()


def two_for_one_place(stage: Stage) -> tuple[bytes, bytes]:
    """Two entries by Ben's hand that nobody appended."""
    group = stage.of(stage.ben)
    by, link = By(group.member_id, now_ms()), e_public(secrets.token_bytes(32))
    terms = (InviteTerms(new_id(), link, now_ms() + 60_000, 1, is_known=False) for _ in range(2))
    one, other = (stage.forger().signed(log_draft.invite(group.state, by, each)) for each in terms)
    return one, other


def saved(page: Page) -> str:
    """What the page hands out as a file, whose name says nothing."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Save what this device saw").click()
    assert download.value.suggested_filename == "record.json"
    record = download.value.path().read_text()
    download.value.delete()  # Firefox gives the next one another name while this one is there
    return record


def test_what_a_device_saw_of_two_lists_can_be_saved_and_checked_by_somebody_else(stage: Stage) -> None:
    """The server shows Amara one list, and later an entry of the other; her file proves it to Ben, who has neither."""
    ours, theirs = two_for_one_place(stage)
    stage.liar.about(lambda result, args: {**result, "log": [*result["log"], ours]}, "open")
    stage.liar.about(lambda result, args: {**result, "log": [theirs]}, "log")
    page = stage.look()
    says(page, "fork")
    assert faults(page) == []
    record = saved(page)
    assert TRUTH not in record
    assert stage.ben.name not in record
    seq = LogEntry.parse(ours).draft.seq
    (seen,) = stage.ben.check_record(record)["seen"]
    assert seen == {"seq": seq, "code": "fork", "ours": True, "other": True, "shows": "two-lists"}
    other = json.loads(record)["seen"][0]["other"]
    assert other["entry"] == to_b64url(theirs)


def test_a_list_that_does_not_open_can_be_saved_too(stage: Stage) -> None:
    """Amara's other device saw more; this one is shown a list without it."""
    stage.ben.invite(stage.group)
    stage.amara.read(stage.group)
    tell_list(stage, lambda log: log[:-1])
    page = stage.look()
    refused(page, "log-rollback")
    record = saved(page)
    (seen,) = stage.ben.check_record(record)["seen"]
    assert (seen["code"], seen["shows"]) == ("log-rollback", "one-side")


def test_a_whole_false_group_around_a_newcomer_is_not_the_one_they_were_invited_to(stage: Stage) -> None:
    """The server makes a group of its own under the same id, with Amara's true keys in it: every signature is right."""
    group = stage.ben.start_group("Thursday", stage.ben.name)["group"]
    admitted(group, stage.ben, stage.amara)
    group_id = ids.parse(group)
    member = next(each for each in stage.ben.group(group).state.active() if not each.is_facilitator)
    false = false_group(group_id, member.id, stage.amara.device.account.keys(group_id, 1))
    box, key = false.box
    said = Said(Position(false.state.seq, false.state.head16), now_ms(), to_json({"v": 1, "t": LIE}))
    spoken = seal_envelope(Header(SHARE, group_id, 2, new_id(), false.founder), key, said)

    def lie(result: Answer, args: Answer) -> Answer:
        return {
            **result,
            "log": false.log,
            "boxes": [box],
            "fkeys": [],
            "standing": [],
            "items": [row(spoken)],
        }

    stage.liar.about(lie, "open")
    stage.liar.about(lambda result, args: {**result, "log": [], "boxes": [box], "fkeys": []}, "log")
    refused(stage.look(group), "log-fingerprint")
