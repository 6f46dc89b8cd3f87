"""Coming in, going, being removed, and who looks after the door."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from holdspace.sealing.errors import SENTENCES
from tests.conftest import NewContext, NewPage
from tests.e2e.people import press
from tests.e2e.rooms import (
    arrived,
    ask_to_join,
    group_of,
    in_a_group,
    invite,
    let_in,
    opener,
    readers,
    sees,
    share,
    turn_to,
    writing_box,
)
from tests.e2e.seats import at_home, on_another_device
from tests.members import company
from tests.running import Running


def test_several_come_in_at_once_and_one_hears_no(person: NewPage, server: Running, tmp_path: Path) -> None:
    ben, eli = person(), person()
    in_a_group(ben, "ben-21", "Open evening", "Ben")
    at_home(eli, "eli-21")
    link = invite(ben, uses="Up to 5")
    with company(server, tmp_path) as somebody:
        for name in ("amara-21", "dana-21"):
            somebody(name).join(link, name.title())
        ask_to_join(eli, link, "Eli")
        turn_to(ben, "For facilitators")
        press(ben, "Let in who is ticked")
        expect(ben.get_by_text("Tick who may come in.")).to_be_visible()
        let_in(ben, "Amara-21", "Dana-21")
    readers(ben, 3)
    asks = ben.locator("[data-part=asks] > li")
    asks.filter(has_text="Eli").get_by_role("button", name="Say no").click()
    press_in(ben.get_by_role("dialog"), "Say no")
    expect(asks).to_have_count(0)
    eli.goto("/groups/")
    expect(eli.get_by_text("this time the answer was no")).to_be_visible()
    assert _log(ben)[0].startswith("Ben let Amara-21 and Dana-21 in.")


def test_what_was_brought_to_the_door_lies_in_no_locked_tab(person: NewPage) -> None:
    ben, amara = person(), person()
    in_a_group(ben, "ben-37", "Behind the door", "Ben")
    first, second = invite(ben), invite(ben)
    at_home(amara, "amara-37")
    ask_to_join(amara, first, "Amara of Tuesdays")
    expect(amara.get_by_role("heading", name="You asked to join")).to_be_visible()
    asked = amara.evaluate("({...sessionStorage})")
    assert "hs-join" not in asked
    assert "Tuesdays" not in str(asked)
    amara.goto(second)
    expect(amara.get_by_label("Your name in this group")).to_be_visible()
    assert "hs-join" in amara.evaluate("({...sessionStorage})")
    press(amara, "Lock now")
    amara.wait_for_url("**/unlock/")
    assert "hs-join" not in amara.evaluate("({...sessionStorage})")


def test_any_facilitator_who_is_awake_lets_in_whom_a_link_vouches_for(person: NewPage) -> None:
    ben, amara, dana = person(), person(), person()
    group_of([ben, amara], ["Ben-22", "Amara-22"])
    share(amara, "Said before Dana came.")
    link = invite(ben, known=True)
    _make_facilitator(ben, "Amara-22")
    expect(amara.get_by_role("link", name="For facilitators")).to_be_visible()
    ben.close()
    at_home(dana, "dana-22")
    ask_to_join(dana, link, "Dana")
    arrived(dana)
    share(dana, "Good evening.")
    sees(amara, "Good evening.")
    turn_to(dana, "People")
    expect(dana.locator("[data-part=members] > li")).to_contain_text(["Ben-22", "Amara-22", "Dana"])
    turn_to(dana, "What we agreed")
    expect(dana.get_by_text("Saying nothing is fine and needs no reason.")).to_be_visible()
    expect(dana.get_by_text("Everybody here has said yes to it.")).to_be_visible()
    assert "Said before Dana came." not in dana.content()


def test_two_who_come_at_one_moment_both_come_in(person: NewPage, server: Running, tmp_path: Path) -> None:
    ben = person()
    in_a_group(ben, "ben-23", "Two at the door", "Ben")
    links = [invite(ben, known=True), invite(ben, known=True)]
    with company(server, tmp_path) as somebody:
        amara, dana = somebody("amara-23"), somebody("dana-23")
        group = amara.join(links[0], "Amara")["group"]
        dana.join(links[1], "Dana")
        readers(ben, 3)
        dana.share(group, "We are both in.")
        sees_after_turning(ben, "We are both in.")
        assert [each["text"] for each in amara.read(group)["items"] if "text" in each] == ["We are both in."]


def test_a_link_that_does_not_open_says_so(person: NewPage) -> None:
    ben, amara = person(), person()
    in_a_group(ben, "ben-24", "Links", "Ben")
    link = invite(ben)
    amara.goto(link[:-4])
    expect(amara.get_by_role("alert")).to_have_text(SENTENCES["invite-damaged"])
    other = invite(ben)
    amara.goto(link)
    expect(amara.get_by_role("heading", name="Links")).to_be_visible()
    stop = ben.get_by_role("button", name="Stop this link")
    for left in (1, 0):
        stop.first.click()
        expect(stop).to_have_count(left)
    for stopped in (link, other):
        amara.goto("/")
        amara.goto(stopped)
        expect(amara.get_by_role("alert")).to_have_text(
            "This link does not work any more. Ask for a new one."
        )


def test_whoever_speaks_after_somebody_left_makes_a_new_key(person: NewPage) -> None:
    ben, amara, eli = person(), person(), person()
    group_of([ben, amara, eli], ["Ben-25", "Amara-25", "Eli-25"])
    address = eli.url.split("#")[0]
    turn_to(eli, "People")
    press(eli, "Leave this group")
    press_in(eli.get_by_role("dialog"), "Leave")
    eli.wait_for_url("**/groups/")
    expect(eli.get_by_text("You are not in a group yet.")).to_be_visible()
    expect(amara.locator("#shelf").get_by_text("Eli-25 is no longer here.")).to_be_visible()
    readers(amara, 2)
    share(amara, "Said after Eli left.")
    sees(ben, "Said after Eli left.")
    assert [line.split(".")[0] for line in _log(amara)[:2]] == ["Amara-25 made a new key", "Eli-25 left"]
    eli.goto(address)
    expect(eli.get_by_role("heading", name="Not here")).to_be_visible()


def test_who_is_removed_reads_why_and_nobody_else_does(person: NewPage, device: NewContext) -> None:
    ben, amara, eli, elsewhere = person(), person(), person(), device()
    *_, kit = group_of([ben, amara, eli], ["Ben-26", "Amara-26", "Eli-26"])
    on_the_train = elsewhere.new_page()
    on_another_device(on_the_train, kit)
    on_the_train.goto(ben.url)
    expect(writing_box(on_the_train)).to_be_visible()
    elsewhere.set_offline(True)
    turn_to(ben, "People")
    _member(ben, "Eli-26").get_by_role("button", name="Remove").click()
    words = ben.get_by_label("Your words to them")
    words.fill("   ")
    press_in(ben.get_by_role("dialog"), "Remove")
    expect(words).to_have_accessible_description("Write to them first. They should know why.")
    words.fill("You told a story that was not yours.")
    press_in(ben.get_by_role("dialog"), "Remove")
    expect(eli.get_by_role("heading", name="You are not in this group")).to_be_visible()
    expect(amara.locator("#shelf").get_by_text("Eli-26 is no longer here.")).to_be_visible()
    readers(amara, 2)
    share(ben, "Said without Eli.")
    sees(amara, "Said without Eli.")
    elsewhere.set_offline(False)
    expect(on_the_train.get_by_role("heading", name="You are not in this group")).to_be_visible()
    assert "not yours" not in amara.content()
    eli.goto("/groups/")
    eli.get_by_role("link", name="Read it").click()
    expect(eli.get_by_role("heading", name="Tuesday evening")).to_be_visible()
    expect(eli.get_by_text("You told a story that was not yours.")).to_be_visible()
    expect(eli.get_by_text("Ben-26 wrote to you about it")).to_be_visible()
    assert _log(amara)[0].startswith("Ben-26 removed Eli-26.")


def test_the_door_goes_from_one_facilitator_to_the_next(person: NewPage) -> None:
    ben, amara = person(), person()
    group_of([ben, amara], ["Ben-27", "Amara-27"])
    turn_to(ben, "People")
    press(ben, "Leave this group")
    press_in(ben.get_by_role("dialog"), "Leave")
    expect(ben.get_by_text("You are the last facilitator.")).to_be_visible()
    _make_facilitator(ben, "Amara-27")
    press(ben, "Stop being a facilitator")
    press_in(ben.get_by_role("dialog"), "Stop being a facilitator")
    expect(ben.get_by_role("link", name="For facilitators")).to_have_count(0)
    turn_to(amara, "People")
    expect(amara.get_by_text("This group has one facilitator.")).to_be_visible()
    turn_to(amara, "Member list")
    lines = amara.locator("[data-part=entries] > li")
    # Her browser makes a key of which Ben knows nothing, without being asked.
    expect(lines.first).to_contain_text("Amara-27 made a new key for the facilitators.")
    assert _log(amara)[1].startswith("Ben-27 stopped being a facilitator.")


def test_the_last_one_closes_the_group(person: NewPage) -> None:
    ben = person()
    in_a_group(ben, "ben-28", "Was good", "Ben")
    share(ben, "Thank you, all of you.")
    turn_to(ben, "People")
    press(ben, "Leave this group")
    expect(ben.get_by_text("The group will be closed for good.")).to_be_visible()
    press_in(ben.get_by_role("dialog"), "Leave")
    ben.wait_for_url("**/groups/")
    expect(ben.get_by_text("This group has ended.")).to_be_visible()
    ben.get_by_role("link", name="Was good").click()
    sees(ben, "Thank you, all of you.")
    expect(opener(ben)).to_have_count(0)


def test_the_steward_makes_a_member_facilitator_when_none_is_left(person: NewPage, server: Running) -> None:
    ben, amara = person(), person()
    group_of([ben, amara], ["Ben-29", "Amara-29"])
    turn_to(amara, "People")
    amara.get_by_text("No facilitator can act any more, or one does harm?").click()
    text = amara.get_by_label("Text for them").input_value()
    signed = server.console("steward", "--sheet", str(server.steward_sheet), "promote", text).strip()
    amara.get_by_label("Text they gave you").fill("something else")
    press(amara, "Use this text")
    expect(amara.get_by_text("This is not something Holdspace wrote.")).to_be_visible()
    amara.get_by_label("Text they gave you").fill(signed)
    press(amara, "Use this text")
    let_in_nobody(amara)
    expect(ben.get_by_role("link", name="For facilitators")).to_be_visible()
    assert any("The people who run this network made Amara-29 a facilitator." in line for line in _log(ben))


def press_in(place: Locator, name: str) -> None:
    """Press a button of a dialog."""
    place.get_by_role("button", name=name, exact=True).click()


def let_in_nobody(page: Page) -> None:
    """The facilitator's part of the page is there, with nobody at the door."""
    turn_to(page, "For facilitators")
    expect(page.get_by_text("Nobody is waiting.")).to_be_visible()


def sees_after_turning(page: Page, text: str) -> None:
    """Back at the talk."""
    turn_to(page, "Talk")
    sees(page, text)


def _member(page: Page, name: str) -> Locator:
    return page.locator("[data-part=members] > li").filter(has_text=name)


def _make_facilitator(page: Page, name: str) -> None:
    turn_to(page, "People")
    _member(page, name).get_by_role("button", name="Make facilitator").click()
    press_in(page.get_by_role("dialog"), "Make facilitator")
    expect(_member(page, name).get_by_text("facilitator", exact=True)).to_be_visible()


def _log(page: Page) -> list[str]:
    """What happened in the member list, newest first."""
    turn_to(page, "Member list")
    lines = page.locator("[data-part=entries] > li")
    expect(lines.last).to_contain_text("started this group")
    return lines.all_inner_texts()
