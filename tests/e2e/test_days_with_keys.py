"""Living with keys: signed in here and there, locked with a draft in hand, signed out, and what stays behind."""

import re

import pytest
from playwright.sync_api import Page, expect

from holdspace.sealing.errors import SENTENCES
from tests.e2e.conftest import NewContext, NewPage
from tests.e2e.people import Kit, faults, press, sign_in, sign_up, unlock
from tests.e2e.rooms import start_group, writing_box

pytestmark = pytest.mark.journey

SIGN_IN = re.compile(r"/sign-in/$")
UNLOCK = re.compile(r"/unlock/$")
SIGNED_OUT = re.compile(r"/signed-out/$")
GROUPS = re.compile(r"/groups/$")
DRAFT = "Half of a sentence that"


def write(page: Page, words: str = DRAFT) -> None:
    """Begin a share."""
    writing_box(page).fill(words)


def has(page: Page, words: str) -> None:
    """The composer holds these words."""
    expect(writing_box(page)).to_have_value(words)


# Signed in here and there -----------------------------------------------------------------------------------------------


def test_a_browser_is_ended_from_another_and_the_draft_waits_there(person: NewPage) -> None:
    library, phone = person(), person()
    kit = sign_up(library, "days-1")
    start_group(library, "Ending", "Amara")
    write(library)
    sign_in(phone, kit)
    phone.wait_for_url(GROUPS)
    phone.goto("/account/")
    rows = phone.locator("[data-part=session]")
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text="This device")).to_contain_text("Chrome on Linux")
    press(phone, "End this one")
    expect(phone.get_by_text("Ended. Nobody gets in there")).to_be_visible()
    expect(phone.get_by_role("heading", name="Where you are signed in")).to_be_focused()
    library.wait_for_url(SIGN_IN)
    expect(library.get_by_text("You were signed out from another device.")).to_be_visible()
    assert DRAFT not in library.evaluate("JSON.stringify(sessionStorage)")
    library.get_by_label("Sign-in name").fill(kit.name)
    library.get_by_label("Passphrase", exact=True).fill(kit.passphrase)
    press(library, "Sign in")
    has(library, DRAFT)
    phone.reload()
    expect(rows).to_have_count(2)


def test_signing_out_everywhere_reaches_every_browser_at_once(person: NewPage) -> None:
    one, other, third = person(), person(), person()
    kit = sign_up(one, "days-2")
    start_group(one, "Everywhere", "Amara")
    for page in (other, third):
        sign_in(page, kit)
        page.wait_for_url(GROUPS)
    third.goto("/account/")
    other.goto("/account/")
    press(other, "Sign out everywhere")
    other.wait_for_url(SIGNED_OUT)
    one.wait_for_url(SIGN_IN)
    # No socket told this one: its next request does.
    third.reload()
    third.wait_for_url(SIGN_IN)


# The draft stays, or goes -------------------------------------------------------------------------------------------------


def test_signing_out_keeps_a_sealed_draft_on_a_device_of_ones_own(person: NewPage) -> None:
    page = person()
    kit = sign_up(page, "days-3")
    start_group(page, "Keeping", "Amara")
    group = page.url
    write(page)
    press(page, "Sign out")
    page.wait_for_url(SIGNED_OUT)
    expect(page.get_by_text("What you had begun to write stays on this device, locked.")).to_be_visible()
    assert DRAFT not in page.evaluate("JSON.stringify(sessionStorage)")
    sign_in(page, kit)
    page.wait_for_url(GROUPS)
    page.goto(group)
    has(page, DRAFT)


def test_nothing_is_left_where_somebody_chooses_so(person: NewPage) -> None:
    page = person()
    kit = sign_up(page, "days-4")
    start_group(page, "Leaving nothing", "Amara")
    group = page.url
    write(page)
    page.goto("/account/")
    page.evaluate(
        "() => new Promise((done) => { const asked = indexedDB.open('hs-something'); asked.onsuccess = () => {"
        " asked.result.close(); done(); }; })"
    )
    press(page, "Sign out and leave nothing here")
    page.wait_for_url(SIGNED_OUT)
    expect(page.get_by_text("Nothing of yours is left on this device.")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0
    assert page.evaluate("indexedDB.databases()") == []
    assert "known" not in {cookie["name"] for cookie in page.context.cookies()}
    sign_in(page, kit)
    page.wait_for_url(GROUPS)
    page.goto(group)
    has(page, "")


def test_one_may_still_choose_after_signing_out(person: NewPage) -> None:
    page = person()
    sign_up(page, "days-5")
    start_group(page, "Choosing", "Amara")
    write(page)
    press(page, "Sign out")
    press(page, "Leave nothing here")
    expect(page.get_by_text("Nothing of yours is left on this device.")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0


def test_a_lid_closed_over_a_half_written_share_locks_and_keeps_it(person: NewPage) -> None:
    page = person()
    kit = sign_up(page, "days-6")
    start_group(page, "Lid", "Amara")
    page.clock.install()
    page.reload()
    write(page)
    expect(page.get_by_role("button", name="Lock now")).to_be_visible()
    page.clock.fast_forward(3_600_000)
    page.wait_for_url(UNLOCK)
    unlock(page, kit)
    has(page, DRAFT)


def test_the_back_button_brings_nothing_back_after_signing_out(person: NewPage) -> None:
    page = person()
    sign_up(page, "days-7")
    start_group(page, "No way back", "Amara")
    write(page)
    page.goto("/account/")
    page.locator("header").get_by_role("button", name="Sign out").click()
    page.wait_for_url(SIGNED_OUT)
    page.go_back()
    # To the signed-out there is no such group.
    expect(page.get_by_role("heading", name="Not here")).to_be_visible()
    assert "No way back" not in page.content()
    assert DRAFT not in page.content()


# A new passphrase -------------------------------------------------------------------------------------------------------


def test_a_new_passphrase_opens_the_same_keys_and_signs_others_out(person: NewPage) -> None:
    page, elsewhere = person(), person()
    kit = sign_up(page, "words-1")
    start_group(page, "The same keys", "Amara")
    group = page.url
    sign_in(elsewhere, kit)
    elsewhere.wait_for_url(GROUPS)
    page.goto("/account/passphrase/")
    page.get_by_label("Passphrase", exact=True).fill("five words that open nothing")
    press(page, "Next")
    expect(page.get_by_role("alert").get_by_text(SENTENCES["wrong-key"])).to_be_visible()
    page.get_by_label("Passphrase", exact=True).fill(kit.passphrase)
    press(page, "Next")
    expect(page.get_by_role("heading", name="Your new passphrase")).to_be_focused()
    expect(page.locator("[data-part=words] li")).to_have_count(5)
    assert faults(page) == []
    press(page, "Choose my own instead")
    page.get_by_label("Your own passphrase").fill("short")
    press(page, "Keep this passphrase")
    expect(page.get_by_role("alert").get_by_text("at least 12 letters or signs")).to_be_visible()
    press(page, "Offer me five words again")
    words = " ".join(page.locator("[data-part=words] li").all_inner_texts())
    press(page, "Keep this passphrase")
    expect(page.get_by_role("heading", name="From now on, this passphrase opens your keys")).to_be_focused()
    elsewhere.wait_for_url(SIGN_IN)
    sign_in(elsewhere, kit)
    expect(elsewhere.get_by_role("alert").get_by_text(SENTENCES["wrong-key"])).to_be_visible()
    sign_in(elsewhere, kit._replace(passphrase=words))
    elsewhere.wait_for_url(GROUPS)
    elsewhere.goto(group)
    expect(elsewhere.get_by_role("heading", level=1, name="The same keys")).to_be_visible()


# A code on a device of one's own ------------------------------------------------------------------------------------------

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
    kit = sign_up(page, "code-1")
    start_group(page, "Code", "Amara")
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
    write(page)
    press(page, "Lock now")
    page.wait_for_url(UNLOCK)
    expect(page.get_by_label("Your code")).to_be_focused()
    assert faults(page) == []
    type_code(page, "042918")
    expect(page.get_by_role("alert").get_by_text(SENTENCES["wrong-code"])).to_be_visible()
    type_code(page, CODE)
    has(page, DRAFT)


def test_a_browser_opened_the_next_morning_asks_for_the_code(person: NewPage) -> None:
    page = person()
    use_code(page, sign_up(page, "code-2"))
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
    kit = sign_up(page, "code-3")
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
    kit = sign_up(page, "code-4")
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


# Quick exit -------------------------------------------------------------------------------------------------------------

NEUTRAL = "https://www.wikipedia.org/"


def with_neutral_page(page: Page) -> Page:
    """The page somebody might be reading, without a way out of this machine."""
    page.context.route(
        NEUTRAL, lambda route: route.fulfill(body="<title>An encyclopedia</title>", content_type="text/html")
    )
    return page


def ended(page: Page) -> None:
    """Nobody is signed in with this browser any more."""
    page.goto("/account/")
    page.wait_for_url(SIGN_IN)


def test_quick_exit_empties_every_tab_at_once_and_keeps_the_draft(person: NewPage) -> None:
    page = with_neutral_page(person())
    kit = sign_up(page, "exit-1")
    start_group(page, "Exit", "Amara")
    group = page.url
    other = page.context.new_page()
    other.goto("/account/")
    expect(other.get_by_role("button", name="Lock now").first).to_be_visible()
    write(page)
    page.get_by_role("link", name="Quick exit").click()
    for each in (page, other):
        each.wait_for_url(NEUTRAL)
    ended(page)
    assert DRAFT not in page.evaluate("JSON.stringify(sessionStorage)")
    assert not page.evaluate("sessionStorage.getItem('hs')")
    sign_in(page, kit)
    page.wait_for_url(GROUPS)
    page.goto(group)
    has(page, DRAFT)


def test_escape_three_times_leaves_and_fewer_do_not(person: NewPage) -> None:
    page = with_neutral_page(person())
    sign_up(page, "exit-2")
    start_group(page, "Escape", "Amara")
    write(page, "b")
    for key in ("Escape", "Escape", "a", "Escape", "Escape"):
        page.keyboard.press(key)
    has(page, "ba")
    page.keyboard.press("Escape")
    page.wait_for_url(NEUTRAL)
    ended(page)


def test_an_escape_that_closes_a_dialog_is_not_counted(person: NewPage) -> None:
    page = with_neutral_page(person())
    page.goto("/")
    for _ in range(4):
        page.evaluate(
            "() => { const dialog = document.body.appendChild(document.createElement('dialog')); dialog.showModal(); }"
        )
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for _ in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url(NEUTRAL)


def test_without_a_way_to_the_server_the_page_is_empty_all_the_same(person: NewPage) -> None:
    page = with_neutral_page(person())
    sign_up(page, "exit-3")
    start_group(page, "Cut off", "Amara")
    expect(page.get_by_role("button", name="Lock now")).to_be_visible()
    page.context.route("**/seal/**", lambda route: route.abort())
    page.context.route("**/live", lambda route: route.abort())
    page.get_by_role("link", name="Quick exit").click()
    page.wait_for_url(NEUTRAL)
    page.goto("/account/")
    assert not page.evaluate("sessionStorage.getItem('hs')"), "the half that opens the keys is gone"


def test_quick_exit_works_without_javascript(device: NewContext) -> None:
    context = device(java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    with page.expect_request(NEUTRAL):
        page.get_by_role("link", name="Quick exit").click()
    assert context.cookies() == []


# A code is offered -------------------------------------------------------------------------------------------------------


def test_a_code_is_offered_on_a_device_of_ones_own_and_not_now_is_heard(person: NewPage) -> None:
    page, borrowed = person(viewport={"width": 360, "height": 740}), person()
    kit = sign_up(page, f"days-{id(page) % 9931}")
    start_group(page, "Offering", "Amara")
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
