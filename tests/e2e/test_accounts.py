"""Accounts as people meet them: signing up and in, locking, recovering, and what is said when something is wrong."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from holdspace.sealing.codec import from_b64url
from holdspace.sealing.errors import SENTENCES
from holdspace.sealing.paper_code import STEWARD, read_code, steward_seed
from holdspace.sealing.primitives import e_public
from tests.e2e.conftest import NewContext, NewPage
from tests.e2e.people import Kit, ask_back, faults, press, read_sheet, set_up, sign_in, sign_up, unlock
from tests.lying.liar import Liar
from tests.running import Running

GROUPS = re.compile(r"/groups/$")
SIGN_IN = re.compile(r"/sign-in/$")
UNLOCK = re.compile(r"/unlock/$")
SIGNED_OUT = re.compile(r"/signed-out/$")
NOT_TRUSTWORTHY = SENTENCES["key-mismatch"]


@pytest.fixture
def amara(person: NewPage) -> tuple[Page, Kit]:
    """Somebody who has just signed up, on her own device."""
    page = person()
    return page, sign_up(page, f"amara-{id(page)}")


@pytest.fixture(scope="module")
def known(chromium: Browser, server: Running) -> Kit:
    """An account that is only signed in to; nobody changes its passphrase."""
    page = chromium.new_page(base_url=server.url)
    kit = sign_up(page, "known to all")
    page.close()
    return kit


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


# Signing up -----------------------------------------------------------------------------------------------------------


def test_somebody_signs_up_with_five_words_and_a_sheet(person: NewPage) -> None:
    page = person()
    kit = sign_up(page, "first words")
    assert len(kit.passphrase.split()) == 5
    page.goto("/account/")
    expect(page.get_by_text("You have your sheet, and it is right.")).to_be_visible()
    expect(page).to_have_title("Home")


def test_another_five_words_are_other_words(person: NewPage) -> None:
    page = person()
    page.goto("/sign-up/")
    page.get_by_label("Sign-in name").fill("other words")
    press(page, "Next")
    words = page.locator("[data-part=words]")
    expect(words.locator("li")).to_have_count(5)
    first = words.inner_text()
    press(page, "Another five words")
    expect(words).not_to_have_text(first)
    expect(words.locator("li")).to_have_count(5)


def test_a_passphrase_of_ones_own_needs_twelve_signs_and_is_rated_in_words(person: NewPage) -> None:
    page = person()
    page.goto("/sign-up/")
    page.get_by_label("Sign-in name").fill("my own words")
    press(page, "Next")
    press(page, "Choose my own instead")
    field = page.get_by_label("Your own passphrase")
    expect(field).to_be_focused()
    field.fill("eleven sign")
    press(page, "Next")
    expect(page.get_by_role("alert").get_by_text("at least 12 signs")).to_be_visible()
    expect(field).to_be_focused()
    field.fill("aaaaaaaaaaaaaaa")
    expect(page.get_by_text("Easy to guess.")).to_be_visible()
    field.fill("kettle window fourteen harbour spoon")
    expect(page.get_by_text("Hard to guess. Good.")).to_be_visible()
    press(page, "Show")
    expect(field).to_have_attribute("type", "text")
    press(page, "Next")
    expect(page.get_by_role("heading", name="Two questions")).to_be_focused()


def test_without_both_yeses_no_account_is_made(person: NewPage) -> None:
    page = person()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/sign-up/")
    press(page, "Next")
    expect(page.get_by_role("alert").get_by_text("Please choose a sign-in name.")).to_be_visible()
    page.get_by_label("Sign-in name").fill("no yes")
    press(page, "Next")
    press(page, "Next")
    press(page, "Make my account")
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(2)
    expect(page.get_by_label("I am 18 or older.")).to_be_focused()
    assert not [url for url in asked if url.endswith("/seal/sign-up")]


def test_a_name_somebody_has_leads_back_to_the_name(person: NewPage, known: Kit) -> None:
    page = person()
    page.goto("/sign-up/")
    page.get_by_label("Sign-in name").fill(known.name.upper())
    press(page, "Next")
    press(page, "Next")
    page.get_by_label("I am 18 or older.").check()
    page.get_by_label("You may keep which groups").check()
    press(page, "Make my account")
    expect(page.get_by_role("alert").get_by_text(SENTENCES["name-taken"])).to_be_visible()
    expect(page.get_by_label("Sign-in name")).to_be_focused()


def test_a_wrong_part_of_the_sheet_is_told_and_the_right_one_goes_through(person: NewPage) -> None:
    page = person()
    kit = sign_up(page, "slip of the pen", confirm=False)
    page.goto("/account/sheet/")
    code = page.get_by_label("The seven parts of your recovery sheet")
    code.fill(kit.code[:-1] + ("0" if kit.code[-1] != "0" else "G"))
    press(page, "Try my sheet")
    expect(page.get_by_role("alert").get_by_text("There is a slip in these parts.")).to_be_visible()
    code.fill(kit.code.lower().replace("-", " "))
    press(page, "Try my sheet")
    expect(page.get_by_role("heading", name="Your sheet works")).to_be_focused()
    page.goto("/account/")
    expect(page.get_by_text("You have your sheet, and it is right.")).to_be_visible()


def test_the_asking_back_can_be_put_off_until_the_third_visit(person: NewPage) -> None:
    kit = sign_up(person(), "not just now", confirm=False)
    # Signing up was the first visit.
    for may_put_off in (True, False):
        page = person()
        sign_in(page, kit)
        page.wait_for_url(re.compile(r"/account/sheet/"))
        expect(page.get_by_role("button", name="Try my sheet")).to_be_visible()
        expect(page.get_by_role("button", name="Not now")).to_have_count(
            1 if may_put_off else 0, timeout=2000
        )


def test_a_lost_sheet_is_replaced_and_the_old_one_is_dead(person: NewPage, amara: tuple[Page, Kit]) -> None:
    page, kit = amara
    page.goto("/account/sheet/")
    press(page, "I don't have it. Make a new one")
    page.get_by_label("Passphrase", exact=True).fill(kit.passphrase)
    press(page, "Make a new sheet")
    code = read_sheet(page)
    assert code != kit.code
    ask_back(page, code)
    expect(page.get_by_role("heading", name="Your sheet works")).to_be_focused()
    page.goto("/account/sheet/")
    page.get_by_label("The seven parts of your recovery sheet").fill(kit.code)
    press(page, "Try my sheet")
    expect(page.get_by_role("alert").get_by_text("This sheet does not open your account.")).to_be_visible()


# Signing in -----------------------------------------------------------------------------------------------------------


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
    assert any("protective mode" in words for words in said), said


def test_a_server_that_lowers_the_cost_never_gets_the_auth_key(device: NewContext, known: Kit) -> None:
    context = device()
    liar = Liar(context)
    liar.at_door("prelogin", lambda answer: {**answer, "profile": 0})
    page = context.new_page()
    sign_in(page, known)
    expect(page.get_by_role("alert").get_by_text(NOT_TRUSTWORTHY)).to_be_visible()
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
    context = device()
    liar = Liar(context)
    liar.at_door("sign-in", lie)
    page = context.new_page()
    sign_in(page, known)
    expect(page.get_by_role("alert").get_by_text(NOT_TRUSTWORTHY)).to_be_visible()
    expect(page.get_by_label("Passphrase", exact=True)).to_be_hidden()
    assert "session-share/new" not in liar.asked


def test_a_server_that_is_away_is_told_and_trying_again_works(person: NewPage, known: Kit) -> None:
    page = person()

    def gone(route: Route) -> None:
        route.abort()

    page.route("**/seal/**", gone)
    sign_in(page, known)
    expect(page.get_by_role("alert").get_by_text("There is no way to the server")).to_be_visible()
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


# Locking --------------------------------------------------------------------------------------------------------------


def test_locking_one_tab_locks_the_other_and_unlocking_brings_both_back(amara: tuple[Page, Kit]) -> None:
    page, kit = amara
    page.goto("/account/")
    other = page.context.new_page()
    other.goto("/account/")
    expect(other.locator("header").get_by_role("button", name="Lock now")).to_be_visible()
    page.locator("header").get_by_role("button", name="Lock now").click()
    page.wait_for_url(UNLOCK)
    other.wait_for_url(UNLOCK)
    expect(page.get_by_role("heading", name="Locked. Your words are safe.")).to_be_visible()
    assert page.evaluate("sessionStorage.getItem('hs')") is None
    assert other.evaluate("sessionStorage.getItem('hs')") is None
    unlock(page, kit)
    page.wait_for_url(re.compile(r"/account/$"))
    other.reload()
    other.wait_for_url(re.compile(r"/account/$"))


def test_a_new_tab_opens_without_the_passphrase_while_another_is_open(amara: tuple[Page, Kit]) -> None:
    page, _kit = amara
    page.goto("/account/")
    other = page.context.new_page()
    other.goto("/account/")
    expect(other.locator("header").get_by_role("button", name="Lock now")).to_be_visible()
    assert len(other.evaluate("sessionStorage.getItem('hs')")) == 240


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
    page.goto("/account/")
    expect(page.locator("header").get_by_role("button", name="Lock now")).to_be_visible()
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
    page.goto("/account/")
    expect(page.locator("header").get_by_role("button", name="Lock now")).to_be_visible()
    page.clock.run_for(5 * 60_000 + 6_000)
    page.wait_for_url(UNLOCK)


def test_a_lid_closed_for_an_hour_opens_locked(amara: tuple[Page, Kit]) -> None:
    page, _kit = amara
    page.clock.install()
    page.goto("/account/")
    expect(page.locator("header").get_by_role("button", name="Lock now")).to_be_visible()
    page.clock.fast_forward(3_600_000)
    page.wait_for_url(UNLOCK)


def test_a_window_brought_back_the_next_day_opens_locked(amara: tuple[Page, Kit]) -> None:
    page, kit = amara
    page.goto("/account/")
    expect(page.locator("header").get_by_role("button", name="Lock now")).to_be_visible()
    page.add_init_script("sessionStorage.getItem('hs-day') ?? sessionStorage.setItem('hs-awake', '1')")
    page.add_init_script("sessionStorage.setItem('hs-day', '2')")
    page.reload()
    page.wait_for_url(UNLOCK)
    unlock(page, kit)
    page.wait_for_url(re.compile(r"/account/$"))


def test_a_page_brought_back_by_the_back_button_asks_for_its_share_again(amara: tuple[Page, Kit]) -> None:
    page, _kit = amara
    page.goto("/account/")
    expect(page.locator("header").get_by_role("button", name="Lock now")).to_be_visible()
    with page.expect_request("**/seal/session-share"):
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(page.locator("header").get_by_role("button", name="Lock now")).to_be_visible()


def test_signing_out_leaves_every_tab(amara: tuple[Page, Kit]) -> None:
    page, _kit = amara
    page.goto("/account/")
    other = page.context.new_page()
    other.goto("/account/")
    expect(other.locator("header").get_by_role("button", name="Lock now")).to_be_visible()
    page.locator("header").get_by_role("button", name="Sign out").click()
    page.wait_for_url(SIGNED_OUT)
    other.wait_for_url(SIGNED_OUT)
    page.goto("/account/")
    page.wait_for_url(SIGN_IN)


# What a browser must be able to do ---------------------------------------------------------------------------------------


def test_an_old_browser_reads_which_ones_can(person: NewPage) -> None:
    page = person()
    page.add_init_script(
        "crypto.subtle.generateKey = () => Promise.reject(new DOMException('', 'NotSupportedError'))"
    )
    for path in ("/sign-up/", "/sign-in/", "/recover/"):
        page.goto(path)
        expect(page.get_by_role("alert").get_by_text("Chrome 137")).to_be_visible()
        expect(page.get_by_role("textbox")).to_have_count(0)


def test_an_unsafe_address_says_why_nothing_can_be_locked(person: NewPage) -> None:
    page = person()
    page.add_init_script("Object.defineProperty(globalThis, 'isSecureContext', {value: false})")
    page.goto("/sign-in/")
    expect(page.get_by_role("alert").get_by_text("the way to it is not safe")).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_count(0)


def test_without_javascript_the_pages_say_that_they_need_it(person: NewPage) -> None:
    page = person(java_script_enabled=False)
    for path in ("/sign-up/", "/sign-in/", "/recover/"):
        page.goto(path)
        expect(page.locator("noscript p")).to_be_visible()


# The first visit ----------------------------------------------------------------------------------------------------------


def setup_address(server: Running) -> str:
    """The address the server printed when it began."""
    found = re.search(r"/setup/\S+", server.log.read_text())
    assert found, "the server printed no setup address"
    return found.group()


def test_the_first_visit_makes_the_network(person: NewPage, bare_server: Running) -> None:
    page = person(base_url=bare_server.url)
    address = setup_address(bare_server)
    steward = set_up(page, address, "Ein ruhiger Ort 🌱")
    network = page.request.post("/seal/network", data={}, headers=same_origin(page)).json()
    assert network["name"] == "Ein ruhiger Ort 🌱"
    assert network["may_start"] == "coordinators"
    assert from_b64url(network["steward"]) == e_public(steward_seed(read_code(steward, STEWARD)))
    assert len(network["leads"]) == 1
    answer = person(base_url=bare_server.url).goto(address)
    assert answer and answer.status == 404


def test_before_the_first_visit_the_pages_say_so(person: NewPage, bare_server: Running) -> None:
    page = person(base_url=bare_server.url)
    for path in ("/", "/sign-up/"):
        page.goto(path)
        expect(page.get_by_text("This place is not set up yet.")).to_be_visible()
    page.goto(setup_address(bare_server))
    press(page, "Next")
    expect(page.get_by_role("alert").get_by_text("Please give the network a name.")).to_be_visible()
    expect(page.get_by_label("Name of the network")).to_be_focused()


def same_origin(page: Page) -> dict[str, str]:
    """Headers a module of ours sends."""
    token = next(cookie["value"] for cookie in page.context.cookies() if "csrf" in cookie["name"])
    return {"X-CSRFToken": token, "Origin": page.url.split("/groups/")[0], "Sec-Fetch-Site": "same-origin"}


# For everybody ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_fit_and_axe_finds_nothing(person: NewPage, width: int, scheme: str) -> None:
    page = person(viewport={"width": width, "height": 700}, color_scheme=scheme)
    kit = sign_up(page, f"at {width} in the {scheme}")
    for path in ("/account/", "/account/sheet/", "/principles/", "/nothing-here/"):
        look_at(page, path)
    page.context.clear_cookies()
    for path in ("/", "/sign-up/", "/sign-in/", "/recover/"):
        look_at(page, path)
    sign_in(page, kit, passphrase="")
    assert faults(page) == []


def look_at(page: Page, path: str) -> None:
    """Nothing sticks out to the side, there is one first heading, and axe is content."""
    page.goto(path)
    expect(page.locator("h1")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert faults(page) == [], path


def test_an_account_is_made_with_the_keyboard_alone(person: NewPage) -> None:
    page = person()
    page.goto("/sign-up/")
    expect(page.get_by_label("Sign-in name")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the main part")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("This is a borrowed or shared device")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("only keys")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your passphrase")).to_be_focused()
    expect(page.locator("[data-part=words] li")).to_have_count(5)
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Next")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Two questions")).to_be_focused()
    for _ in range(2):
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
    page.keyboard.press("Enter")
    code = read_sheet(page)
    ask_back(page, code)
    page.wait_for_url(GROUPS)
