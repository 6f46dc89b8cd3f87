"""Locked or signed out with words begun: they stay, sealed, or go, as one chose."""

from playwright.sync_api import expect

from tests.e2e.conftest import NewPage
from tests.e2e.people import GROUPS, SIGNED_OUT, UNLOCK, press, sign_in, unlock
from tests.e2e.rooms import BEGUN, begins, has_begun, in_a_group


def test_signing_out_keeps_a_sealed_draft_on_a_device_of_ones_own(person: NewPage) -> None:
    page = person()
    kit = in_a_group(page, "days-3", "Keeping", "Amara")
    group = page.url
    begins(page)
    press(page, "Sign out")
    page.wait_for_url(SIGNED_OUT)
    expect(page.get_by_text("What you had begun to write stays on this device, locked.")).to_be_visible()
    assert BEGUN not in page.evaluate("JSON.stringify(sessionStorage)")
    sign_in(page, kit)
    page.wait_for_url(GROUPS)
    page.goto(group)
    has_begun(page)


def test_nothing_is_left_where_somebody_chooses_so(person: NewPage) -> None:
    page = person()
    kit = in_a_group(page, "days-4", "Leaving nothing", "Amara")
    group = page.url
    begins(page)
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
    has_begun(page, "")


def test_one_may_still_choose_after_signing_out(person: NewPage) -> None:
    page = person()
    in_a_group(page, "days-5", "Choosing", "Amara")
    begins(page)
    press(page, "Sign out")
    press(page, "Leave nothing here")
    expect(page.get_by_text("Nothing of yours is left on this device.")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0


def test_a_lid_closed_over_a_half_written_share_locks_and_keeps_it(person: NewPage) -> None:
    page = person()
    kit = in_a_group(page, "days-6", "Lid", "Amara")
    page.clock.install()
    page.reload()
    begins(page)
    expect(page.get_by_role("button", name="Lock now")).to_be_visible()
    page.clock.fast_forward(3_600_000)
    page.wait_for_url(UNLOCK)
    unlock(page, kit)
    has_begun(page)


def test_the_back_button_brings_nothing_back_after_signing_out(person: NewPage) -> None:
    page = person()
    in_a_group(page, "days-7", "No way back", "Amara")
    begins(page)
    page.goto("/account/")
    page.locator("header").get_by_role("button", name="Sign out").click()
    page.wait_for_url(SIGNED_OUT)
    page.go_back()
    # To the signed-out there is no such group.
    expect(page.get_by_role("heading", name="Not here")).to_be_visible()
    assert "No way back" not in page.content()
    assert BEGUN not in page.content()
