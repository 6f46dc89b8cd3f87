"""Both lost, lived through: the host resets the account, a facilitator vouches, the group remembers."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.people import Kit, ask_back, faults, press, read_sheet, sign_in, unlock
from tests.e2e.rooms import arrived, ask_to_join, group_of, let_in, sees, share, turn_to, writing_box
from tests.e2e.seats import at_home, named
from tests.running import Running

pytestmark = pytest.mark.journey

PHONE = {"width": 360, "height": 740}


def reset(page: Page, address: str) -> Kit:
    """Open the host's one-time address, read what is gone, and begin anew."""
    page.goto(address)
    expect(page.get_by_text("Nobody can bring back your private notes.").first).to_be_visible()
    assert faults(page) == []
    press(page, "Go on")
    expect(page.locator("[data-part=words] li")).to_have_count(5)
    words = " ".join(page.locator("[data-part=words] li").all_inner_texts())
    press(page, "Begin anew")
    kit = Kit("", words, read_sheet(page))
    ask_back(page, kit.code)
    expect(page.get_by_role("heading", name="You are back")).to_be_visible()
    return kit


def make_link(page: Page, name: str) -> str:
    """Ben says that he has spoken with somebody who lost their keys."""
    turn_to(page, "People")
    member = page.locator("[data-part=members] > li").filter(has_text=name)
    member.get_by_role("button", name="Lost their keys").click()
    press(page, "Make a link")
    expect(page.locator("dialog[open]")).to_be_visible()
    page.get_by_label("I have spoken with them by voice").check()
    press(page, "Make a link")
    link = page.locator("dialog[open] [data-part=link]")
    expect(link).to_be_visible()
    text = link.inner_text()
    press(page, "Done")
    return text


def make_facilitator(page: Page, name: str) -> None:
    """Ben asks somebody to guide with him."""
    turn_to(page, "People")
    member = page.locator("[data-part=members] > li").filter(has_text=name)
    member.get_by_role("button", name="Make facilitator").click()
    page.locator("dialog[open]").get_by_role("button", name="Make facilitator").click()
    expect(member.locator("[data-part=facilitator]")).to_be_visible()


def let_back_in(page: Page, name: str) -> None:
    """The other facilitator: first without a word, which is not enough."""
    turn_to(page, "For facilitators")
    waiting = page.locator("[data-part=asks] > li").filter(has_text=name)
    expect(waiting.get_by_text("They lost their keys.")).to_be_visible()
    waiting.get_by_role("checkbox").first.check()
    press(page, "Let in who is ticked")
    expect(page.get_by_text("Speak with the person first")).to_be_visible()
    waiting.get_by_label("I, too, have spoken with them").check()
    press(page, "Let in who is ticked")


def reads_the_past(page: Page) -> None:
    """What was said before the keys were lost opens again."""
    expect(writing_box(page)).to_be_enabled()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")  # older words come as one gets near them
    sees(page, "said before she lost her keys")
    sees(page, "her own words of then")


def test_who_lost_everything_comes_back_and_the_group_remembers(person: NewPage, server: Running) -> None:
    amara, ben, dana = person(viewport=PHONE), person(viewport=PHONE), person()
    names = named("Ben", "Amara", "Dana")
    group_of([ben, amara, dana], names)
    group = ben.url.split("#")[0]
    make_facilitator(ben, names[2])
    share(ben, "said before she lost her keys")
    share(amara, "her own words of then")
    amara.context.close()

    again = person(viewport=PHONE)
    address = server.console("reset-account", names[1].lower()).strip()
    kit = reset(again, address)
    again.get_by_role("link", name="My groups").click()
    expect(again.get_by_text("You have no keys here yet: ask a facilitator.")).to_be_visible()
    assert faults(again) == []
    again.goto(group)
    expect(again.locator("[data-part=why]")).to_have_text("You have no keys here yet: ask a facilitator.")

    ask_to_join(again, make_link(ben, names[1]), names[1])
    expect(again.get_by_role("heading", name="You asked to join")).to_be_visible()
    let_back_in(dana, names[1])
    arrived(again)
    for page in (ben, dana):
        expect(page.locator("[data-part=returns]")).to_contain_text(
            f"{names[1]} has a new key. {names[2]} says that it is really them"
        )
    reads_the_past(again)
    share(again, "back with you")
    turn_to(ben, "Talk")
    sees(ben, "back with you")

    elsewhere = person()
    sign_in(elsewhere, kit._replace(name=names[1].lower()))
    elsewhere.wait_for_url(re.compile(r"/groups/$"))
    elsewhere.goto(group)
    reads_the_past(elsewhere)


def _by_steward(page: Page, server: Running, act: str, wish: str) -> None:
    """A member takes the text to whoever runs the network, and brings back what was signed."""
    signed = server.console("steward", "--sheet", str(server.steward_sheet), act, _asked_for(page, wish))
    page.get_by_label("Text they gave you").fill(signed)
    press(page, "Use this text")


def _asked_for(page: Page, wish: str) -> str:
    """The text for whoever runs the network."""
    turn_to(page, "People")
    expect(page.get_by_role("heading", name="Who can read this")).to_be_visible()
    if not page.get_by_label("What you ask for").is_visible():
        page.get_by_text("No facilitator can act any more, or one does harm?").click()
    page.get_by_label("What you ask for").select_option(label=wish)
    return page.get_by_label("Text for them").input_value()


def _is_told(pages: list[Page], words: str) -> None:
    """Everybody reads this on the page where they talk."""
    for page in pages:
        expect(page.locator("[data-part=returns]")).to_contain_text(words)


def test_the_last_facilitators_keys_are_lost_and_the_group_goes_on(person: NewPage, server: Running) -> None:
    """The steward makes Amara a facilitator at once and ends Ben's role in three days; everybody is told of both. Then he can be vouched for.

    That the server takes that vouching then: holdspace/ops/tests/test_steward.py, where a clock can be set.
    """
    ben, amara, dana = person(viewport=PHONE), person(viewport=PHONE), person()
    names = named("Ben", "Amara", "Dana")
    kits = group_of([ben, amara, dana], names)
    ben.context.close()
    _by_steward(amara, server, "promote", "Make me a facilitator")
    _is_told([amara, dana], f"The people who run this network made {names[1]} a facilitator of this group.")
    # Her browser makes the key for the facilitators by itself: the text is for the list as it stands then.
    turn_to(amara, "Member list")
    expect(amara.get_by_text(f"{names[1]} made a new key for the facilitators.")).to_be_visible()
    _by_steward(amara, server, "demote", f"End the facilitator role of {names[0]}")
    _is_told([amara, dana], f"The people who run this network end the facilitator role of {names[0]}")
    assert faults(amara) == []
    turn_to(dana, "Talk")
    share(dana, "we are still here")
    assert faults(dana) == []
    lost = amara.locator("[data-part=members] > li").filter(has_text=names[0])
    turn_to(amara, "People")
    expect(lost.locator("[data-part=facilitator]")).to_be_visible()
    expect(lost.get_by_role("button", name="Lost their keys")).to_be_hidden()
    amara.context.add_init_script("{ const now = Date.now; Date.now = () => now() + 73 * 3600 * 1000; }")
    amara.reload()
    unlock(amara, kits[1])
    turn_to(amara, "People")
    expect(lost.get_by_role("button", name="Lost their keys")).to_be_visible()
    expect(lost.locator("[data-part=facilitator]")).to_be_hidden()


def test_with_one_voucher_the_page_says_when_it_comes_back(person: NewPage, server: Running) -> None:
    ben, amara = person(viewport=PHONE), person(viewport=PHONE)
    names = named("Ben", "Amara")
    group_of([ben, amara], names)
    share(ben, "said before")
    amara.context.close()
    again = person(viewport=PHONE)
    reset(again, server.console("reset-account", names[1].lower()).strip())
    ask_to_join(again, make_link(ben, names[1]), names[1])
    let_in(ben, names[1])
    arrived(again)
    expect(again.locator("[data-part=returns]")).to_contain_text("What was said here before comes back after")
    expect(again.get_by_text("said before", exact=True)).to_have_count(0)
    expect(ben.locator("[data-part=returns]")).to_contain_text("says that it is really them")
    share(again, "here again")
    turn_to(ben, "Talk")
    sees(ben, "here again")


def test_the_address_works_once(person: NewPage, server: Running) -> None:
    page = person()
    kit = at_home(page, named("amara")[0])
    address = server.console("reset-account", kit.name).strip()
    other = person(viewport=PHONE)
    reset(other, address)
    answer = other.request.get(address)
    assert answer.status == 404
    page.goto("/groups/")
    page.wait_for_url(re.compile(r"/(unlock|sign-in)/$"))
