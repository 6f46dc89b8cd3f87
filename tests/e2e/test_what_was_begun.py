"""Words somebody has begun to write are there again, however quickly their page went away."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import NewContext
from tests.e2e.people import press, sign_in
from tests.e2e.rooms import in_a_group, sees, share, writing_box

pytestmark = pytest.mark.journey


def begin(page: Page, text: str) -> str:
    """Type it, letter by letter, and wait for nothing. Gives the group's address."""
    expect(writing_box(page)).to_be_enabled()
    writing_box(page).press_sequentially(text)
    return page.url.partition("#")[0]


def elsewhere_and_back(page: Page, address: str) -> None:
    """Another page, and back."""
    page.goto("/groups/")
    page.goto(address)


AWAY: dict[str, Callable[[Page, str], object]] = {
    "another page": elsewhere_and_back,
    "a link": lambda page, address: (page.evaluate("location.href = '/account/'"), page.goto(address)),
    "a reload": lambda page, _address: page.reload(),
    "another site": lambda page, address: (page.goto("about:blank"), page.goto(address)),
}


@pytest.mark.parametrize("shared", [False, True], ids=["own device", "shared device"])
def test_the_last_letters_are_kept_however_one_goes_away(device: NewContext, shared: bool) -> None:
    ben = device().new_page()
    kit = in_a_group(ben, f"ben-begun-{shared}", "Half a thought", "Ben")
    address = ben.url
    if shared:
        ben = device().new_page()
        sign_in(ben, kit, shared=True)
        ben.wait_for_url("**/groups/")
        ben.goto(address)
    said = ""
    for how, go in AWAY.items():
        begin(ben, f"{how}. ")
        said += f"{how}. "
        go(ben, address)
        expect(writing_box(ben), how).to_have_value(said)
        writing_box(ben).press("Control+End")


def test_the_last_letters_outlive_a_tab_that_is_closed_at_once(device: NewContext) -> None:
    context = device()
    ben = context.new_page()
    in_a_group(ben, "ben-begun-2", "Closed at once", "Ben")
    other = context.new_page()
    other.goto("/groups/")
    address = begin(ben, "Half a thought")
    with ben.expect_event("close"):
        ben.close(run_before_unload=True)
    other.goto(address)
    expect(writing_box(other)).to_have_value("Half a thought")


def test_what_was_sent_in_the_last_moment_is_sent_and_no_longer_in_the_box(device: NewContext) -> None:
    ben = device().new_page()
    in_a_group(ben, "ben-begun-3", "In a hurry", "Ben")
    share(ben, "Before.")
    for number in range(3):
        address = begin(ben, f"Off {number}.")
        press(ben, "Share")
        elsewhere_and_back(ben, address)
        sees(ben, f"Off {number}.")
        expect(writing_box(ben)).to_be_enabled()
        expect(writing_box(ben)).to_have_value("")


def test_where_a_shared_device_keeps_words_does_not_name_the_group(device: NewContext) -> None:
    ben = device().new_page()
    kit = in_a_group(ben, "ben-begun-4", "Not named", "Ben")
    borrowed = device().new_page()
    sign_in(borrowed, kit, shared=True)
    borrowed.wait_for_url("**/groups/")
    borrowed.goto(ben.url)
    address = begin(borrowed, "Half a thought")
    borrowed.wait_for_function("() => Object.keys(sessionStorage).some((key) => key.startsWith('hs-kept'))")
    rests = str(borrowed.evaluate("JSON.stringify(sessionStorage)"))
    group = address.rstrip("/").rsplit("/", 1)[1]
    assert group not in rests
    assert re.sub("-", "", group) not in rests
