"""A phone's keyboard takes half of what one sees: nothing jumps, and the box one writes in stays in sight.

Some browsers make the page itself smaller then, others only what is seen of it. No keyboard comes up in a test: the page is made
smaller, or what is seen of it, as those browsers do.
"""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.conftest import NewContext
from tests.e2e.rooms import in_a_group, share, turn_to, writing_box
from tests.e2e.seats import named

PHONE = ViewportSize(width=360, height=640)
# What is left of a small phone, with the keyboard and the browser's own bar.
LEFT = ViewportSize(width=360, height=290)
# Of the box, under its last line, in px.
PADDING = 9
SEEN = """
() => {
  const [box, bar] = [document.activeElement, document.querySelector(".hurry")].map((each) => each.getBoundingClientRect());
  const view = visualViewport;
  const seen = { top: view.offsetTop, end: Math.min(view.offsetTop + view.height, bar.bottom > innerHeight / 2 ? bar.top : Infinity) };
  return { tag: document.activeElement.localName, isSeen: box.top >= seen.top - 1 && box.bottom <= seen.end + 1, page: box.top + scrollY };
}
"""


def with_keyboard(page: Page) -> None:
    """It comes up, and the page is smaller."""
    page.set_viewport_size(LEFT)
    page.wait_for_function("height => innerHeight === height", arg=LEFT["height"])


@pytest.fixture
def phone(device: NewContext) -> Page:
    """Under a thumb."""
    page = device(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    in_a_group(page, named("amara")[0], "Tuesday evening", "Amara")
    return page


def stays_in_sight(page: Page) -> None:
    """The box that has the focus is seen whole, and stands where it stood on the page."""
    before = page.evaluate(SEEN)
    assert before["tag"] == "textarea"
    with_keyboard(page)
    page.wait_for_function(f"() => ({SEEN})().isSeen")
    assert page.evaluate(SEEN)["page"] == before["page"]
    page.set_viewport_size(PHONE)
    page.wait_for_function("height => innerHeight === height", arg=PHONE["height"])
    assert page.evaluate(SEEN)["page"] == before["page"]


def test_the_boxes_stay_in_sight_and_nothing_jumps(phone: Page) -> None:
    writing_box(phone).click()
    stays_in_sight(phone)
    share(phone, "Good evening.")
    phone.get_by_role("button", name="Reply").click()
    expect(phone.get_by_label("Your reply")).to_be_focused()
    stays_in_sight(phone)
    turn_to(phone, "Chat")
    phone.get_by_label("Write in the chat").click()
    stays_in_sight(phone)


def test_long_words_are_seen_as_they_are_written(phone: Page) -> None:
    """Not under the bar with what is wanted in a hurry, and where the browser leaves the page as it is, not behind the keyboard."""
    writing_box(phone).click()
    with_keyboard(phone)
    phone.keyboard.type("\n".join(["And then", *["it went on"] * 30]))
    phone.wait_for_function(
        """padding => {
            const [box, bar] = [document.activeElement, document.querySelector(".hurry")].map((each) => each.getBoundingClientRect());
            return box.bottom - padding <= bar.top;
        }""",
        arg=PADDING,
    )
