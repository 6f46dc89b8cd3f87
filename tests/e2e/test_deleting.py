"""The end of an account: its words, its groups, a page to keep, and a name that is free again."""

import re

from playwright.sync_api import Page, expect

from holdspace.sealing.errors import SENTENCES
from tests.e2e.conftest import NewPage
from tests.e2e.people import Kit, faults, press, sign_in, sign_up
from tests.e2e.rooms import group_of, readers, reply, sees, share, turn_to
from tests.e2e.seats import named
from tests.e2e.test_coming_back import make_facilitator, reset
from tests.running import Running

PHONE = {"width": 360, "height": 740}


def begin(page: Page) -> None:
    """From the account page to the page where one says what becomes of one's words."""
    page.goto("/account/")
    page.get_by_role("link", name="Delete my account").click()
    expect(page.get_by_label("They stay.")).to_be_visible()


def end(page: Page, kit: Kit, choice: str) -> None:
    """Choose, type the passphrase, and be gone."""
    page.get_by_label(choice).check()
    press(page, "Go on")
    page.get_by_label("Passphrase", exact=True).fill(kit.passphrase)
    press(page, "Delete my account for good")
    expect(page.get_by_role("heading", name="Your account is deleted")).to_be_visible()


def test_who_goes_takes_back_their_words_and_gets_a_page_to_keep(person: NewPage) -> None:
    ben, amara = person(viewport=PHONE), person(viewport=PHONE)
    names = named("Ben", "Amara")
    kits = group_of([ben, amara], names)
    share(ben, "Ben asks how it was")
    share(amara, "she said this")
    reply(amara, "Ben asks how it was", "and answered that")
    begin(amara)
    press(amara, "Go on")
    expect(amara.get_by_text("Please choose one of the two.").first).to_be_visible()
    assert faults(amara) == []
    end(amara, kits[1], "Take back everything I said.")
    assert faults(amara) == []
    for part in ("deleted", "copies-end"):
        expect(amara.locator(f"[data-part={part}]")).to_have_text(re.compile(r"\d{4}"))
    kept = amara.evaluate("async () => [sessionStorage.length, (await indexedDB.databases()).length]")
    assert kept == [0, 0]
    readers(ben, 1)
    expect(ben.get_by_text("she said this")).to_have_count(0)
    expect(ben.get_by_text("and answered that")).to_have_count(0)
    sign_in(amara, kits[1])
    expect(amara.locator("#passphrase-problem")).to_have_text(SENTENCES["wrong-key"])
    sign_up(person(), kits[1].name)


def test_the_last_facilitator_hands_over_and_leaves_words_without_a_name(person: NewPage) -> None:
    ben, amara = person(viewport=PHONE), person()
    names = named("Ben", "Amara")
    kits = group_of([ben, amara], names)
    group = ben.url.split("#")[0]
    share(ben, "what Ben leaves")
    begin(ben)
    expect(ben.get_by_role("heading", name="First, somebody has to take over")).to_be_visible()
    ben.get_by_label("They stay.").check()
    press(ben, "Go on")
    expect(ben.get_by_text("Hand it over or close it first.")).to_be_visible()
    ben.get_by_role("link", name="Tuesday evening").click()
    ben.wait_for_url(f"{group}#people")
    make_facilitator(ben, names[1])
    begin(ben)
    end(ben, kits[0], "They stay.")
    readers(amara, 1)
    turn_to(amara, "Talk")
    expect(sees(amara, "what Ben leaves")).to_contain_text("A former member")


def test_who_has_no_keys_is_removed_by_a_facilitator(person: NewPage, server: Running) -> None:
    ben, amara = person(viewport=PHONE), person()
    names = named("Ben", "Amara")
    group_of([ben, amara], names)
    amara.context.close()
    again = person(viewport=PHONE)
    kit = reset(again, server.console("reset-account", names[1].lower()).strip())
    begin(again)
    expect(again.get_by_role("heading", name="Groups you have no keys for")).to_be_visible()
    end(again, kit, "They stay.")
    ben.reload()
    turn_to(ben, "For facilitators")
    turn_to(ben, "People")
    member = ben.locator("[data-part=members] > li").filter(has_text=names[1])
    expect(member.get_by_text("They deleted their account and had no keys to leave with.")).to_be_visible()
    member.get_by_role("button", name="Remove").click()
    ben.locator("dialog[open]").get_by_role("textbox").fill("As you asked.")
    ben.locator("dialog[open]").get_by_role("button", name="Remove").click()
    readers(ben, 1)
