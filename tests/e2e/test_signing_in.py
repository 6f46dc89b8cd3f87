"""Signing in and recovering, and what is said when something is wrong."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from holdspace.sealing.errors import SENTENCES
from tests.e2e.conftest import NewContext, NewPage
from tests.e2e.people import GROUPS, SIGNED_OUT, Kit, ask_back, press, read_sheet, sign_in
from tests.lying.liar import Liar

FALSE_ANSWER = SENTENCES["key-mismatch"]


def kept_here(context: BrowserContext) -> list[str]:
    """What a page of this site finds on the device: storage and databases, without this tab's session storage."""
    page = context.new_page()
    page.goto("/")
    kept: list[str] = page.evaluate(
        "async () => [...Object.keys(localStorage), ...(await indexedDB.databases()).map((base) => base.name),"
        " ...(await caches.keys()), ...Object.keys(sessionStorage)]"
    )
    page.close()
    return kept


def test_somebody_signs_in_on_another_device(person: NewPage, known: Kit) -> None:
    page = person()
    sign_in(page, known)
    page.wait_for_url(GROUPS)
    page.goto("/account/")
    expect(page.get_by_text(known.name)).to_be_visible()


def test_a_wrong_passphrase_is_told_at_the_field_and_slows_down(
    person: NewPage, amara: tuple[Page, Kit]
) -> None:
    page = person()
    sign_in(page, amara[1], passphrase="not this one at all")
    field = page.get_by_label("Passphrase", exact=True)
    expect(page.get_by_role("alert").get_by_text(SENTENCES["wrong-key"])).to_be_visible()
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("nor this one either")
    press(page, "Sign in")
    expect(page.get_by_role("status").get_by_text("Please take a breath")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in")).to_be_enabled(timeout=10_000)
    field.fill(amara[1].passphrase)
    press(page, "Sign in")
    page.wait_for_url(GROUPS)


def test_a_space_at_the_end_is_part_of_the_passphrase(person: NewPage) -> None:
    page = person()
    page.goto("/sign-up/")
    page.get_by_label("Sign-in name").fill("a trailing space")
    press(page, "Next")
    press(page, "Choose my own instead")
    page.get_by_label("Your own passphrase").fill("Käfer im Regen 7 ")
    press(page, "Next")
    page.get_by_label("I am 18 or older.").check()
    page.get_by_label("You may keep which groups").check()
    press(page, "Make my account")
    kit = Kit("a trailing space", "Käfer im Regen 7 ", read_sheet(page))
    ask_back(page, kit.code)
    page.wait_for_url(GROUPS)
    other = person()
    sign_in(other, kit, passphrase=kit.passphrase.rstrip())
    expect(other.get_by_role("alert").get_by_text(SENTENCES["wrong-key"])).to_be_visible()
    # A no-break space, as some keyboards write it, and the letters in parts: the same passphrase.
    sign_in(other, kit, passphrase="Ka\u0308fer\u00a0im Regen 7\u00a0")
    other.wait_for_url(GROUPS)


def test_a_name_nobody_has_reads_the_same_as_a_wrong_passphrase(person: NewPage) -> None:
    page = person()
    sign_in(page, Kit("nobody at all", "five words that open nothing", ""))
    expect(page.get_by_role("alert").get_by_text(SENTENCES["wrong-key"])).to_be_visible()


def test_a_shared_device_keeps_nothing(device: NewContext, known: Kit) -> None:
    context = device()
    page = context.new_page()
    sign_in(page, known, shared=True)
    page.wait_for_url(GROUPS)
    session = next(cookie for cookie in context.cookies() if "holdspace" in cookie["name"])
    assert session["expires"] == -1
    page.goto("/account/")
    page.locator("header").get_by_role("button", name="Sign out").click()
    page.wait_for_url(SIGNED_OUT)
    expect(page.get_by_text("Nothing of yours is left on this device.")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0
    page.close()
    assert kept_here(context) == []
    assert not [cookie for cookie in context.cookies() if "holdspace" in cookie["name"]]


def test_without_wasm_the_keys_are_made_slowly_and_it_is_said(device: NewContext, known: Kit) -> None:
    context = device()
    context.route("**/*.wasm", lambda route: route.abort())
    page = context.new_page()
    said: list[str] = []
    page.expose_function("heard", lambda words: said.append(words))
    page.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => new MutationObserver(() => heard("
        "document.querySelector('[data-part=working]')?.textContent ?? ''))"
        ".observe(document.body, {subtree: true, childList: true}))"
    )
    sign_in(page, known)
    page.wait_for_url(GROUPS, timeout=120_000)
    assert any("about a minute" in words for words in said), said


def test_a_server_that_lowers_the_cost_never_gets_the_auth_key(device: NewContext, known: Kit) -> None:
    liar = Liar(device())
    liar.at_door("prelogin", lambda answer: {**answer, "profile": 0})
    page = liar.new_page()
    sign_in(page, known)
    expect(page.get_by_role("alert").get_by_text(FALSE_ANSWER)).to_be_visible()
    expect(page.get_by_label("Passphrase", exact=True)).to_be_hidden()
    expect(page.get_by_role("link", name="I forgot my passphrase")).to_be_hidden()
    assert "sign-in" not in liar.asked


@pytest.mark.parametrize(
    "lie",
    [
        lambda answer: {**answer, "x_pub": answer["e_pub"]},
        lambda answer: {**answer, "wrapped": "A" * len(answer["wrapped"])},
        lambda answer: {**answer, "wrapped": ""},
        lambda answer: {**answer, "e_pub": None},
    ],
    ids=["other keys", "another blob", "no blob", "no key"],
)
def test_keys_that_do_not_match_stop_everything(
    device: NewContext, known: Kit, lie: Callable[[dict[str, str]], dict[str, str]]
) -> None:
    liar = Liar(device())
    liar.at_door("sign-in", lie)
    page = liar.new_page()
    sign_in(page, known)
    expect(page.get_by_role("alert").get_by_text(FALSE_ANSWER)).to_be_visible()
    expect(page.get_by_label("Passphrase", exact=True)).to_be_hidden()
    assert "session-share/new" not in liar.asked


def test_a_server_that_is_away_is_told_and_trying_again_works(person: NewPage, known: Kit) -> None:
    page = person()

    def gone(route: Route) -> None:
        route.abort()

    page.route("**/seal/**", gone)
    sign_in(page, known)
    expect(page.get_by_role("alert").get_by_text("We can't reach the server")).to_be_visible()
    page.unroute("**/seal/**", gone)
    press(page, "Sign in")
    page.wait_for_url(GROUPS)


# Recovering -----------------------------------------------------------------------------------------------------------


def test_a_forgotten_passphrase_is_replaced_with_the_sheet(person: NewPage, amara: tuple[Page, Kit]) -> None:
    _page, kit = amara
    page = person()
    page.goto("/recover/")
    page.get_by_label("Sign-in name").fill(kit.name)
    page.get_by_label("The seven parts of your recovery sheet").fill(kit.code)
    press(page, "Next")
    expect(page.get_by_role("heading", name="Your new passphrase")).to_be_focused()
    words = " ".join(page.locator("[data-part=words] li").all_inner_texts())
    press(page, "Keep this passphrase")
    renewed = Kit(kit.name, words, read_sheet(page))
    ask_back(page, renewed.code)
    page.wait_for_url(GROUPS)
    other = person()
    sign_in(other, kit)
    expect(other.get_by_role("alert").get_by_text(SENTENCES["wrong-key"])).to_be_visible()
    sign_in(other, renewed)
    other.wait_for_url(GROUPS)
    late = person()
    late.goto("/recover/")
    late.get_by_label("Sign-in name").fill(kit.name)
    late.get_by_label("The seven parts of your recovery sheet").fill(kit.code)
    press(late, "Next")
    expect(late.get_by_role("alert").get_by_text("do not belong together")).to_be_visible()
