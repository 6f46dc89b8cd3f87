"""Accounts as people meet them: signing up, the first visit, and pages for everybody."""

import re
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, expect

from holdspace.sealing.codec import from_b64url
from holdspace.sealing.errors import SENTENCES
from holdspace.sealing.paper_code import STEWARD, read_code, steward_seed
from holdspace.sealing.primitives import e_public
from tests.e2e.conftest import NewPage
from tests.e2e.people import GROUPS, Kit, ask_back, faults, press, read_sheet, set_up, sign_in, sign_up
from tests.e2e.seats import at_home
from tests.running import Running
from tests.states import settle

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
    expect(page.get_by_role("alert").get_by_text("at least 12 letters or signs")).to_be_visible()
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


def a_new_sheet(page: Page, kit: Kit) -> str:
    """The code of a sheet in place of the one that is lost, as it is shown."""
    page.goto("/account/sheet/")
    press(page, "I don't have it. Make a new one")
    page.get_by_label("Passphrase", exact=True).fill(kit.passphrase)
    press(page, "Make a new sheet")
    return read_sheet(page)


def test_a_lost_sheet_is_replaced_and_the_old_one_is_dead(person: NewPage, amara: tuple[Page, Kit]) -> None:
    page, kit = amara
    code = a_new_sheet(page, kit)
    assert code != kit.code
    ask_back(page, code)
    expect(page.get_by_role("heading", name="Your sheet works")).to_be_focused()
    page.goto("/account/sheet/")
    page.get_by_label("The seven parts of your recovery sheet").fill(kit.code)
    press(page, "Try my sheet")
    expect(page.get_by_role("alert").get_by_text("This sheet does not open your account.")).to_be_visible()


def test_the_sheet_is_printed_on_one_page_and_nothing_beside_it(
    amara: tuple[Page, Kit], tmp_path: Path
) -> None:
    page, kit = amara
    code = a_new_sheet(page, kit)
    expect(page.get_by_text("write it by hand")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Recovery sheet", exact=True)).to_be_visible()
    expect(page.get_by_text("write it by hand")).to_be_visible()
    for name in ("Print", "I have it on paper", "Quick exit", "My account", "Your recovery sheet"):
        expect(page.get_by_text(name, exact=True).filter(visible=True)).to_have_count(0)
    # Whoever finds the paper reads neither whose it is nor what it opens.
    words = page.locator("body").inner_text()
    assert all(part in words for part in code.split("-"))
    assert kit.name not in words
    file = tmp_path / "sheet.pdf"
    page.pdf(path=file, format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", file.read_bytes())) == 1


# What a browser must be able to do ---------------------------------------------------------------------------------------


def test_an_old_browser_reads_which_ones_can(person: NewPage) -> None:
    page = person()
    page.add_init_script(
        "crypto.subtle.generateKey = () => Promise.reject(new DOMException('', 'NotSupportedError'))"
    )
    for path in ("/sign-up/", "/sign-in/", "/recover/"):
        page.goto(path)
        expect(page.get_by_role("alert").get_by_text("Chrome from 137")).to_be_visible()
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


WIDTHS = (320, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def test_the_pages_fit_and_axe_finds_nothing(person: NewPage) -> None:
    page = person()
    kit = at_home(page, "in any light")
    for path in ("/account/", "/account/sheet/", "/principles/", "/nothing-here/"):
        look_at(page, path)
    page.context.clear_cookies()
    for path in ("/", "/sign-up/", "/sign-in/", "/recover/"):
        look_at(page, path)
    sign_in(page, kit, passphrase="")
    expect(page.get_by_role("alert").first).to_be_visible()
    fits(page, "/sign-in/ refused")


def look_at(page: Page, path: str) -> None:
    """There is one first heading, and it fits."""
    page.goto(path)
    expect(page.locator("h1")).to_have_count(1)
    fits(page, path)


def fits(page: Page, path: str) -> None:
    """Nothing sticks out to the side, small or wide, and axe is content by day and by night."""
    for width, scheme in product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 700})
        page.emulate_media(color_scheme=scheme)
        settle(page)
        where = f"{path} at {width} in the {scheme}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), where
        assert faults(page) == [], where


def test_an_account_is_made_with_the_keyboard_alone(person: NewPage) -> None:
    page = person()
    page.goto("/sign-up/")
    expect(page.get_by_label("Sign-in name")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the main part")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Sign-in name")).to_be_focused()
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
