"""Two people do all there is to do without a mouse. At each step: where the keyboard stands, and that one sees it (keys.py)."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.conftest import NewPage
from tests.e2e.keys import Keys, where
from tests.e2e.rooms import GROUP
from tests.members import company
from tests.running import Running

NEUTRAL = "https://www.wikipedia.org/"
NARROW = {"width": 360, "height": 640}


def test_a_whole_evening_by_keyboard_alone(person: NewPage, server: Running, tmp_path: Path) -> None:
    ben, amara = person(reduced_motion="reduce"), person(viewport=NARROW, reduced_motion="reduce")
    ben.context.route(NEUTRAL, lambda route: route.fulfill(body="<title>An encyclopedia</title>"))
    signs_up(ben, "ben-by-keys")
    starts_a_group(ben)
    link = invites(ben)
    with company(server, tmp_path) as somebody:
        account = somebody("amara-by-keys")
        account.server.seal("recovery-confirmed")
        signs_in(amara, account.name, account.passphrase)
        asks_to_join(amara, link)
        admits(ben)
        amara.wait_for_url(GROUP)
        Keys(amara).is_at("Tuesday evening")
        shares(amara)
        answers(ben)
        says_it_anew(amara)
        takes_it_back(amara)
        locks_and_comes_back(amara, account.passphrase)
        signs_out(amara)
    leaves_in_a_hurry(ben)


def signs_up(page: Page, name: str) -> None:
    """From the first page to one's groups, with the sheet asked back."""
    page.goto("/")
    keys = Keys(page)
    keys.go("Skip to the main part").press("Enter").choose("Make an account")
    page.wait_for_url("**/sign-up/")
    keys.fill("Sign-in name", name).choose("Next")
    keys.is_at("Your passphrase")
    expect(page.locator("[data-part=words] li")).to_have_count(5)
    keys.choose("Next").is_at("Two questions")
    # Nothing was ticked: back to the first that is missing.
    keys.choose("Make my account").is_at("I am 18 or older.")
    keys.press("Space").tick("You may keep which groups").choose("Make my account")
    keys.is_at("Your recovery sheet")
    code = page.locator("[data-part=recovery-sheet] [data-part=code] li").all_inner_texts()
    keys.choose("I have it on paper").is_at("Is it right on your paper?")
    for label in page.locator("[data-part$=-label]").all_inner_texts():
        keys.fill(label, code[int(label.split()[-1]) - 1])
    keys.choose("Check")
    page.wait_for_url("**/groups/")
    keys.is_at("My groups")


def starts_a_group(page: Page) -> None:
    """Screen by screen, with what is proposed; each time at its heading, and once back and on again."""
    keys = Keys(page)
    keys.choose("Start a group").is_at("Start a group")
    keys.fill("What you want to do together", "To talk.").choose("Next").is_at("Who comes?")
    keys.go("How many people, with you?").press("ControlOrMeta+a").write("1").press("Enter")
    keys.is_at("How many people, with you?")
    keys.press("ControlOrMeta+a").write("8").press("Enter").is_at("Where do you meet?")
    keys.go("In a room").press("ArrowDown").is_at("Online")
    keys.choose("Back").is_at("Who comes?")
    keys.choose("Next").is_at("Where do you meet?")
    for heading in ("When do you meet?", "How does a meeting go?", "The first three meetings", "Two names"):
        keys.choose("Next").is_at(heading)
    keys.go("Name of the group").press("ControlOrMeta+a").write("Tuesday evening")
    keys.fill("Your name in this group", "Ben").press("Enter").is_at("When somebody may be in danger")
    # Two to choose from are one stop, and arrows choose. Nothing is chosen before.
    keys.choose("Next").is_at("Ask first.")
    keys.press("ArrowDown").is_at("We have to report.")
    keys.press("ArrowUp").is_at("Ask first.")
    keys.choose("Next").is_at("What the group agrees, for now")
    keys.tick("No pain counts less").choose("Change the words by hand").go("One rule on each line")
    keys.press("ControlOrMeta+End").write("\nWe bring tea.").choose("Next").is_at(
        "Who helps you, and who comes"
    )
    keys.choose("Next").is_at("A last look")
    keys.tick("I have read the principles").choose("Start the group").is_at("Tuesday evening has begun")
    keys.choose("I have them. Open the group")
    page.wait_for_url(GROUP)
    keys.is_at("Tuesday evening")


def invites(page: Page) -> str:
    """A link, read from the card that has the focus once it is there."""
    keys = Keys(page)
    keys.choose("For facilitators").is_at("For facilitators")
    keys.choose("Make a link").is_at("The link")
    keys.go("Copy").choose("Stop this link").is_at("Invite somebody")
    keys.choose("Make a link").is_at("The link")
    return page.locator("[data-part=link-card] [data-part=link]").inner_text()


def signs_in(page: Page, name: str, passphrase: str) -> None:
    """A wrong passphrase first."""
    page.goto("/sign-in/")
    keys = Keys(page)
    keys.fill("Sign-in name", name).fill("Passphrase", "not this one").press("Enter")
    expect(page.get_by_role("alert")).not_to_be_empty()
    keys.is_at("Passphrase")
    keys.press("ControlOrMeta+a").write(passphrase).press("Enter")
    page.wait_for_url("**/groups/")
    keys.is_at("My groups")


def asks_to_join(page: Page, link: str) -> None:
    """What the link shows, then asking."""
    page.goto(link)
    keys = Keys(page)
    keys.is_at("Tuesday evening")
    keys.choose("Ask to join").is_at("Your name in this group")
    keys.write("Amara").tick("I have read the principles").tick("I have read what this group agreed").choose(
        "Ask to join"
    )
    keys.is_at("You asked to join")


def admits(page: Page) -> None:
    """Says no first and thinks better of it."""
    keys = Keys(page)
    expect(page.locator("[data-part=asks] > li")).to_have_count(1)
    keys.choose("Home").is_at("My groups")
    keys.choose("Tuesday evening").is_at("Tuesday evening")
    keys.choose("For facilitators").is_at("For facilitators")
    expect(page.locator("[data-part=asks] > li")).to_have_count(1)
    keys.choose("Say no").is_at("Say no to Amara?")
    keys.press("Escape").is_at("Say no")
    keys.go("Amara", back=True).press("Space").choose("Let in who is ticked").is_at("Waiting to come in")
    keys.choose("Talk", back=True).is_at("What was shared")


def shares(page: Page) -> None:
    """Opens the box, says what would help, closes it and finds its words again."""
    keys = Keys(page)
    keys.choose("Tell the group something").is_at("I don’t know yet")
    keys.press("ArrowDown").is_at("just be with me")
    keys.fill("Tell the group something", "A hard week.").press("Escape").is_at("Go on with what you began")
    keys.press("Enter").is_at("just be with me")
    keys.go("Share").press("Enter").is_at("Tell the group something")
    expect(page.locator("[data-part=shares] > li")).to_contain_text("A hard week.")
    expect(page.locator("[data-part=outbox] > li")).to_have_count(0)


def answers(page: Page) -> None:
    """Is there without words, takes that back, and replies."""
    keys = Keys(page)
    expect(page.locator("[data-part=shares] > li")).to_contain_text("A hard week.")
    keys.choose("I’m with you").is_at("Without words")
    keys.press("Escape").is_at("I’m with you")
    keys.press("Enter").choose("You are not alone.").is_at("Say it differently")
    keys.choose("Reply").is_at("Your reply")
    keys.write("I hear you.").press("Escape").is_at("Go on with your reply")
    keys.press("Enter").is_at("Your reply")
    keys.choose("Send reply").waits_at("Reply")
    expect(page.locator("[data-part=replies] > li")).to_contain_text("I hear you.")


def says_it_anew(page: Page) -> None:
    """Edits, once given up and once done."""
    keys = Keys(page)
    expect(page.locator("[data-part=replies] > li")).to_contain_text("I hear you.")
    keys.choose("Edit").is_at("Your words, as they should be")
    keys.press("Escape").is_at("Edit")
    keys.press("Enter").is_at("Your words, as they should be")
    keys.press("ControlOrMeta+End").write(" And a short one.").choose("Save").is_at("Edit")
    expect(page.locator("[data-part=shares] > li")).to_contain_text("A hard week. And a short one.")


def takes_it_back(page: Page) -> None:
    """The question begins at what it asks, where Enter does nothing; it keeps the keyboard, and gives it back."""
    keys = Keys(page)
    keys.choose("Take back").is_at("Take these words back?")
    keys.press("Enter").is_at("Take these words back?")
    inside = {where(keys.press("Tab").page) for _ in range(6)} - {None}
    assert {stop.name for stop in inside if stop} == {"Take back", "Go back"}
    keys.press("Escape").is_at("Take back")
    keys.press("Enter").is_at("Take these words back?")
    keys.choose("Take back")
    expect(page.get_by_text("Its author took this back.")).to_be_visible()
    keys.is_at("Amara")


def locks_and_comes_back(page: Page, passphrase: str) -> None:
    """Locked, the keyboard stands where the passphrase is typed; open again, at the group's name."""
    keys = Keys(page)
    keys.choose("Lock now", back=True)
    page.wait_for_url("**/unlock/")
    keys.is_at("Passphrase")
    keys.tick("Show").go("Passphrase", back=True).write(passphrase).press("Enter")
    page.wait_for_url(GROUP)
    keys.is_at("Tuesday evening")


def signs_out(page: Page) -> None:
    """And leaves nothing."""
    keys = Keys(page)
    keys.choose("Sign out", back=True)
    page.wait_for_url("**/signed-out/")
    keys.choose("Leave nothing here").is_at("Nothing of yours is left on this device.")
    keys.choose("Sign in again")
    page.wait_for_url("**/sign-in/")


def leaves_in_a_hurry(page: Page) -> None:
    """Escape three times, from the middle of writing."""
    keys = Keys(page)
    keys.choose("Tell the group something", back=True).fill("Tell the group something", "Half a th")
    keys.press("Escape", "Escape", "Escape")
    page.wait_for_url(NEUTRAL)
    page.goto("/account/")
    expect(page).to_have_url(re.compile(r"/sign-in/$"))
