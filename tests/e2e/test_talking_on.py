"""Three people talk on: chat, parts, edits, withdrawals, and being there, with everything live on each other's screens."""

from itertools import count
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.people import press
from tests.e2e.rooms import act, group_of, opener, reply, sees, share, turn_to, writing_box

NARROW = {"width": 360, "height": 740}


numbers = count(1)


class Three(NamedTuple):
    """Ben, Amara on a phone, and Dana, in one group; Ben and Amara go by these names."""

    ben: Page
    amara: Page
    dana: Page
    names: tuple[str, str]

    @property
    def pages(self) -> tuple[Page, Page, Page]:
        """All three."""
        return self.ben, self.amara, self.dana


@pytest.fixture
def three(person: NewPage) -> Three:
    """Three people who are in a group together."""
    ben, amara, dana = person(), person(viewport=NARROW), person()
    number = next(numbers)
    names = [f"{name}-on-{number}" for name in ("Ben", "Amara", "Dana")]
    group_of([ben, amara, dana], names)
    return Three(ben, amara, dana, (names[0], names[1]))


def test_presence_is_seen_by_the_author_in_words_and_by_nobody_else(three: Three) -> None:
    ben, amara, dana = three.pages
    his, hers = three.names
    share(amara, "Today was hard.")
    heard = sees(ben, "Today was hard.")
    act(heard, "I’m with you")
    heard.get_by_role("button", name="You are not alone.").click()
    expect(heard).to_contain_text(f"You are with {hers}: “You are not alone.” Nobody else sees that.")
    mine = sees(amara, "Today was hard.")
    expect(mine).to_contain_text(f"{his} is with you: “You are not alone.”")
    expect(amara.locator("#spoken")).to_contain_text(f"{his} is with you")
    act(sees(dana, "Today was hard."), "I’m with you")
    press(dana, "Without words")
    expect(mine).to_contain_text("is with you.")
    assert "is with you" not in str(sees(dana, "Today was hard.").text_content())
    assert his not in str(sees(dana, "Today was hard.").text_content())
    expect(mine.get_by_role("button", name="I’m with you", exact=True)).to_be_hidden()
    amara.reload()
    expect(sees(amara, "Today was hard.")).to_contain_text(f"{his} is with you")
    for words, seen in (
        ("Thank you for telling us.", "is with you: “Thank you for telling us.”"),
        ("Without words", "is with you."),
    ):
        act(heard, "Say it differently")
        heard.get_by_role("button", name=words).click()
        expect(heard.get_by_role("button", name="Say it differently")).to_be_focused()
        expect(sees(amara, "Today was hard.")).to_contain_text(f"{his} {seen}")
    expect(sees(amara, "Today was hard.")).not_to_contain_text("Thank you for telling us.")
    act(heard, "Take that back")
    expect(sees(amara, "Today was hard.")).not_to_contain_text(his)
    expect(sees(amara, "Today was hard.")).to_contain_text("is with you.")


def test_an_edit_changes_the_words_in_their_place_on_every_screen(three: Three) -> None:
    ben, amara, dana = three.pages
    share(amara, "I cant sleep", helps="just be with me")
    share(ben, "Something later.")
    mine = sees(amara, "I cant sleep")
    act(mine, "Edit")
    box = mine.get_by_label("Your words, as they should be")
    expect(box).to_be_focused()
    box.fill("I cannot sleep.")
    press(amara, "Save")
    for page in three.pages:
        words = sees(page, "I cannot sleep.")
        expect(words).to_contain_text("edited")
        expect(words).to_contain_text("just be with me")
        expect(page.locator("[data-part=shares] > li").first).to_contain_text("Something later.")
        assert "I cant sleep" not in page.content()
    expect(sees(ben, "I cannot sleep.").get_by_role("button", name="Edit")).to_be_hidden()
    dana.reload()
    expect(sees(dana, "I cannot sleep.")).to_contain_text("edited")


def test_withdrawn_words_go_from_every_screen_and_replies_stay(three: Three) -> None:
    ben, amara, dana = three.pages
    share(amara, "Too much said.")
    reply(ben, "Too much said.", "Thank you for it.")
    share(amara, "Alone and gone.")
    for words in ("Alone and gone.", "Too much said."):
        act(sees(amara, words), "Take back")
        dialog = amara.get_by_role("dialog", name="Take these words back?")
        expect(dialog).to_contain_text("14 days")
        dialog.get_by_role("button", name="Take back").click()
        for page in three.pages:
            expect(page.get_by_text(words)).to_have_count(0)
    for page in three.pages:
        left = page.locator("[data-part=shares] > li").filter(has_text="Thank you for it.")
        expect(left).to_contain_text("Its author took this back.")
        expect(left.get_by_role("button", name="Reply")).to_be_hidden()
    dana.reload()
    expect(dana.get_by_text("Its author took this back.")).to_be_visible()
    assert "Too much said." not in dana.content()


def test_a_share_goes_on_in_parts_when_its_author_is_ready(three: Three) -> None:
    ben, amara, _dana = three.pages
    turn_to(amara, "Talk")
    writing_box(amara).fill("It began in spring.")
    amara.locator("form").filter(has_text="Tell the group something").get_by_label("There is more.").check()
    press(amara, "Share")
    heard = sees(ben, "It began in spring.")
    expect(heard).to_contain_text("There is more, when they are ready.")
    mine = sees(amara, "It began in spring.")
    act(mine, "Go on")
    mine.get_by_label("How it goes on").fill("Then it got worse.")
    mine.get_by_label("just be with me").check()
    press(amara, "Share this part")
    expect(heard).to_contain_text("Then it got worse.")
    expect(heard).to_contain_text("asks: just be with me")
    expect(heard.get_by_text("There is more, when they are ready.")).to_be_hidden()


def test_the_chat_is_beside_the_talk_and_a_part_of_its_own_on_a_phone(three: Three) -> None:
    ben, amara, dana = three.pages
    for page in (ben, dana):
        expect(page.get_by_label("Write in the chat")).to_be_visible()
    turn_to(amara, "Chat")
    amara.get_by_label("Write in the chat").fill("Who brings tea?")
    press(amara, "Send")
    for page in three.pages:
        expect(page.locator(".chat-line").filter(has_text="Who brings tea?")).to_be_visible()
    expect(ben.locator("#spoken")).to_contain_text("wrote in the chat")
    mine = amara.locator(".chat-line").filter(has_text="Who brings tea?")
    act(mine, "Take back")
    amara.get_by_role("dialog").get_by_role("button", name="Take back").click()
    for page in three.pages:
        expect(page.get_by_text("Who brings tea?")).to_have_count(0)


def test_where_a_group_has_ended_words_are_taken_back_and_nothing_is_said(three: Three) -> None:
    ben, amara, dana = three.pages
    share(amara, "I would take this back.")
    heard = sees(ben, "I would take this back.")
    act(heard, "I’m with you")
    press(ben, "Without words")
    turn_to(ben, "People")
    press(ben, "Close this group")
    ben.get_by_role("dialog").get_by_role("button", name="Close for good").click()
    for page in (amara, dana):
        expect(page.get_by_text("This group has ended.")).to_be_visible()
        expect(opener(page)).to_be_hidden()
    turn_to(ben, "Talk")
    expect(heard.get_by_role("button", name="Say it differently")).to_be_hidden()
    act(heard, "Take that back")
    mine = sees(amara, "I would take this back.")
    expect(mine).not_to_contain_text("is with you")
    for name in ("Edit", "Go on", "Reply"):
        expect(mine.get_by_role("button", name=name, exact=True)).to_be_hidden()
    mine.get_by_role("button", name="Take back").press("Enter")
    amara.get_by_role("dialog").get_by_role("button", name="Take back").click()
    for page in three.pages:
        expect(page.get_by_text("I would take this back.")).to_have_count(0)
