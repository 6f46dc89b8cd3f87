"""The same person on a phone and on a laptop, writing at once: both end with the same screen, and nothing typed is lost."""

import re

from playwright.sync_api import Locator, Page, expect

from holdspace.sealing.errors import SENTENCES
from tests.conftest import NewContext
from tests.e2e.people import press
from tests.e2e.rooms import in_a_group, sees, share, writing_box
from tests.e2e.seats import on_another_device

PHONE = {"width": 360, "height": 740}
SHARES = "[data-part=shares] > li"
BOX = "Your words, as they should be"


def both_devices(device: NewContext, name: str) -> tuple[Page, Page]:
    """One person's laptop and phone, in the same group."""
    laptop, phone = device().new_page(), device(viewport=PHONE).new_page()
    kit = in_a_group(laptop, name, "Two devices", name.title())
    share(laptop, "I said this at home.")
    on_another_device(phone, kit)
    phone.goto(laptop.url.partition("#")[0])
    for page in (laptop, phone):
        sees(page, "I said this at home.")
        expect(writing_box(page)).to_be_enabled()
    return laptop, phone


def words(page: Page) -> Locator:
    """The only share there is."""
    return page.locator(SHARES).last


def begin_edit(page: Page, text: str) -> None:
    """Open the box and write, without saving."""
    words(page).get_by_role("button", name="Edit", exact=True).click()
    words(page).get_by_label(BOX).fill(text)


def texts(page: Page) -> list[str]:
    """What stands there."""
    return page.locator(f"{SHARES} [data-part=text]").all_text_contents()


def test_who_edits_on_two_devices_at_once_is_told_and_loses_neither(device: NewContext) -> None:
    laptop, phone = both_devices(device, "ben-95")
    begin_edit(laptop, "I said this at home, on Monday.")
    begin_edit(phone, "I said this at home, and meant it.")
    press(laptop, "Save")
    for page in (laptop, phone):
        expect(words(page).locator("[data-part=text]")).to_have_text("I said this at home, on Monday.")
    press(phone, "Save")
    expect(phone.locator("#told")).to_have_text(SENTENCES["exists"])
    expect(words(phone).get_by_label(BOX)).to_have_value("I said this at home, and meant it.")
    expect(words(phone).locator("[data-part=text]")).to_have_text("I said this at home, on Monday.")
    press(phone, "Save")
    expect(phone.locator("#told")).to_be_hidden()
    for page in (laptop, phone):
        expect(words(page).locator("[data-part=text]")).to_have_text("I said this at home, and meant it.")
        page.reload()
        expect(words(page).locator("[data-part=text]")).to_have_text("I said this at home, and meant it.")


def test_who_writes_on_two_devices_at_once_says_both_and_sees_both_on_each(device: NewContext) -> None:
    laptop, phone = both_devices(device, "ben-96")
    for number in range(3):
        for page, where in ((laptop, "laptop"), (phone, "phone")):
            writing_box(page).fill(f"From the {where}, {number}.")
        for page in (laptop, phone):
            press(page, "Share")
    for page in (laptop, phone):
        expect(page.locator(SHARES)).to_have_count(7)
        expect(page.locator("#stage").get_by_text("Waiting to be sent.")).to_have_count(0)
    assert texts(laptop) == texts(phone)


def test_what_is_edited_without_a_line_while_another_device_edits_is_not_written_over_it_unseen(
    device: NewContext,
) -> None:
    laptop, phone = both_devices(device, "ben-97")
    phone.context.set_offline(True)
    expect(phone.get_by_text(re.compile("^Not connected"))).to_be_visible()
    begin_edit(phone, "From the tunnel.")
    press(phone, "Save")
    begin_edit(laptop, "From home.")
    press(laptop, "Save")
    expect(words(laptop).locator("[data-part=text]")).to_have_text("From home.")
    phone.context.set_offline(False)
    expect(phone.locator("#told")).to_have_text(SENTENCES["exists"])
    expect(words(phone).get_by_label(BOX)).to_have_value("From the tunnel.")
    expect(words(phone).locator("[data-part=text]")).to_have_text("From home.")
    assert texts(phone) == texts(laptop)
