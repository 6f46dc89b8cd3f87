"""What somebody is told when they are somewhere for the first time, or for the first time in months; once, and quietly."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.conftest import NewContext, NewPage
from tests.e2e.people import faults, press, sign_in
from tests.e2e.rooms import (
    GROUP,
    ask_to_join,
    group_of,
    in_a_group,
    invite,
    opener,
    reply,
    share,
    turn_to,
    writing_box,
)
from tests.e2e.seats import at_home
from tests.running import Running
from tests.stored import execute


def told(page: Page, title: str) -> None:
    """This stands above the talk, and is fit for everybody."""
    expect(page.get_by_role("heading", level=2, name=title)).to_be_visible()
    assert not faults(page)


def test_a_first_visit_is_told_what_happens_here_once_and_can_call_it_back(person: NewPage) -> None:
    ben, amara = person(), person()
    group_of([ben, amara], ["Ben-moments-1", "Amara-moments-1"])
    told(amara, "What happens here")
    expect(amara.get_by_text("Here to greet you: Ben-moments-1.")).to_be_visible()
    turn_to(amara, "People")
    expect(amara.get_by_text("Here to greet you")).to_be_hidden()
    turn_to(amara, "Talk")
    press(amara, "Close")
    expect(amara.get_by_text("Here to greet you")).to_be_hidden()
    expect(amara.get_by_role("button", name="What happens here")).to_be_focused()
    for page in (amara, ben):
        page.reload()
        expect(opener(page)).to_be_enabled()
        expect(page.get_by_text("Here to greet you")).to_be_hidden()
    press(ben, "What happens here")
    expect(ben.get_by_role("heading", level=2, name="What happens here")).to_be_focused()


def test_on_a_borrowed_device_it_stays_closed_in_its_tab(device: NewContext) -> None:
    ben, amara = device().new_page(), device().new_page()
    kits = group_of([ben, amara], ["Ben-moments-2", "Amara-moments-2"])
    borrowed = device().new_page()
    sign_in(borrowed, kits[1], shared=True)
    borrowed.wait_for_url(re.compile(r"/groups/$"))
    borrowed.goto(amara.url)
    expect(borrowed.get_by_text("Here to greet you: Ben-moments-2.")).to_be_visible()
    press(borrowed, "Close")
    borrowed.reload()
    expect(opener(borrowed)).to_be_enabled()
    expect(borrowed.get_by_text("Here to greet you")).to_be_hidden()


def test_who_is_alone_is_told_what_comes_next_until_somebody_comes(person: NewPage) -> None:
    ben, amara = person(), person()
    in_a_group(ben, "ben-moments-3", "Two chairs", "Ben")
    told(ben, "You are the only one here so far")
    ben.get_by_role("link", name="Invite somebody").click()
    link = invite(ben, known=True)
    ben.goto("/groups/")
    expect(ben.get_by_text("You are the only one here so far.")).to_be_visible()
    ben.locator("[data-part=groups] a").first.click()
    expect(opener(ben)).to_be_enabled()
    at_home(amara, "amara-moments-3")
    ask_to_join(amara, link, "Amara")
    amara.wait_for_url(GROUP)
    expect(ben.get_by_role("heading", name="You are the only one here so far")).to_be_hidden()


def test_a_new_facilitator_is_told_what_that_is(person: NewPage) -> None:
    ben, amara = person(), person()
    group_of([ben, amara], ["Ben-moments-4", "Amara-moments-4"])
    press(amara, "Close")
    turn_to(ben, "People")
    press(ben, "Make facilitator")
    ben.get_by_role("dialog").get_by_role("button", name="Make facilitator").click()
    told(amara, "You are a facilitator now")
    expect(amara.get_by_text("Who guides this group:")).to_contain_text(
        re.compile("Ben-moments-4.* and .*Amara-moments-4")
    )
    press(amara, "Close")
    amara.reload()
    expect(opener(amara)).to_be_enabled()
    expect(amara.get_by_role("heading", name="You are a facilitator now")).to_be_hidden()
    expect(ben.get_by_role("heading", name="You are a facilitator now")).to_be_hidden()


def test_first_words_have_a_sentence_and_later_ones_have_none(person: NewPage) -> None:
    ben, amara = person(), person()
    group_of([ben, amara], ["Ben-moments-5", "Amara-moments-5"])
    share(amara, "I do not know how to begin.")
    expect(amara.get_by_text("Your words are with the group now.")).to_be_visible()
    share(amara, "And on.")
    expect(amara.get_by_text("Your words are with the group now.")).to_be_hidden()
    reply(ben, "And on.", "I hear you.")
    expect(ben.get_by_text("They can read your answer now")).to_be_visible()


def test_who_waits_is_told_by_whom_they_were_asked_and_finds_it_again(person: NewPage) -> None:
    ben, amara = person(), person()
    in_a_group(ben, "ben-moments-6", "Behind a door", "Ben")
    link = invite(ben)
    at_home(amara, "amara-moments-6")
    ask_to_join(amara, link, "Amara")
    expect(amara.get_by_text("Ben invited you to Behind a door.")).to_be_visible()
    expect(amara.get_by_text("Nobody has said when they look.")).to_be_visible()
    amara.goto("/groups/")
    expect(amara.get_by_text("Behind a door: you asked to join.")).to_be_visible()
    ben.goto("/groups/")
    expect(ben.get_by_text("Somebody is waiting to come in.")).to_be_visible()


def test_what_waits_is_said_in_words(person: NewPage) -> None:
    ben, amara = person(), person()
    group_of([ben, amara], ["Ben-moments-7", "Amara-moments-7"])
    waits = amara.locator("[data-part=waits] > li")
    writing_box(amara).fill("Half a thought")
    amara.goto("/groups/")
    expect(waits).to_have_text(["You began to write something here. It is kept."])
    amara.goto("/account/")
    share(ben, "Good evening.")
    amara.goto("/groups/")
    expect(waits).to_have_text(
        ["You began to write something here. It is kept.", "Since you last looked, Ben-moments-7 wrote here."]
    )
    ben.goto("/groups/")
    expect(ben.locator("[data-part=waits] > li")).to_have_text(
        ["You guide this group alone. Look for somebody to do it with you."]
    )


def test_after_two_months_it_is_said_what_still_holds(device: NewContext, server: Running) -> None:
    ben = device().new_page()
    kit = at_home(ben, "ben-moments-8")
    ben.goto("/groups/")
    press(ben, "Sign out")
    ben.wait_for_url("**/signed-out/")
    long_ago = (timezone.now().date() - timedelta(days=61)).isoformat()
    execute(
        server.stored,
        "UPDATE accounts_account SET last_here = %s WHERE name = %s",
        [long_ago, "ben-moments-8"],
    )
    sign_in(ben, kit)
    told(ben, "You were away for a while")
    ben.reload()
    expect(ben.get_by_role("heading", name="You were away for a while")).to_be_visible()
    press(ben, "Close")
    ben.reload()
    expect(ben.get_by_text("You are not in a group yet.")).to_be_visible()
    expect(ben.get_by_role("heading", name="You were away for a while")).to_be_hidden()
