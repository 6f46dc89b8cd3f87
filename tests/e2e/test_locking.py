"""Locking: by hand, by itself, in every tab, and after a lid was closed."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.people import GROUPS, SIGN_IN, SIGNED_OUT, UNLOCK, Kit, sign_in, unlock


def at_the_account(page: Page) -> Page:
    """Signed in, on the page about the account."""
    page.goto("/account/")
    expect(page.locator("header").get_by_role("button", name="Lock now")).to_be_visible()
    return page


def test_locking_one_tab_locks_the_other_and_unlocking_brings_both_back(amara: tuple[Page, Kit]) -> None:
    page, kit = amara
    page.goto("/account/")
    other = at_the_account(page.context.new_page())
    page.locator("header").get_by_role("button", name="Lock now").click()
    page.wait_for_url(UNLOCK)
    other.wait_for_url(UNLOCK)
    expect(page.get_by_role("heading", name="Locked. Your words are safe.")).to_be_visible()
    assert page.evaluate("sessionStorage.getItem('hs')") is None
    assert other.evaluate("sessionStorage.getItem('hs')") is None
    unlock(page, kit)
    page.wait_for_url(re.compile(r"/account/$"))
    other.wait_for_url(re.compile(r"/account/$"))
    at_the_account(other)


def test_a_new_tab_opens_without_the_passphrase_while_another_is_open(amara: tuple[Page, Kit]) -> None:
    page, _kit = amara
    page.goto("/account/")
    other = at_the_account(page.context.new_page())
    assert len(other.evaluate("sessionStorage.getItem('hs')")) == 240


def test_a_page_asks_for_the_other_half_of_the_keys_once_and_before_its_other_modules_run(
    amara: tuple[Page, Kit],
) -> None:
    page, _kit = amara
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/groups/")
    expect(page.get_by_role("heading", name="My groups")).to_be_visible()
    paths = [url.split("/", 3)[3] for url in asked]
    assert paths.count("seal/session-share") == 1
    # The header's modules are asked for by one that runs.
    assert paths.index("seal/session-share") < next(
        i for i, path in enumerate(paths) if "accounts/header" in path
    )


def test_a_new_window_without_the_old_tab_asks_for_the_passphrase(amara: tuple[Page, Kit]) -> None:
    page, kit = amara
    context = page.context
    page.close()
    later = context.new_page()
    later.goto("/unlock/")
    unlock(later, kit)
    later.wait_for_url(GROUPS)


def test_nobody_there_for_fifteen_minutes_locks(amara: tuple[Page, Kit]) -> None:
    page, _kit = amara
    page.clock.install()
    at_the_account(page)
    page.clock.run_for(14 * 60_000 + 10_000)
    expect(page.get_by_role("status").get_by_text("locks in a minute")).to_be_visible()
    page.keyboard.press("Shift")
    expect(page.get_by_role("status").get_by_text("locks in a minute")).to_be_hidden()
    page.clock.run_for(14 * 60_000)
    assert "/account/" in page.url
    page.clock.run_for(70_000)
    page.wait_for_url(UNLOCK)


def test_a_shared_device_locks_after_five_minutes(person: NewPage, known: Kit) -> None:
    page = person()
    sign_in(page, known, shared=True)
    page.wait_for_url(GROUPS)
    page.clock.install()
    at_the_account(page)
    page.clock.run_for(5 * 60_000 + 6_000)
    page.wait_for_url(UNLOCK)


def test_a_lid_closed_for_an_hour_opens_locked(amara: tuple[Page, Kit]) -> None:
    page, _kit = amara
    page.clock.install()
    at_the_account(page)
    page.clock.fast_forward(3_600_000)
    page.wait_for_url(UNLOCK)


def test_a_window_brought_back_the_next_day_opens_locked(amara: tuple[Page, Kit]) -> None:
    page, kit = amara
    at_the_account(page)
    page.add_init_script("sessionStorage.getItem('hs-day') ?? sessionStorage.setItem('hs-awake', '1')")
    page.add_init_script("sessionStorage.setItem('hs-day', '2')")
    page.reload()
    page.wait_for_url(UNLOCK)
    unlock(page, kit)
    page.wait_for_url(re.compile(r"/account/$"))


def test_a_page_brought_back_by_the_back_button_asks_for_its_share_again(amara: tuple[Page, Kit]) -> None:
    page, _kit = amara
    at_the_account(page)
    with page.expect_request("**/seal/session-share"):
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(page.locator("header").get_by_role("button", name="Lock now")).to_be_visible()


def test_signing_out_leaves_every_tab(amara: tuple[Page, Kit]) -> None:
    page, _kit = amara
    page.goto("/account/")
    other = at_the_account(page.context.new_page())
    page.locator("header").get_by_role("button", name="Sign out").click()
    page.wait_for_url(SIGNED_OUT)
    other.wait_for_url(SIGNED_OUT)
    page.goto("/account/")
    page.wait_for_url(SIGN_IN)
