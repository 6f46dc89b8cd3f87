"""A code on a device of one's own: offered, six digits long, and ended after five wrong ones."""

import re

from playwright.sync_api import Page, expect

from holdspace.sealing.errors import SENTENCES
from tests.e2e.conftest import NewPage
from tests.e2e.people import GROUPS, UNLOCK, Kit, faults, press, sign_in, unlock
from tests.e2e.rooms import begins, has_begun, in_a_group
from tests.e2e.seats import at_home, named

CODE = "042917"


def use_code(page: Page, kit: Kit, code: str = CODE) -> None:
    """Have a code open this device."""
    page.goto("/account/own-device/")
    page.get_by_label("A code of six digits").fill(code)
    page.get_by_label("This device is mine alone").check()
    page.get_by_label("Passphrase", exact=True).fill(kit.passphrase)
    press(page, "Use this code")


def type_code(page: Page, code: str) -> None:
    """On the locked page."""
    page.get_by_label("Your code").fill(code)
    press(page, "Open again")


def test_six_digits_open_a_locked_device_and_the_draft_is_back(person: NewPage) -> None:
    page = person()
    kit = in_a_group(page, "code-1", "Code", "Amara")
    group = page.url
    use_code(page, kit, "123456")
    expect(page.get_by_role("alert").get_by_text("one of the first codes anybody would try")).to_be_visible()
    expect(
        page.get_by_text("Whoever steals this device and also breaks into the server opens it.")
    ).to_be_visible()
    assert faults(page) == []
    use_code(page, kit)
    expect(page.get_by_role("heading", name="From now on, your code opens this device")).to_be_focused()
    page.goto(group)
    begins(page)
    press(page, "Lock now")
    page.wait_for_url(UNLOCK)
    expect(page.get_by_label("Your code")).to_be_focused()
    assert faults(page) == []
    type_code(page, "042918")
    expect(page.get_by_role("alert").get_by_text(SENTENCES["wrong-code"])).to_be_visible()
    type_code(page, CODE)
    has_begun(page)


def test_a_browser_opened_the_next_morning_asks_for_the_code(person: NewPage) -> None:
    page = person()
    use_code(page, at_home(page, "code-2"))
    expect(page.get_by_role("heading", name="From now on, your code opens this device")).to_be_visible()
    context = page.context
    page.close()
    morning = context.new_page()
    morning.goto("/groups/")
    morning.wait_for_url(UNLOCK)
    type_code(morning, CODE)
    morning.wait_for_url(GROUPS)


def test_after_five_wrong_codes_only_the_passphrase_opens(person: NewPage) -> None:
    page = person()
    kit = at_home(page, "code-3")
    use_code(page, kit)
    expect(page.get_by_role("heading", name="From now on, your code opens this device")).to_be_visible()
    press(page, "Lock now")
    page.wait_for_url(UNLOCK)
    for _ in range(4):
        type_code(page, "000001")
        expect(page.get_by_role("alert").get_by_text(SENTENCES["wrong-code"]).first).to_be_visible()
        expect(page.get_by_label("Your code")).to_have_value("")
    type_code(page, "000001")
    expect(page.get_by_role("alert").get_by_text(SENTENCES["no-device"])).to_be_visible()
    expect(page.get_by_label("Your code")).to_be_hidden()
    page.wait_for_function("async () => (await indexedDB.databases()).length === 0")
    unlock(page, kit)
    page.wait_for_url(re.compile("/account/"))


def test_the_passphrase_still_opens_and_a_code_can_be_ended(person: NewPage) -> None:
    page = person()
    kit = at_home(page, "code-4")
    use_code(page, kit)
    expect(page.get_by_role("heading", name="From now on, your code opens this device")).to_be_visible()
    page.goto("/account/own-device/")
    press(page, "Lock now")
    press(page, "Use my passphrase instead")
    unlock(page, kit)
    page.wait_for_url(re.compile("/account/own-device/"))
    press(page, "Use only my passphrase again")
    expect(page.get_by_label("A code of six digits")).to_be_visible()
    press(page, "Lock now")
    page.wait_for_url(UNLOCK)
    expect(page.get_by_label("Passphrase", exact=True)).to_be_visible()
    expect(page.get_by_label("Your code")).to_have_count(0)


def test_a_code_is_offered_on_a_device_of_ones_own_and_not_now_is_heard(person: NewPage) -> None:
    page, borrowed = person(viewport={"width": 360, "height": 740}), person()
    kit = in_a_group(page, named("amara")[0], "Offering", "Amara")
    offer = page.get_by_role("heading", name="Is this device yours alone?")
    page.goto("/groups/")
    expect(offer).to_be_visible()
    assert faults(page) == []
    press(page, "Not now")
    expect(offer).to_be_hidden()
    page.reload()
    expect(page.get_by_role("link", name="Offering")).to_be_visible()
    expect(page.get_by_role("link", name="Start a group")).to_be_visible()
    expect(offer).to_be_hidden()
    page.add_init_script("{ const now = Date.now; Date.now = () => now() + 31 * 24 * 3600 * 1000; }")
    page.reload()
    unlock_if_asked(page, kit)
    expect(offer).to_be_visible()
    sign_in(borrowed, kit, shared=True)
    borrowed.wait_for_url(GROUPS)
    expect(borrowed.get_by_role("link", name="Offering")).to_be_visible()
    expect(borrowed.get_by_role("heading", name="Is this device yours alone?")).to_be_hidden()
    assert borrowed.evaluate("indexedDB.databases()") == []


def unlock_if_asked(page: Page, kit: Kit) -> None:
    """A month later the page has slept."""
    page.wait_for_url(UNLOCK)
    unlock(page, kit)
    page.wait_for_url(GROUPS)
