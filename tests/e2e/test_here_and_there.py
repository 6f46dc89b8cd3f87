"""Signed in here and there: one browser ends another, and a new passphrase ends all the others."""

from playwright.sync_api import expect

from holdspace.sealing.errors import SENTENCES
from tests.e2e.conftest import NewPage
from tests.e2e.people import GROUPS, SIGN_IN, SIGNED_OUT, faults, press, sign_in
from tests.e2e.rooms import BEGUN, begins, has_begun, in_a_group
from tests.e2e.seats import on_another_device


def test_a_browser_is_ended_from_another_and_the_draft_waits_there(person: NewPage) -> None:
    library, phone = person(), person()
    kit = in_a_group(library, "days-1", "Ending", "Amara")
    begins(library)
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
    assert BEGUN not in library.evaluate("JSON.stringify(sessionStorage)")
    library.get_by_label("Sign-in name").fill(kit.name)
    library.get_by_label("Passphrase", exact=True).fill(kit.passphrase)
    press(library, "Sign in")
    has_begun(library)
    phone.reload()
    expect(rows).to_have_count(2)


def test_signing_out_everywhere_reaches_every_browser_at_once(person: NewPage) -> None:
    one, other, third = person(), person(), person()
    kit = in_a_group(one, "days-2", "Everywhere", "Amara")
    for page in (other, third):
        on_another_device(page, kit)
        page.goto("/account/")
    press(other, "Sign out everywhere")
    other.wait_for_url(SIGNED_OUT)
    one.wait_for_url(SIGN_IN)
    # No socket told this one: its next request does.
    third.reload()
    third.wait_for_url(SIGN_IN)


def test_a_new_passphrase_opens_the_same_keys_and_signs_others_out(person: NewPage) -> None:
    page, elsewhere = person(), person()
    kit = in_a_group(page, "words-1", "The same keys", "Amara")
    group = page.url
    on_another_device(elsewhere, kit)
    elsewhere.goto("/groups/")
    expect(elsewhere.get_by_role("link", name="The same keys")).to_be_visible()
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
