"""Somebody may know the passphrase: new keys at once, nothing lost, and the old way in is shut."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from holdspace.sealing.errors import SENTENCES
from tests.e2e.conftest import NewContext, NewPage
from tests.e2e.people import Kit, ask_back, faults, press, read_sheet, sign_in
from tests.e2e.rooms import group_of, in_a_group, sees, share, turn_to, writing_box
from tests.e2e.seats import named, on_another_device
from tests.lying.liar import Liar

PHONE = {"width": 360, "height": 740}


def new_keys(page: Page, kit: Kit) -> Kit:
    """Go through the page, up to the new sheet."""
    page.goto("/account/")
    page.get_by_role("link", name="Somebody may know my passphrase").click()
    page.get_by_label("Passphrase", exact=True).fill(kit.passphrase)
    press(page, "Go on")
    expect(page.get_by_role("heading", name="Your new passphrase")).to_be_visible()
    words = " ".join(page.locator("[data-part=words] li").all_inner_texts())
    press(page, "Change everything now")
    return Kit(kit.name, words, read_sheet(page))


def open_group(page: Page, group: str) -> None:
    """Open the group's page anew."""
    page.goto("about:blank")
    page.goto(group)
    expect(writing_box(page)).to_be_visible()


def test_new_keys_everywhere_and_the_old_passphrase_opens_nothing(person: NewPage) -> None:
    ben, amara, thief = person(viewport=PHONE), person(viewport=PHONE), person()
    names = named("Ben", "Amara")
    kits = group_of([ben, amara], names)
    group = amara.url.split("#")[0]
    share(ben, "said before")
    share(amara, "her own, before")
    on_another_device(thief, kits[1])
    thief.goto("/groups/")
    kit = new_keys(amara, kits[1])
    ask_back(amara, kit.code)
    expect(amara.get_by_text("Your groups know your new key.")).to_be_visible()
    assert faults(amara) == []
    open_group(amara, group)
    for words in ("said before", "her own, before"):
        sees(amara, words)
    share(amara, "after, with new keys")
    sees(ben, "after, with new keys")
    turn_to(ben, "Member list")
    expect(ben.get_by_text(f"{names[1]} has a new key of their own.")).to_be_visible()
    thief.goto(group)
    assert thief.get_by_text("said before").count() == 0
    sign_in(thief, kits[1])
    expect(thief.locator("#passphrase-problem")).to_have_text(SENTENCES["wrong-key"])
    elsewhere = person()
    sign_in(elsewhere, kit)
    elsewhere.wait_for_url(re.compile(r"/groups/$"))
    open_group(elsewhere, group)
    sees(elsewhere, "her own, before")


def cut_the_line(context: BrowserContext) -> None:
    """From now on nothing gets through to the groups."""
    Liar(context).cut()


def test_a_page_that_dies_half_way_loses_nothing(person: NewPage, device: NewContext) -> None:
    ben, amara = person(viewport=PHONE), person(viewport=PHONE)
    names = named("Ben", "Amara")
    kits = group_of([ben, amara], names)
    group = amara.url.split("#")[0]
    share(ben, "said before")
    cut_the_line(amara.context)
    kit = new_keys(amara, kits[1])
    amara.context.close()
    again = person(viewport=PHONE)
    sign_in(again, kit)
    again.wait_for_url(re.compile(r"/account/sheet/"))
    open_group(again, group)
    sees(again, "said before")
    turn_to(again, "Member list")
    expect(again.get_by_text(f"{names[1]} has a new key of their own.")).to_be_visible()
    turn_to(again, "Talk")
    share(again, "on we go")
    sees(ben, "on we go")


def test_what_was_begun_before_stays_and_what_waited_is_asked_about(device: NewContext) -> None:
    """Sealed under the keys of before; whoever knew the passphrase could have laid words there, so none go by themselves."""
    context = device(viewport=PHONE)
    page = context.new_page()
    kit = in_a_group(page, named("amara")[0], "New keys", "Amara")
    group = page.url.split("#")[0]
    box = writing_box(page)
    expect(box).to_be_enabled()
    context.set_offline(True)
    expect(page.get_by_text("Not connected. What you wrote is kept here.")).to_be_visible()
    box.fill("Waiting since before.")
    press(page, "Share")
    expect(page.locator("#stage").get_by_text("Waiting to be sent.")).to_be_visible()
    writing_box(page).fill("Half a thought")
    page.close()
    context.set_offline(False)
    again = context.new_page()
    sign_in(again, kit)
    again.wait_for_url(re.compile(r"/groups/$"))
    ask_back(again, new_keys(again, kit).code)
    expect(again.get_by_text("Your groups know your new key.")).to_be_visible()
    open_group(again, group)
    expect(writing_box(again)).to_have_value("Half a thought")
    expect(again.get_by_text("You wrote this before you got new keys")).to_be_visible()
    expect(again.locator("[data-part=shares] > li")).to_have_count(0)
    again.get_by_role("button", name="Send again").click()
    sees(again, "Waiting since before.")
    again.reload()
    sees(again, "Waiting since before.")
    expect(writing_box(again)).to_have_value("Half a thought")
