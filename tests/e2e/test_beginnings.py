"""The box one writes in: help to begin, made one's own before it is sent; and what can't be sent yet is told, and stays."""

from playwright.sync_api import expect

from holdspace.sealing.body import MAX_TEXT
from holdspace.sealing.errors import SENTENCES
from tests.e2e.conftest import NewPage
from tests.e2e.people import faults, press
from tests.e2e.rooms import group_of, in_a_group, reply, sees, share, turn_to, writing_box


def test_a_beginning_is_gone_on_with_before_it_is_sent(person: NewPage) -> None:
    ben, amara = person(), person(viewport={"width": 360, "height": 740})
    group_of([ben, amara], ["Ben-60", "Amara-60"])
    turn_to(amara, "Talk")
    box = writing_box(amara)
    amara.get_by_text("Help me begin").click()
    press(amara, "What is hard right now is …")
    expect(box).to_have_value("What is hard right now is …")
    press(amara, "Share")
    expect(amara.get_by_text("One line still ends where we began it.")).to_be_visible()
    assert not faults(amara)
    amara.keyboard.press("End")
    amara.keyboard.press("Backspace")
    amara.keyboard.type("the mornings.")
    press(amara, "Share")
    sees(ben, "What is hard right now is the mornings.")


def test_three_lines_help_to_give_back_what_one_heard(person: NewPage) -> None:
    ben, amara = person(), person()
    group_of([ben, amara], ["Ben-61", "Amara-61"])
    share(amara, "The mornings are long.")
    heard = sees(ben, "The mornings are long.")
    heard.get_by_role("button", name="Reply").click()
    heard.get_by_text("Help me begin").click()
    heard.get_by_role("button", name="Three lines").click()
    box = heard.get_by_label("Your reply")
    expect(box).to_have_value("I hear that …\nThat may feel …\nWould you like to tell more about …")
    ben.keyboard.type("mornings are long.")
    expect(box).to_have_value(
        "I hear that mornings are long.\nThat may feel …\nWould you like to tell more about …"
    )
    heard.get_by_role("button", name="Send reply").click()
    expect(heard.get_by_text("One line still ends where we began it.")).to_be_visible()
    box.fill("")
    reply_text = "I hear that mornings are long."
    box.fill(reply_text)
    heard.get_by_role("button", name="Send reply").click()
    expect(sees(amara, "The mornings are long.")).to_contain_text(reply_text)
    reply(amara, "The mornings are long.", "Yes.")


NOTHING = "There are no words here yet. A few are enough."


def test_every_box_says_that_there_are_no_words_yet(person: NewPage) -> None:
    ben, amara = person(), person(viewport={"width": 360, "height": 740})
    group_of([ben, amara], ["Ben-62", "Amara-62"])
    share(amara, "The evenings are short.")
    box = writing_box(amara)
    box.fill("  \n ")
    press(amara, "Share")
    expect(amara.get_by_role("alert").filter(has_text=NOTHING)).to_be_visible()
    expect(box).to_be_focused()
    expect(box).to_have_accessible_description(NOTHING)
    assert not faults(amara)
    box.press_sequentially("So")
    expect(amara.get_by_text(NOTHING)).to_be_hidden()
    heard = sees(ben, "The evenings are short.")
    heard.get_by_role("button", name="Reply").click()
    heard.get_by_role("button", name="Send reply").click()
    expect(heard.get_by_text(NOTHING)).to_be_visible()
    turn_to(amara, "Chat")
    press(amara, "Send")
    expect(amara.get_by_text(NOTHING)).to_be_visible()


def test_nothing_is_cut_off_as_it_is_pasted(person: NewPage) -> None:
    ben = person()
    in_a_group(ben, "ben-63", "A long story", "Ben")
    story = "🌻" * MAX_TEXT + "and how it ended"
    box = writing_box(ben)
    box.focus()
    ben.keyboard.insert_text(story)
    expect(box).to_have_value(story)
    press(ben, "Share")
    expect(box).to_have_accessible_description(SENTENCES["too-large"])
    expect(box).to_have_value(story)
    box.fill("🌻" * MAX_TEXT)
    press(ben, "Share")
    sees(ben, "🌻" * 50)
