"""A server that hands out keys of its own (holes H1 and H2): nobody reads with it, nobody writes under them."""

import secrets
from dataclasses import replace
from typing import Any

from playwright.sync_api import expect

from client import ids
from client.device import now_ms
from client.joining import read_link
from holdspace.sealing import log_draft
from holdspace.sealing.errors import SENTENCES
from holdspace.sealing.invite import ask_to_join
from holdspace.sealing.keys import group_keys, new_seed
from holdspace.sealing.log_draft import By
from tests.lying.conftest import LIE, TRUTH, Stage, says, shares, shows_no_lie, trouble
from tests.lying.forging import ghost, row

Answer = dict[str, Any]


def ghost_box(stage: Stage) -> None:
    """From now on Amara's box for the current epoch holds a key the server made, and it speaks under that key."""
    group = stage.of(stage.ben)
    box, key = ghost(group, stage.member_id(stage.amara), group.state.epoch)
    spoken = row(stage.forger().envelope(LIE, key=key))

    def lie(result: Answer, args: Answer) -> Answer:
        boxes = [each for each in result["boxes"] if each[0] != box[0]]
        items = {"items": [*result["items"], spoken]} if "items" in result else {}
        return {**result, **items, "boxes": [*boxes, box]}

    stage.liar.about(lie, "open", "log")


def test_a_key_the_group_did_not_make_is_not_used(stage: Stage) -> None:
    ghost_box(stage)
    says(stage.look(), "epoch-unlogged")
    assert "send" not in stage.liar.asked


def test_an_epoch_nobody_began_is_not_believed(stage: Stage) -> None:
    """The server signs a re-key itself, in Ben's name, and has a box for everybody."""
    group = stage.of(stage.ben)
    draft = log_draft.rekey(group.state, By(group.member_id, now_ms()), es=secrets.token_bytes(32))
    forged = stage.forger().signed(draft)[:-64] + secrets.token_bytes(64)
    box, key = ghost(group, stage.member_id(stage.amara), group.state.epoch + 1)
    spoken = row(stage.forger().envelope(LIE, key=key, epoch=group.state.epoch + 1))

    def lie(result: Answer, args: Answer) -> Answer:
        return {
            **result,
            "log": [*result["log"], forged],
            "boxes": [*result["boxes"], box],
            "items": [*result["items"], spoken],
        }

    stage.liar.about(lie, "open")
    says(stage.look(), "log-signature")


def test_a_key_for_an_older_time_is_no_better(stage: Stage) -> None:
    """A ghost key for an epoch that is over: what was said then stays closed, the lie too, and the group goes on."""
    stage.with_eli()
    group = stage.of(stage.ben)
    first = stage.of(stage.amara).state.epoch - 1
    box, key = ghost(group, stage.member_id(stage.amara), first)
    spoken = row(stage.forger().envelope(LIE, key=key, epoch=first))
    stage.ben.share(stage.group, TRUTH + " again")

    def lie(result: Answer, args: Answer) -> Answer:
        boxes = [each for each in result["boxes"] if each[0] != first]
        return {**result, "boxes": [*boxes, box], "items": [*result["items"], spoken]}

    stage.liar.about(lie, "open")
    page = stage.look()
    expect(shares(page).filter(has_text=SENTENCES["epoch-unlogged"])).to_have_count(2)
    expect(shares(page).filter(has_text=TRUTH + " again")).to_be_visible()
    expect(trouble(page)).to_be_hidden()
    shows_no_lie(page)


def test_a_key_that_is_withheld_is_waited_for(stage: Stage) -> None:
    """What it would open says so, the group goes on, and once the key is there the words are, too."""
    stage.with_eli()
    first = stage.of(stage.amara).state.epoch - 1
    stage.ben.share(stage.group, TRUTH + " again")

    def lie(result: Answer, args: Answer) -> Answer:
        return {**result, "boxes": [each for each in result["boxes"] if each[0] != first]}

    stage.liar.about(lie, "open", "log")
    page = stage.look()
    expect(shares(page).filter(has_text=SENTENCES["no-epoch-box"])).to_have_count(1)
    expect(shares(page).filter(has_text=TRUTH + " again")).to_be_visible()
    expect(trouble(page)).to_be_hidden()
    stage.liar.honest()
    expect(shares(stage.look()).filter(has_text=TRUTH)).to_have_count(2)


def test_a_newcomer_whose_key_can_hold_no_secret_is_not_let_in(stage: Stage) -> None:
    """A point of low order: what is sealed to it, anybody opens (RFC 7748, section 6.1)."""
    stage.ben.promote(stage.group, ids.text(stage.member_id(stage.amara)))
    link = stage.amara.invite(stage.group)["link"]
    stage.eli.join(link, "Eli")
    keys = replace(group_keys(new_seed(), stage.group_id, 1), x_pub=bytes(32))

    def lie(result: Answer, args: Answer) -> Answer:
        return {**result, "asks": [{**ask, **_weak(ask)} for ask in result["asks"]]}

    def _weak(ask: Answer) -> Answer:
        own = ask_to_join(read_link(link), stage.group_id, ask["member"], 1, keys)
        return {"record": own.record.encode(), "self_sig": own.self_sig}

    stage.liar.about(lie, "waiting")
    waiting = stage.look(part="#facilitating").locator("[data-part=asks] > li")
    expect(waiting.locator("[data-part=closed]")).to_have_text(SENTENCES["bad-public-key"])
    expect(waiting.locator("input[name=member]")).to_be_disabled()


def test_a_newcomer_whose_keys_were_swapped_is_not_let_in(stage: Stage) -> None:
    stage.ben.promote(stage.group, ids.text(stage.member_id(stage.amara)))
    link = read_link(stage.amara.invite(stage.group)["link"])
    stage.eli.join(stage.amara.invite(stage.group)["link"], "Eli")
    keys = group_keys(new_seed(), stage.group_id, 1)

    def lie(result: Answer, args: Answer) -> Answer:
        return {**result, "asks": [{**ask, **_swapped(ask)} for ask in result["asks"]]}

    def _swapped(ask: Answer) -> Answer:
        """The server knows the invite's id and not its secret: it signs with one of its own."""
        guessed = type(link)(ask["invite"], link.genesis16, secrets.token_bytes(16))
        own = ask_to_join(guessed, stage.group_id, ask["member"], 1, keys)
        return {"record": own.record.encode(), "self_sig": own.self_sig}

    stage.liar.about(lie, "waiting")
    page = stage.look(part="#facilitating")
    waiting = page.locator("[data-part=asks] > li")
    expect(waiting.locator("[data-part=closed]")).to_have_text(SENTENCES["log-invite"])
    expect(waiting.locator("input[name=member]")).to_be_disabled()
    page.get_by_role("button", name="Let in who is ticked").click()
    expect(waiting).to_have_count(1)
    assert "append" not in stage.liar.asked
