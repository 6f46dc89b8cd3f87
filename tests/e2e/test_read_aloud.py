"""A group's page as somebody hears it who does not see it: what is read when they read along, and what is said by itself."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import NewContext
from tests.e2e.people import Kit, press, sign_in
from tests.e2e.rooms import sees, writing_box
from tests.members import Someone, company
from tests.running import Running

LISTENING = Path(__file__).with_name("listening.js").read_text()
READING = Path(__file__).with_name("reading.txt")
MANY = 30
# As long as one sentence waits for another, and a little more: whatever else is to be said is said by then.
QUIET_MS = 4_000


class Evening:
    """Ben, Dana and Eli are there without a browser, Amara listens to hers; `heard` is what it said by itself."""

    def __init__(self, people: tuple[Someone, ...], page: Page) -> None:
        self.ben, self.dana, self.eli, self.amara = people
        self.page = page
        self.group = str(self.ben.start_group("Tuesday evening", "Ben")["group"])
        self.heard: list[str] = []
        page.expose_function("heard", lambda how, text: self.heard.append(f"{how}: {text}"))
        page.add_init_script(LISTENING)

    def come(self, someone: Someone, name: str) -> str:
        """Join and be let in; which member they are."""
        someone.join(str(self.ben.invite(self.group)["link"]), name)
        member: str = self.ben.admit(self.group)["admitted"][0]["member"]
        someone.read(self.group)
        return member

    def open(self) -> None:
        """Amara signs in, and has the group before her."""
        self.amara.server.seal("recovery-confirmed")
        sign_in(self.page, Kit(self.amara.name, self.amara.passphrase, ""))
        self.page.wait_for_url("**/groups/")
        self.page.goto(f"/groups/{self.group}/")
        expect(self.page.get_by_role("heading", level=1, name="Tuesday evening")).to_be_focused()
        expect(self.page.get_by_role("button", name="Tell the group something")).to_be_enabled()

    def hears(self, *sentences: str) -> None:
        """These, in any order, and nothing else since the last time."""
        for _ in range(200):
            if len(self.heard) >= len(sentences):
                break
            self.page.wait_for_timeout(100)
        self.page.wait_for_timeout(QUIET_MS)
        assert sorted(self.heard) == sorted(sentences)
        self.heard.clear()


@pytest.fixture
def evening(server: Running, tmp_path: Path, device: NewContext) -> Iterator[Evening]:
    """A group of three, and a fourth who may come."""
    with company(server, tmp_path) as somebody:
        people = tuple(somebody(f"{name}-{tmp_path.name[-9:]}") for name in ("ben", "dana", "eli", "amara"))
        evening = Evening(people, device(viewport={"width": 390, "height": 740}).new_page())
        evening.come(evening.dana, "Dana")
        evening.come(evening.amara, "Amara")
        yield evening


# What is read -----------------------------------------------------------------------------------------------------------


def test_the_page_reads_as_a_person_would_hear_it(evening: Evening) -> None:
    """Who, when, what would help, the words, what one can do; and who is there, in words. A change is seen in reading.txt."""
    ben, dana, amara, page = evening.ben, evening.dana, evening.amara, evening.page
    mine = amara.share(evening.group, "A hard week.", "be-with-me", more=True)["item"]
    ben.reply(evening.group, mine, "I hear you.")
    dana.presence(evening.group, mine, "You are not alone.")
    his = ben.share(evening.group, "أسبوع طويل", "ideas-welcome")["item"]
    gone = dana.share(evening.group, "Too much said.")["item"]
    amara.reply(evening.group, gone, "Thank you for it.")
    dana.withdraw(evening.group, gone)
    amara.presence(evening.group, his)
    evening.open()
    expect(sees(page, "A hard week.").get_by_role("button", name="Take back")).to_be_visible()
    expect(sees(page, "A hard week.")).to_contain_text("is with you")
    assert reading(page) == READING.read_text()


def reading(page: Page) -> str:
    """The accessibility tree below `main`, with every time told as "then"."""
    told = page.get_by_role("main").aria_snapshot()
    return re.sub(r"today, \d\d:\d\d", "then", told) + "\n"


def test_words_are_in_no_language_we_would_have_to_guess_and_run_their_own_way(evening: Evening) -> None:
    for words in ("A hard week.", "أسبوع طويل"):
        evening.amara.share(evening.group, words)
    evening.open()
    for words, runs in (("A hard week.", "ltr"), ("أسبوع طويل", "rtl")):
        said = sees(evening.page, words).locator(".said").first
        expect(said).to_have_attribute("lang", "")
        assert said.evaluate("each => getComputedStyle(each).direction") == runs


# What is said by itself -------------------------------------------------------------------------------------------------


def test_what_is_said_by_itself_is_short_polite_and_said_once(evening: Evening) -> None:
    ben, dana, page = evening.ben, evening.dana, evening.page
    mine = evening.amara.share(evening.group, "I am here.")["item"]
    evening.open()
    evening.heard.clear()

    ben.share(evening.group, "Words that nobody reads out unasked.")
    evening.hears("politely: Ben shared something.")
    page.wait_for_timeout(4_000)  # in the quiet after it, with time for all of them to come within it
    many(evening, "Said in a lively hour")
    evening.hears("politely: New words have come.")

    page.context.set_offline(True)
    evening.hears("politely: Not connected. What you wrote is kept here.")
    many(evening, "Said meanwhile")
    writing_box(page).fill("Written in a tunnel.")
    press(page, "Share")
    evening.hears("politely: Waiting to be sent.")
    page.context.set_offline(False)
    sees(page, "Written in a tunnel.")
    evening.hears("politely: Connected again.", "politely: Sent.", "politely: New words have come.")

    dana.presence(evening.group, mine, "I’m thinking of you.")
    evening.hears("politely: Dana is with you.")
    member = evening.come(evening.eli, "Eli")
    evening.hears("politely: Eli is new here.")
    ben.remove(evening.group, member, "Because.")
    evening.hears("politely: Eli is no longer here.")


def many(evening: Evening, words: str) -> None:
    """Said by two, one after another."""
    for number in range(MANY):
        (evening.ben if number % 2 else evening.dana).share(evening.group, f"{words}, {number}.")
