"""Quick exit: off the screen at once, in every tab, signed out."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewContext, NewPage
from tests.e2e.people import GROUPS, SIGN_IN, sign_in
from tests.e2e.rooms import BEGUN, begins, has_begun, in_a_group

SESSION = "holdspace"
NEUTRAL = "https://www.wikipedia.org/"


def with_neutral_page(page: Page) -> Page:
    """The page somebody might be reading, without a way out of this machine."""
    page.context.route(
        NEUTRAL, lambda route: route.fulfill(body="<title>An encyclopedia</title>", content_type="text/html")
    )
    return page


def ended(page: Page) -> None:
    """Nobody is signed in with this browser any more. A page that is gone by then has told the server so, and it comes a moment later."""
    for _ in range(100):
        if SESSION not in {cookie["name"] for cookie in page.context.cookies()}:
            break
        page.wait_for_timeout(100)
    assert SESSION not in {cookie["name"] for cookie in page.context.cookies()}, "the session was not ended"
    page.goto("/account/")
    page.wait_for_url(SIGN_IN)


def test_quick_exit_empties_every_tab_at_once_and_keeps_the_draft(person: NewPage) -> None:
    page = with_neutral_page(person())
    kit = in_a_group(page, "exit-1", "Exit", "Amara")
    group = page.url
    other = page.context.new_page()
    other.goto("/account/")
    expect(other.get_by_role("button", name="Lock now").first).to_be_visible()
    begins(page)
    page.get_by_role("link", name="Quick exit").click()
    for each in (page, other):
        each.wait_for_url(NEUTRAL)
    ended(page)
    assert BEGUN not in page.evaluate("JSON.stringify(sessionStorage)")
    assert not page.evaluate("sessionStorage.getItem('hs')")
    sign_in(page, kit)
    page.wait_for_url(GROUPS)
    page.goto(group)
    has_begun(page)


def test_escape_three_times_leaves_and_fewer_do_not(person: NewPage) -> None:
    page = with_neutral_page(person())
    in_a_group(page, "exit-2", "Escape", "Amara")
    begins(page, "b")
    # The first closes the box; another key between begins the count anew.
    for key in ("Escape", "Escape", "a", "Escape", "Escape"):
        page.keyboard.press(key)
    has_begun(page, "b")
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
    in_a_group(page, "exit-3", "Cut off", "Amara")
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


def are_kept(page: Page, address: str) -> bool:
    """Whether the styles of a page come out of the browser's own cache, when it is opened anew."""
    seen: list[bool] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on(
        "Network.responseReceived",
        lambda told: seen.extend([told["response"]["fromDiskCache"]] if told["type"] == "Stylesheet" else []),
    )
    page.goto("about:blank")
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    session.detach()
    assert len(set(seen)) == 1, "all of them, or none"
    return seen[0]


def test_who_leaves_the_directory_leaves_no_file_of_it(person: NewPage) -> None:
    """It sets no cookie, so it has no token; the browser forgets its files all the same (decision 0014).

    A routed context keeps no files at all, so here the way out leads to an empty page.
    """
    page = person()
    page.goto("/find/")
    assert are_kept(page, "/find/")
    page.locator("[data-part=exit]").evaluate("link => { link.dataset.to = 'about:blank'; }")
    page.get_by_role("link", name="Quick exit").click()
    page.wait_for_url("about:blank")
    # The answer to a beacon comes when its page is gone, so a first look may be too early.
    assert not all(are_kept(page, "/find/") for _ in range(5))
