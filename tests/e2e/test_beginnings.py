"""Help to begin: taken up with a press, and made one's own before it is sent."""

from playwright.sync_api import expect

from tests.e2e.conftest import NewPage
from tests.e2e.people import faults, press
from tests.e2e.rooms import group_of, reply, sees, share, turn_to, writing_box


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
