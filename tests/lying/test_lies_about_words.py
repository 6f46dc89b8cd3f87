"""A server that moves, repeats, changes or makes up what was said, alone or with a member's help."""

import json
import secrets
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from holdspace.sealing.codec import to_json
from holdspace.sealing.envelope import HEADER_SIZE, PROFILE, STANDING
from holdspace.sealing.errors import SENTENCES
from holdspace.sealing.keys import new_id
from tests.e2e.rooms import turn_to, writing_box
from tests.lying.conftest import LIE, TRUTH, Stage, closed, shares, shows_no_lie, trouble
from tests.lying.forging import LATER, Forger, Row, reparented, row

Answer = dict[str, Any]


def tell(stage: Stage, *rows: Row) -> None:
    """From now on Amara's first look brings these rows, too; and what does not open there is the same when it is asked for once more."""
    stage.liar.about(lambda result, args: {**result, "items": [*result["items"], *rows]}, "open")
    stand_by(stage, *rows)


def stand_by(stage: Stage, *rows: Row) -> None:
    """Each of these is what stands at its place, for who asks for one alone."""
    there = {each[0]: each for each in rows}

    def told(result: Answer, args: Answer) -> Answer:
        one = there.get((args.get("after") or 0) + 1)
        return {**result, "items": [one]} if one and args["limit"] == 1 else result

    stage.liar.about(told, "items")


def rows_of(stage: Stage) -> list[Row]:
    """What the honest server holds."""
    rows: list[Row] = stage.ben.device.ask("items", group=stage.group_id, after=0, limit=200)["items"]
    return rows


# One item is wrong: it stays closed with its sentence, and everything else goes on -----------------------------------

Make = Callable[[Forger], bytes]


def flipped(envelope: bytes, at: int) -> bytes:
    """One bit of it."""
    return envelope[:at] + bytes([envelope[at] ^ 1]) + envelope[at + 1 :]


FORGERIES: dict[str, tuple[Make, str]] = {
    "from somebody who never was here": (lambda forger: forger.envelope(LIE, author=new_id()), "context"),
    "in another place of this group": (lambda forger: reparented(forger.envelope(LIE), new_id()), "damaged"),
    "under another id": (lambda forger: flipped(forger.envelope(LIE), 30), "damaged"),
    "with another letter": (lambda forger: flipped(forger.envelope(LIE), 200), "damaged"),
    "under a key of nobody's": (lambda forger: forger.envelope(LIE, key=secrets.token_bytes(32)), "damaged"),
    "that could not be reported": (lambda forger: forger.unreportable(LIE), "commitment"),
    "with a foot cut off": (lambda forger: forger.envelope(LIE)[:-16], "padding"),
    "in no format": (lambda forger: b"nothing of ours" * 20, "format"),
    "in a newer format": (lambda forger: b"HS\x02" + forger.envelope(LIE)[3:], "version"),
    "that is no object": (lambda forger: forger.envelope("", body=json.dumps([LIE]).encode()), "damaged"),
    "without its field": (lambda forger: forger.envelope("", body=to_json({"v": 1, "x": LIE})), "damaged"),
    "of a later release": (lambda forger: forger.envelope("", body=to_json({"v": 2, "t": LIE})), "version"),
}


@pytest.mark.parametrize("which", FORGERIES)
def test_a_share(stage: Stage, which: str) -> None:
    make, code = FORGERIES[which]
    tell(stage, row(make(stage.forger())))
    page = stage.look()
    closed(page, code)
    expect(trouble(page)).to_be_hidden()


def test_a_share_that_comes_live_is_checked_alike(stage: Stage) -> None:
    page = stage.look_honestly()
    unreportable = stage.forger().unreportable(LIE)

    def told(news: Answer) -> Answer:
        seq, _, *rest = news["row"]
        stand_by(stage, [seq, unreportable, *rest])
        return {**news, "row": [seq, unreportable, *rest]}

    stage.liar.hearsay(told, "item")
    stage.ben.share(stage.group, "on its way")
    closed(page, "commitment")


def test_what_the_server_does_not_stand_by_goes_again(stage: Stage) -> None:
    """Asked for it once more, it has no such row."""
    lie = row(stage.forger().envelope(LIE, author=new_id()))
    stage.liar.about(lambda result, args: {**result, "items": [*result["items"], lie]}, "open")
    page = stage.look()
    expect(shares(page).filter(has_text=TRUTH)).to_be_visible()
    for _ in range(400):
        if "items" not in stage.liar.asked:
            page.wait_for_timeout(100)
    assert "items" in stage.liar.asked
    expect(page.locator("[data-part=closed]").filter(visible=True)).to_have_count(0)
    shows_no_lie(page)


def test_news_that_is_no_row_is_not_believed_and_what_came_is_asked_for(stage: Stage) -> None:
    page = stage.look_honestly()
    stage.liar.hearsay(lambda news: {**news, "row": LIE}, "item")
    stage.ben.share(stage.group, "on its way")
    expect(shares(page).filter(has_text="on its way")).to_be_visible()
    expect(page.get_by_role("alert").filter(visible=True)).to_have_count(0)
    # Nor is there anything in what was asked for: said, and the page goes on.
    stage.liar.about(lambda result, args: {**result, "items": [LIE]}, "items")
    stage.ben.share(stage.group, "never told")
    expect(page.get_by_role("alert").filter(has_text=SENTENCES["broken"])).to_be_visible()
    stage.liar.honest()
    stage.ben.share(stage.group, "honest again")
    expect(shares(page).filter(has_text="never told")).to_be_visible()
    shows_no_lie(page)


def test_a_share_of_another_group_is_not_shown_in_this_one(stage: Stage) -> None:
    """Amara is in both and could open it in the other."""
    other = stage.ben.start_group("Thursday", stage.ben.name)["group"]
    link = stage.ben.invite(other)["link"]
    stage.amara.join(link, stage.amara.name)
    stage.ben.admit(other)
    stage.ben.share(other, LIE)
    foreign = stage.ben.device.ask("items", group=stage.ben.group(other).id, after=0, limit=200)["items"][-1]
    tell(stage, row(foreign[1]))
    closed(stage.look(), "context")


def test_words_under_the_name_of_somebody_who_was_removed_are_not_shown(stage: Stage) -> None:
    """The author check: the group's key is right, and Eli was no member any more when it began."""
    stage.with_eli()
    eli = stage.member_id(stage.eli)
    stage.ben.remove(stage.group, stage.eli.name)
    tell(stage, row(stage.forger().envelope(LIE, author=eli)))
    closed(stage.look(), "context")


def test_words_from_before_amara_came_stay_closed(stage: Stage) -> None:
    """Even when the server gives her the item and a key: the epoch is not hers."""
    key = stage.of(stage.ben).key_of(1)
    tell(stage, row(stage.forger().envelope(LIE, epoch=1, key=key)))
    closed(stage.look(), "before-you-joined")


# The same item again --------------------------------------------------------------------------------------------------


def test_a_share_that_is_told_twice_stands_there_once(stage: Stage) -> None:
    said = next(each for each in rows_of(stage)[::-1] if each[1][4] == 1)
    tell(stage, [LATER, *said[1:]])
    page = stage.look()
    expect(shares(page).filter(has_text=TRUTH)).to_have_count(1)
    expect(shares(page)).to_have_count(1)


def test_an_older_wording_does_not_come_back(stage: Stage) -> None:
    """Ben said it better the second time; the server tells the first one after it."""
    forger, item = stage.forger(), new_id()
    first = forger.envelope(LIE, item_id=item)
    second = forger.envelope("said better", item_id=item, revision=1)
    page = stage.look_honestly()
    live: list[bytes] = [second, first]
    stage.liar.hearsay(lambda news: {**news, "row": [news["row"][0], live.pop(0), *news["row"][2:]]}, "item")
    stage.ben.share(stage.group, "one")
    expect(shares(page).filter(has_text="said better")).to_be_visible()
    stage.ben.share(stage.group, "two")
    page.wait_for_timeout(500)
    expect(shares(page).filter(has_text="said better")).to_be_visible()
    assert not live
    shows_no_lie(page)


def test_of_two_wordings_of_one_number_the_first_stays(stage: Stage) -> None:
    forger, item = stage.forger(), new_id()
    page = stage.look_honestly()
    live = [forger.envelope("said once", item_id=item), forger.envelope(LIE, item_id=item)]
    stage.liar.hearsay(lambda news: {**news, "row": [news["row"][0], live.pop(0), *news["row"][2:]]}, "item")
    stage.ben.share(stage.group, "one")
    expect(shares(page).filter(has_text="said once")).to_be_visible()
    stage.ben.share(stage.group, "two")
    page.wait_for_timeout(500)
    expect(shares(page).filter(has_text="said once")).to_be_visible()
    assert not live
    shows_no_lie(page)


# A no that is none ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["stale-epoch", "nonce", "author"])
def test_words_the_server_will_not_take_are_kept_and_go_when_it_does(stage: Stage, code: str) -> None:
    page = stage.look_honestly()
    stage.liar.refuse("send", code)
    writing_box(page).fill("kept all the while")
    page.get_by_role("button", name="Share", exact=True).click()
    kept = page.locator(".unsent").filter(has_text="kept all the while")
    expect(kept.locator("[data-part=why]")).to_have_text(SENTENCES[code])
    stage.liar.honest()
    page.reload()
    expect(kept.locator("[data-part=why]")).to_have_text(SENTENCES[code])
    kept.get_by_role("button", name="Send again").click()
    expect(kept).to_have_count(0)
    expect(shares(page).filter(has_text="kept all the while")).to_have_count(1)


# Names ----------------------------------------------------------------------------------------------------------------


def test_what_stands_is_passed_on_by_facilitators_alone(stage: Stage) -> None:
    """Eli and the server would rename the group and everybody in it."""
    stage.with_eli()
    names = {stage.member_id(stage.ben).hex(): {"n": LIE}, stage.member_id(stage.eli).hex(): {"n": LIE}}
    body = {"v": 1, "name": LIE, "profiles": names, "agreement": {"version": 1, "model": 1, "text": LIE}}
    forged = stage.forger(stage.eli).envelope("", kind=STANDING, body=to_json(body))
    stage.liar.about(lambda result, args: {**result, "standing": [*result["standing"], row(forged)]}, "open")
    page = stage.look()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tuesday evening")
    expect(shares(page).filter(has_text=TRUTH)).to_be_visible()
    for part in ("People", "What we agreed", "Member list", "Talk"):
        turn_to(page, part)
        expect(page.get_by_role("heading", level=1)).to_have_text("Tuesday evening")
        shows_no_lie(page)


def test_nobody_is_renamed_by_a_name_that_does_not_open(stage: Stage) -> None:
    forged = stage.forger().envelope(
        "", kind=PROFILE, key=secrets.token_bytes(32), body=to_json({"v": 1, "n": LIE})
    )
    stage.liar.about(lambda result, args: {**result, "standing": [*result["standing"], row(forged)]}, "open")
    page = stage.look()
    expect(shares(page).filter(has_text=TRUTH).get_by_role("heading")).to_have_text(stage.ben.name)
    shows_no_lie(page)


def test_what_is_unknown_about_a_forged_header_breaks_nothing(stage: Stage) -> None:
    """Every field of the header once wrong, all in one answer: one honest word stands among closed ones."""
    envelope = stage.forger().envelope(LIE)
    tell(stage, *(row(flipped(envelope, at), LATER + at) for at in range(0, HEADER_SIZE, 4)))
    page = stage.look()
    expect(shares(page).filter(has_text=TRUTH)).to_be_visible()
    shows_no_lie(page)
