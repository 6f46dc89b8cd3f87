"""A server that shows a browser something else than its own sealed copy holds, and somebody who changes what rests on the disk.

What was verified stays to be read, what does not fit is said, and as soon as the server is honest again all is as if nothing had been:
no lie outlives its visit in the copy.
"""

import secrets
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from client import ids
from client.device import now_ms
from holdspace.sealing import log_draft
from holdspace.sealing.keys import new_id
from holdspace.sealing.local_record import local_keys, record_place, seal_record
from holdspace.sealing.log_draft import By
from holdspace.sealing.log_payload import InviteTerms
from holdspace.sealing.primitives import e_public
from tests.e2e.rooms import writing_box
from tests.lying.conftest import ELSEWHERE, LIE, TRUTH, Stage, closed, says, shares, shows_no_lie, trouble
from tests.lying.disk import DRAFTS, GROUP, ITEMS, LIST, STRETCH, Disk
from tests.lying.forging import false_group, ghost, row
from tests.lying.test_lies_about_the_list import tell_list
from tests.lying.test_lies_about_words import rows_of
from tests.members import admitted

pytestmark = pytest.mark.journey

Answer = dict[str, Any]


@pytest.fixture
def disk(stage: Stage) -> Disk:
    """Amara's device, with a copy of the group: she looked before any lie."""
    stage.look_honestly()
    disk = Disk(stage.page, stage.amara)
    disk.wait_for(stage.group_id, last_of(stage))
    return disk


def last_of(stage: Stage) -> int:
    """The group's newest item, as the honest server has it."""
    return int(rows_of(stage)[-1][0])


def away(stage: Stage) -> None:
    """Amara's page is closed; what happens now she hears when she looks again."""
    stage.page.goto(ELSEWHERE)


def cut_off(stage: Stage) -> Page:
    """Amara looks without a line: what is shown then comes from the copy alone."""
    stage.liar.cut()
    return stage.look()


def honest_again(stage: Stage, *texts: str) -> None:
    """Nothing is left of the lie: not on the page, not on the disk, and what others said comes."""
    stage.liar.honest()
    stage.ben.share(stage.group, "and on we go")
    page = stage.look()
    for text in (TRUTH, "and on we go", *texts):
        expect(shares(page).filter(has_text=text)).to_have_count(1)
    expect(writing_box(page)).to_be_enabled()
    expect(trouble(page)).to_be_hidden()
    expect(page.locator("[data-part=closed]").filter(visible=True)).to_have_count(0)
    shows_no_lie(page)
    Disk(page, stage.amara).wait_for(stage.group_id, last_of(stage))
    alone = cut_off(stage)
    for text in (TRUTH, "and on we go", *texts):
        expect(shares(alone).filter(has_text=text)).to_have_count(1)
    expect(alone.locator("[data-part=closed]").filter(visible=True)).to_have_count(0)
    shows_no_lie(alone)


def still_says(page: Page, code: str) -> None:
    """The sentence, no lie, nothing to write with; and what this device had verified stays to be read."""
    says(page, code)
    expect(shares(page).filter(has_text=TRUTH)).to_be_visible()


# The list ----------------------------------------------------------------------------------------------------------------


def test_a_shorter_list_than_the_copys_is_noticed_by_the_copy_alone(stage: Stage, disk: Disk) -> None:
    """The server hides the keyring with its pins, too, and the tab is a new one."""
    before = disk.read(GROUP, stage.group_id, LIST)
    away(stage)
    tell_list(stage, lambda log: log[:-1])
    stage.liar.at_door("keyring", lambda answer: {**answer, "blob": None})
    page = stage.look()
    still_says(page, "log-rollback")
    assert disk.read(GROUP, stage.group_id, LIST) == before
    honest_again(stage)


def test_another_branch_than_the_copys_is_a_fork(stage: Stage, disk: Disk) -> None:
    state = stage.of(stage.ben).state
    stage.ben.invite(stage.group)
    stage.look()
    until_listed(stage, disk)
    away(stage)
    by, link = By(stage.of(stage.ben).member_id, now_ms()), e_public(secrets.token_bytes(32))
    other = stage.forger().signed(
        log_draft.invite(state, by, InviteTerms(new_id(), link, by.now_ms + 60_000, 1, is_known=False))
    )
    tell_list(stage, lambda log: [*log[:-1], other])
    still_says(stage.look(), "fork")
    honest_again(stage)


def until_listed(stage: Stage, disk: Disk) -> None:
    """Wait until the copy has the whole list."""
    whole = len(stage.of(stage.ben).entries)
    for _ in range(400):
        if len(disk.read(GROUP, stage.group_id, LIST)["log"]) == whole:
            return
        stage.page.wait_for_timeout(50)
    raise AssertionError("the copy did not get the whole list")


def test_a_whole_false_group_is_not_followed_by_who_has_a_copy(stage: Stage, disk: Disk) -> None:
    group_id = stage.group_id
    false = false_group(group_id, stage.member_id(stage.amara), stage.amara.device.account.keys(group_id, 1))
    spoken = row(stage.forger().envelope(LIE, key=false.box[1], epoch=2, author=false.founder))
    told = {"log": false.log, "boxes": [false.box[0]], "fkeys": [], "standing": [], "items": [spoken]}
    away(stage)
    stage.liar.about(lambda result, args: {**result, **told}, "open")
    stage.liar.about(lambda result, args: {**result, "log": [], "boxes": told["boxes"], "fkeys": []}, "log")
    still_says(stage.look(), "fork")
    honest_again(stage)


def test_amara_is_not_made_somebody_else(stage: Stage, disk: Disk) -> None:
    """The server says that she is Ben, who facilitates."""
    away(stage)
    ben = stage.member_id(stage.ben)
    stage.liar.about(lambda result, args: {**result, "member": ben}, "open")
    page = stage.look()
    still_says(page, "log-authority")
    expect(page.get_by_role("link", name="Facilitating")).to_have_count(0)
    honest_again(stage)


def test_a_key_the_group_did_not_make_does_not_rest_in_the_copy(stage: Stage, disk: Disk) -> None:
    """For the epoch that counts now: the page says so; and for an older one, whose words it closes."""
    away(stage)
    amara = stage.member_id(stage.amara)
    box, key = ghost(stage.of(stage.ben), amara, stage.of(stage.ben).state.epoch)
    spoken = row(stage.forger().envelope(LIE, key=key))

    def lie(result: Answer, args: Answer) -> Answer:
        items = {"items": [*result["items"], spoken]} if "items" in result else {}
        return {**result, **items, "boxes": [box]}

    stage.liar.about(lie, "open", "log")
    page = stage.look()
    expect(shares(page).filter(has_text=TRUTH)).to_be_visible()
    expect(page.locator("[data-part=line]").or_(writing_box(page))).not_to_have_count(0)
    shows_no_lie(page)
    honest_again(stage)


def test_a_false_key_for_an_older_time_is_gone_with_the_lie(stage: Stage) -> None:
    """Amara's first look brings a false key for the epoch before this one: its words stay closed, and open when the server is honest."""
    stage.with_eli()
    older = stage.of(stage.amara).state.epoch - 1
    box, _key = ghost(stage.of(stage.ben), stage.member_id(stage.amara), older)

    def lie(result: Answer, args: Answer) -> Answer:
        return {**result, "boxes": [box if each[0] == older else each for each in result["boxes"]]}

    stage.liar.about(lie, "open", "log")
    page = stage.look()
    expect(writing_box(page)).to_be_visible()
    expect(shares(page)).to_have_count(1)
    expect(shares(page).filter(has_text=TRUTH)).to_have_count(0)
    Disk(page, stage.amara).wait_for(stage.group_id, last_of(stage))
    away(stage)
    honest_again(stage)


# What was said -----------------------------------------------------------------------------------------------------------


def test_words_the_server_drops_stay_where_they_were_read(stage: Stage, disk: Disk) -> None:
    away(stage)
    stage.liar.about(
        lambda result, args: {**result, "items": [], "standing": [], "last": 1, "more": False}, "open"
    )
    page = stage.look()
    expect(
        page.locator("#keeping").get_by_text("The server has less of this group than this device had seen.")
    ).to_be_visible()
    expect(shares(page).filter(has_text=TRUTH)).to_be_visible()
    shows_no_lie(page)
    honest_again(stage)


def test_a_server_that_says_there_is_much_more_than_there_is_hides_nothing_for_good(
    stage: Stage, disk: Disk
) -> None:
    """One lie about the number of the last item, and everything said afterwards would be taken for known."""
    away(stage)
    stage.ben.share(stage.group, "said meanwhile")
    stage.liar.about(lambda result, args: {**result, "items": [], "more": False, "last": 1_000_000}, "open")
    stage.liar.about(lambda result, args: {**result, "items": [], "more": False}, "items")
    page = stage.look()
    expect(writing_box(page)).to_be_enabled()
    stage.ben.share(stage.group, "said after the lie")
    expect(shares(page).filter(has_text="said after the lie")).to_be_visible()
    away(stage)
    honest_again(stage, "said meanwhile", "said after the lie")


Change = Callable[[list[Any]], list[Any]]


def flipped(each: list[Any], at: int = 200) -> list[Any]:
    """A row whose envelope has one bit changed."""
    seq, envelope, *rest = each
    return [seq, envelope[:at] + bytes([envelope[at] ^ 1]) + envelope[at + 1 :], *rest]


DAMAGES: dict[str, tuple[Change, str]] = {
    "with another letter": (lambda rows: [*rows[:-1], flipped(rows[-1])], "damaged"),
    "under another id": (lambda rows: [*rows[:-1], flipped(rows[-1], 30)], "damaged"),
    "by somebody else": (lambda rows: [*rows[:-1], flipped(rows[-1], 46)], "context"),
    "from another group": (lambda rows: [*rows[:-1], flipped(rows[-1], 10)], "context"),
    "in no format": (lambda rows: [*rows[:-1], flipped(rows[-1], 0)], "format"),
}


@pytest.mark.parametrize("which", DAMAGES)
def test_words_that_came_changed_do_not_stay_closed_when_the_server_is_honest(
    stage: Stage, disk: Disk, which: str
) -> None:
    change, code = DAMAGES[which]
    away(stage)
    stage.ben.share(stage.group, "said meanwhile")
    stage.liar.about(
        lambda result, args: {**result, "items": result["items"] and change(result["items"])}, "open", "items"
    )
    page = stage.look()
    closed(page, code)
    assert "said meanwhile" not in page.content()
    Disk(page, stage.amara).wait_for(stage.group_id, last_of(stage))
    away(stage)
    honest_again(stage, "said meanwhile")


def test_an_item_the_server_made_up_does_not_stay_in_the_copy(stage: Stage, disk: Disk) -> None:
    """With a number of its own, within what the server says there is."""
    away(stage)
    extra = row(stage.forger().envelope(LIE, key=secrets.token_bytes(32)), last_of(stage) + 1)
    told = {"items": [extra], "last": extra[0]}
    stage.liar.about(lambda result, args: {**result, **told}, "open")
    stage.liar.about(
        lambda result, args: {**result, "items": [extra]} if args.get("limit") == 1 else result, "items"
    )
    page = stage.look()
    closed(page, "damaged")
    Disk(page, stage.amara).wait_for(stage.group_id, extra[0])
    away(stage)
    honest_again(stage)


def test_words_out_of_order_are_in_order_in_the_copy(stage: Stage, disk: Disk) -> None:
    away(stage)
    for text in ("one", "two", "three"):
        stage.ben.share(stage.group, f"said {text}")
    stage.liar.about(lambda result, args: {**result, "items": result["items"][::-1]}, "open", "items")
    page = stage.look()
    expect(shares(page)).to_have_count(4)
    away(stage)
    honest_again(stage, "said one", "said two", "said three")
    rows = [each[0] for each in Disk(stage.page, stage.amara).rows(stage.group_id)]
    assert rows == sorted(set(rows))


# What rests on the disk --------------------------------------------------------------------------------------------------


def test_records_of_another_group_of_hers_open_in_no_other_place(stage: Stage, disk: Disk) -> None:
    """All of one group's records where another's stood: nothing of it is shown there."""
    other = stage.ben.start_group("Thursday", stage.ben.name)["group"]
    admitted(other, stage.ben, stage.amara)
    stage.amara.group(other)
    stage.ben.share(other, LIE)
    stage.look(other)
    expect(shares(stage.page).filter(has_text=LIE)).to_be_visible()
    other_id = ids.parse(other)
    disk.wait_for(other_id, 1)
    away(stage)
    numbers = [(GROUP, STRETCH), (GROUP, LIST), (ITEMS, 0)]
    found = disk.records()
    from_there = [found[record_place(disk.keys, sort, other_id, number)] for sort, number in numbers]
    to_here = [record_place(disk.keys, sort, stage.group_id, number) for sort, number in numbers]
    disk.change(dict(zip(to_here, from_there, strict=True)))
    page = stage.look()
    expect(shares(page).filter(has_text=TRUTH)).to_be_visible()
    shows_no_lie(page)
    honest_again(stage)


def test_records_of_another_account_are_as_good_as_none(stage: Stage, disk: Disk) -> None:
    """Eli had the device in his hands: everything at its place, under his own keys."""
    away(stage)
    eli = stage.eli.device.account
    theirs = local_keys(eli.seed, eli.account_id)
    places = disk.of_group(stage.group_id)
    disk.change({place: seal_record(theirs, place, b"\x80" + LIE.encode()) for place in places})
    page = stage.look()
    expect(shares(page).filter(has_text=TRUTH)).to_be_visible()
    expect(trouble(page)).to_be_hidden()
    honest_again(stage)


def test_an_older_copy_put_back_catches_up(stage: Stage, disk: Disk) -> None:
    older = disk.of_group(stage.group_id)
    stage.ben.invite(stage.group)
    stage.ben.share(stage.group, "said meanwhile")
    expect(shares(stage.page).filter(has_text="said meanwhile")).to_be_visible()
    disk.wait_for(stage.group_id, last_of(stage))
    away(stage)
    disk.change(dict(older))
    honest_again(stage, "said meanwhile")


def test_an_older_list_put_under_newer_words_shows_nothing_that_it_cannot_check(
    stage: Stage, disk: Disk
) -> None:
    """Without a line the words that stand on a newer list stay closed; with one the list is fetched, and they open."""
    older = disk.read(GROUP, stage.group_id, LIST)
    stage.with_eli()
    stage.ben.share(stage.group, "said meanwhile")
    stage.look()
    expect(shares(stage.page).filter(has_text="said meanwhile")).to_be_visible()
    disk.wait_for(stage.group_id, last_of(stage))
    until_listed(stage, disk)
    away(stage)
    disk.write(GROUP, stage.group_id, LIST, older)
    alone = cut_off(stage)
    expect(alone.get_by_text("Not connected.")).to_be_visible()
    assert "said meanwhile" not in alone.content()
    honest_again(stage, "said meanwhile")


def test_a_false_wording_in_the_copy_is_checked_like_one_from_the_server(stage: Stage, disk: Disk) -> None:
    """Whoever could write her records at all (a page that was tampered with once) still needs keys of the group."""
    away(stage)
    rows = disk.rows(stage.group_id)
    unreportable = [rows[-1][0], stage.forger().unreportable(LIE), *rows[-1][2:]]
    disk.write(ITEMS, stage.group_id, rows[-1][0] // 64, [*rows[:-1], unreportable])
    alone = cut_off(stage)
    expect(alone.locator("[data-part=closed]").filter(visible=True)).to_have_count(1)
    shows_no_lie(alone)
    honest_again(stage)


def test_one_draft_that_was_damaged_takes_no_other_with_it(stage: Stage, disk: Disk) -> None:
    """Two tabs had begun something; somebody changed a bit of one."""
    writing_box(stage.page).fill("half a thought")
    away(stage)
    place = next(iter(disk.of_group(stage.group_id, DRAFTS)))
    broken = place[:16] + bytes(3) + b"\x07"
    disk.change({broken: secrets.token_bytes(288)})
    page = stage.look()
    expect(writing_box(page)).to_have_value("half a thought")
    writing_box(page).fill("")
    away(stage)
    disk.change({broken: None})
