"""A server that lies about who came back, about what was said before, and about new keys."""

import secrets
from typing import Any

from playwright.sync_api import expect

from client.device import now_ms
from holdspace.sealing import history, log_draft
from holdspace.sealing.box import HISTORY, seal_box
from holdspace.sealing.codec import u32
from holdspace.sealing.epoch import message_key, new_epoch_secret
from holdspace.sealing.errors import SENTENCES
from holdspace.sealing.invite import Link, ask_to_join, invite_public
from holdspace.sealing.keys import group_keys, new_id, new_seed
from holdspace.sealing.log_draft import By
from holdspace.sealing.log_entry import Draft, LogEntry
from holdspace.sealing.log_payload import InviteTerms, Record
from holdspace.sealing.log_replay import apply
from holdspace.sealing.log_state import LogState
from tests.e2e.rooms import opener, writing_box
from tests.lying.conftest import LIE, TRUTH, Stage, shares, shows_no_lie
from tests.lying.forging import row

Answer = dict[str, Any]


def tell_more(stage: Stage, *entries: bytes) -> None:
    """From now on the list has these entries behind the true ones; where there is nothing new, nothing."""
    stage.liar.about(
        lambda result, args: {**result, "log": result["log"] and [*result["log"], *entries]}, "open", "log"
    )


def stranger(stage: Stage, member: bytes, link: Link) -> Record:
    """Keys of the server's own in the place of a member, under a link."""
    keys = group_keys(new_seed(), stage.group_id, 2)
    return ask_to_join(link, stage.group_id, member, 2, keys).record


def rebinding(stage: Stage, state: LogState, record: Record) -> bytes:
    """A REBIND as Ben's key would sign it: a facilitator who helps the server, or was taken in."""
    group = stage.of(stage.ben)
    by = By(group.member_id, now_ms())
    draft: Draft = log_draft.rebind(state, by, record, es=new_epoch_secret())
    return stage.forger().signed(draft)


def targeted(stage: Stage, member: bytes, link: Link) -> tuple[LogState, bytes]:
    """A real INVITE for a member, and the list after it."""
    group = stage.of(stage.ben)
    public = invite_public(link.secret, link.invite_id)
    terms = InviteTerms(link.invite_id, public, now_ms() + 60_000, 1, member)
    entry = stage.forger().signed(log_draft.invite(group.state, By(group.member_id, now_ms()), terms))
    return apply(group.state, LogEntry.parse(entry)), entry


def new_link(stage: Stage) -> Link:
    """A link only its maker has."""
    return Link(new_id(), stage.of(stage.ben).state.genesis16, secrets.token_bytes(16))


def test_nobody_is_bound_again_without_an_invite_for_them(stage: Stage) -> None:
    stage.with_eli()
    eli, link = stage.member_id(stage.eli), new_link(stage)
    entry = rebinding(stage, stage.of(stage.ben).state, stranger(stage, eli, link))
    tell_more(stage, entry)
    says_or_refuses(stage)


def test_keys_swapped_in_a_return_are_not_believed(stage: Stage) -> None:
    """The invite is real; the server puts keys of its own in the place of those the link's holder signed."""
    stage.with_eli()
    eli, link = stage.member_id(stage.eli), new_link(stage)
    state, invited = targeted(stage, eli, link)
    guessed = Link(link.invite_id, link.genesis16, secrets.token_bytes(16))
    tell_more(stage, invited, rebinding(stage, state, stranger(stage, eli, guessed)))
    says_or_refuses(stage)


def test_an_invite_for_one_member_binds_no_other(stage: Stage) -> None:
    stage.with_eli()
    link = new_link(stage)
    state, invited = targeted(stage, stage.member_id(stage.eli), link)
    record = stranger(stage, stage.member_id(stage.amara), link)
    tell_more(stage, invited, rebinding(stage, state, record))
    says_or_refuses(stage)


def says_or_refuses(stage: Stage) -> None:
    """The group stays at the last good entry, read-only, with the sentence about the list."""
    page = stage.look()
    expect(page.locator("[data-part=trouble]")).to_have_text(SENTENCES["log-authority"])
    expect(opener(page)).to_have_count(0)
    expect(page.locator("[data-part=returns]")).to_have_text("")
    shows_no_lie(page)


def come_back(stage: Stage) -> history.Return:
    """Amara lost her keys and is back, vouched for by Ben; two epochs are owed to her, and Ben gives nothing yet."""
    stage.with_eli()
    link = stage.ben.bring_back(stage.group, stage.amara.name, spoken=True)["link"]
    stage.amara.join(link, stage.amara.name)
    assert stage.ben.admit(stage.group)["admitted"]
    group = stage.of(stage.ben)
    [back] = history.find_returns(group.state, group.entries)
    return back


def give(stage: Stage, back: history.Return, secrets_: dict[int, bytes]) -> None:
    """From now on the server says that somebody gave Amara these."""
    plain = b"".join(u32(epoch) + es for epoch, es in sorted(secrets_.items()))
    member = back.member
    context = history.history_context(stage.group_id, member.id, member.gen, back.seq)
    box = seal_box(HISTORY, context, member.x_pub, plain)
    stage.liar.about(lambda result, args: {**result, "boxes": [[member.gen, back.seq, box]]}, "histories")


def test_a_false_key_among_the_old_ones_takes_nothing_and_opens_nothing(stage: Stage) -> None:
    back, group, false = come_back(stage), stage.of(stage.ben), secrets.token_bytes(32)
    first, second = history.owed_epochs(back.member)
    give(stage, back, {first: group.secrets[first], second: false})
    spoken = row(stage.forger().envelope(LIE, key=message_key(group.id, second, false), epoch=second), 1)
    stage.liar.about(lambda result, args: {**result, "items": [*result["items"], spoken]}, "past")
    page = stage.look()
    expect(page.locator("[data-part=returns]")).to_contain_text("What was said here before comes back after")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")  # older words come as one gets near them
    expect(shares(page).filter(has_text=TRUTH)).to_be_visible()
    expect(page.locator("[data-part=trouble]")).to_be_hidden()
    expect(page.locator("[data-part=returns]")).to_contain_text("What was said here before comes back after")
    shows_no_lie(page)


def test_a_facilitators_page_gives_nothing_before_its_time_whatever_the_server_says(stage: Stage) -> None:
    """The server asks Amara's browser for Eli's past at once, and would take it."""
    stage.with_eli()
    link = stage.ben.bring_back(stage.group, stage.eli.name, spoken=True)["link"]
    stage.eli.join(link, stage.eli.name)
    assert stage.ben.admit(stage.group)["admitted"]
    group = stage.of(stage.ben)
    [back] = history.find_returns(group.state, group.entries)
    wanted = [[back.member.id, back.seq]]
    stage.liar.asked.clear()
    stage.liar.about(lambda result, args: {**result, "wanted": wanted}, "histories")
    page = stage.look()
    expect(page.locator("[data-part=returns]")).to_contain_text("says that it is really them")
    expect(writing_box(page)).to_be_visible()
    page.wait_for_function("() => performance.now() > 6000")  # its own clock's tending has had its turns
    assert "give-history" not in stage.liar.asked
