"""The stage of a lie: Ben and others in Python, Amara in a real browser, and a liar between her and the server."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Error, Locator, Page, expect

from client import ids
from client.group import Group
from holdspace.sealing.errors import SENTENCES
from tests.e2e.people import Kit, sign_in
from tests.e2e.rooms import opener, writing_box
from tests.firefox import is_firefox
from tests.lying.forging import Forger
from tests.lying.liar import Liar
from tests.members import Someone, admitted, company
from tests.running import Running

TRUTH = "an honest word of Ben's"
LIE = "a word nobody said"
# A page of the same server: from an empty one the browser would begin anew, with nothing compiled.
ELSEWHERE = "/help/"


@dataclass
class Stage:
    """Ben facilitates, Amara is a member, Eli too where he was asked in. Each lie gets a group of its own."""

    ben: Someone
    amara: Someone
    eli: Someone
    group: str
    page: Page
    liar: Liar

    @property
    def group_id(self) -> bytes:
        """Its 16 bytes."""
        return ids.parse(self.group)

    def of(self, person: Someone) -> Group:
        """The group as this person's honest device holds it now."""
        return person.group(self.group)

    def forger(self, helper: Someone | None = None) -> Forger:
        """A liar with the keys of a member."""
        return Forger(self.of(helper or self.ben))

    def member_id(self, person: Someone) -> bytes:
        """Who somebody is in the group."""
        return self.of(person).member_id

    def with_eli(self) -> None:
        """Eli comes in, before Amara looks."""
        admitted(self.group, self.ben, self.eli)
        self.of(self.eli)

    def look(self, group: str | None = None, part: str = "") -> Page:
        """Amara opens the group's page, anew."""
        if part:
            self.page.goto(ELSEWHERE)  # on the same page, a part alone would load nothing
        self.page.goto(f"/groups/{group or self.group}/{part}")
        return self.page

    def look_honestly(self) -> Page:
        """Amara opens the group before any lie, and it is well."""
        page = self.look()
        expect(shares(page).filter(has_text=TRUTH)).to_be_visible()
        expect(trouble(page)).to_be_hidden()
        return page


def shares(page: Page) -> Locator:
    """What is shown of the talk."""
    return page.locator("[data-part=shares] > li:not(.left-off)")


def trouble(page: Page) -> Locator:
    """What the page says is wrong with the group."""
    return page.locator("[data-part=trouble]")


def says(page: Page, code: str) -> None:
    """The group is stopped with exactly this sentence, nothing can be written, and no lie is shown."""
    expect(trouble(page)).to_have_text(SENTENCES[code])
    expect(trouble(page)).to_be_visible()
    expect(opener(page)).to_have_count(0)
    shows_no_lie(page)


def refused(page: Page, code: str) -> None:
    """The group does not open at all, with exactly this sentence."""
    expect(page.locator("[data-part=why]")).to_have_text(SENTENCES[code])
    expect(page.get_by_role("heading", level=1)).to_have_text("This does not open")
    assert TRUTH not in page.content()
    shows_no_lie(page)


def closed(page: Page, code: str) -> None:
    """One item stays closed with exactly this sentence, the honest one stands beside it, and the group goes on."""
    place = shares(page).filter(has_text=SENTENCES[code])
    expect(place.locator("[data-part=closed]").first).to_have_text(SENTENCES[code])
    expect(place).to_have_count(1)
    expect(shares(page).filter(has_text=TRUTH)).to_be_visible()
    expect(writing_box(page)).to_be_visible()
    shows_no_lie(page)


def shows_no_lie(page: Page) -> None:
    """Not a letter of it, seen or unseen."""
    assert LIE not in page.content()


def own_faults(page: Page, error: Error) -> list[str]:
    """What a page did wrong. That a file was changed on its way is none of it: Chromium writes it to the console, Firefox says it like this."""
    return [] if is_firefox(page.context) and "integrity" in error.message else [str(error)]


class People(NamedTuple):
    """Three accounts on the honest server."""

    ben: Someone
    amara: Someone
    eli: Someone


@pytest.fixture(scope="session")
def people(server: Running, tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    """Everybody who is needed to be lied to."""
    with company(server, tmp_path_factory.mktemp("people")) as somebody:
        yield People(*(somebody(f"{name} {secrets.token_hex(3)}") for name in People._fields))


@pytest.fixture(scope="session")
def victim(real_browser: Browser, server: Running, people: People) -> Iterator[tuple[Page, Liar]]:
    """Amara's browser, signed in through an honest server, with a liar who waits."""
    context = real_browser.new_context(base_url=server.url, locale="en-GB")
    context.set_default_timeout(15_000)
    liar = Liar(context)
    page = liar.new_page()
    people.amara.server.seal("recovery-confirmed")
    sign_in(page, Kit(people.amara.name, people.amara.passphrase, ""))
    page.wait_for_url("**/groups/")
    yield page, liar
    context.close()


@pytest.fixture
def stage(people: People, victim: tuple[Page, Liar]) -> Iterator[Stage]:
    """A group of Ben's with Amara in it, and an honest word."""
    ben, amara, eli = people
    page, liar = victim
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.extend(own_faults(page, error)))
    group = ben.start_group("Tuesday evening", ben.name)["group"]
    admitted(group, ben, amara)
    amara.group(group)
    ben.share(group, TRUTH)
    liar.asked.clear()  # a browser may well have written where others were lied to before
    yield Stage(ben, amara, eli, group, page, liar)
    liar.honest()
    page.goto(ELSEWHERE)
    assert not troubles, troubles
