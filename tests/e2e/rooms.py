"""What people do in groups, as steps journeys are made of."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.people import Kit, press
from tests.e2e.seats import company_at, seated
from tests.e2e.starting import walks

GROUP = re.compile(r"/groups/[0-9a-f]{8}-[0-9a-f-]{27}/$")
BEGUN = "Half of a sentence that"
# What has moved on the page without anybody having done anything (a browser's own measure), and where it stands.
MOVED = """
() => new Promise((resolve) => {
  const box = ({ x, y, width, height }) => [x, y, width, height].map(Math.round);
  const outer = (node) => (node?.closest?.("*") ?? node?.parentElement)?.outerHTML.slice(0, 90);
  const place = ({ node, previousRect, currentRect }) => `${outer(node)} ${box(previousRect)} -> ${box(currentRect)}`;
  const told = (each) => `${each.value.toFixed(4)}: ${each.sources.map(place)}`;
  new PerformanceObserver((list) => resolve(list.getEntries().filter((each) => !each.hadRecentInput).map(told)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(resolve, 1000, []);
})
"""


def start_group(page: Page, name: str, own: str) -> None:
    """Begin a group, with all that is proposed, and open it."""
    page.goto("/groups/start/")
    walks(page, name, own)
    press(page, "I have them. Open the group")
    page.wait_for_url(GROUP)
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def turn_to(page: Page, part: str) -> None:
    """Open one part of a group's page. On a phone the member list is reached from the people's."""
    parts = page.get_by_role("navigation", name="Parts of this group")
    link = parts.get_by_role("link", name=part)
    if part == "Member list" and not link.is_visible():
        turn_to(page, "People")
        link = page.get_by_role("link", name="See every change")
    link.click()


def invite(page: Page, known: bool = False, uses: str = "One person (safest)") -> str:
    """A link, as the facilitator reads it from the page."""
    turn_to(page, "For facilitators")
    page.get_by_label("How many people may use it?").select_option(uses)
    page.get_by_label("I know who this is.").set_checked(known)
    press(page, "Make a link")
    link = page.locator("[data-part=link-card] [data-part=link]")
    expect(link).to_be_visible()
    return link.inner_text()


def ask_to_join(page: Page, link: str, name: str) -> None:
    """Open a link while signed in, read what it shows, and ask."""
    page.goto(link)
    fill_join(page, name)


def fill_join(page: Page, name: str) -> None:
    """On the invitation's page."""
    page.get_by_label("Your name in this group").fill(name)
    page.get_by_label("I have read the principles").check()
    page.get_by_label("I have read what this group agreed").check()
    press(page, "Ask to join")


def let_in(page: Page, *names: str) -> None:
    """Admit exactly these of those who wait."""
    turn_to(page, "For facilitators")
    waiting = page.locator("[data-part=asks] > li")
    for name in names:
        expect(waiting.filter(has_text=name)).to_be_visible()
        waiting.filter(has_text=name).get_by_role("checkbox").check()
    press(page, "Let in who is ticked")
    for name in names:
        expect(waiting.filter(has_text=name)).to_have_count(0)


def opener(page: Page) -> Locator:
    """What one presses to tell the group something, while the box is closed."""
    return page.get_by_role(
        "button", name=re.compile("^(Tell the group something|Go on with what you began)$")
    )


def writing_box(page: Page) -> Locator:
    """The box for a share, opened if it was not."""
    box = page.get_by_role("textbox", name="Tell the group something")
    expect(opener(page).or_(box)).to_be_visible()
    if opener(page).is_visible():
        opener(page).click()
    return box


def begins(page: Page, words: str = BEGUN) -> None:
    """Write, and do not send it."""
    writing_box(page).fill(words)


def has_begun(page: Page, words: str = BEGUN) -> None:
    """These words stand in the box, unsent."""
    expect(writing_box(page)).to_have_value(words)


def arrived(page: Page) -> None:
    """In the group, with the box to write in."""
    page.wait_for_url(GROUP)
    expect(writing_box(page)).to_be_visible()


def share(page: Page, text: str, helps: str | None = None) -> None:
    """Say something to the group, and see it stand there."""
    turn_to(page, "Talk")
    writing_box(page).fill(text)
    if helps:
        page.get_by_label(helps, exact=True).check()
    press(page, "Share")
    sees(page, text)


def sees(page: Page, text: str) -> Locator:
    """The share with these words, once it is there and sent."""
    found = page.locator("[data-part=shares] > li:not(.left-off)").filter(has_text=text)
    expect(found).to_be_visible()
    return found


def read_back(page: Page, count: int) -> None:
    """Go on to the end of the page until so many shares stand there, and nothing earlier is to come."""
    page.wait_for_function(
        """count => {
            scrollTo(0, document.body.scrollHeight);
            return document.querySelectorAll("[data-part=shares] > li:not(.left-off)").length >= count;
        }""",
        arg=count,
    )
    talk = page.get_by_role("region", name="What was shared")
    expect(talk.locator("[data-part=shares] > li:not(.left-off)")).to_have_count(count)
    expect(talk.get_by_role("button", name="Show earlier")).to_be_hidden()


def reply(page: Page, to: str, text: str) -> None:
    """Answer a share."""
    found = sees(page, to)
    found.get_by_role("button", name="Reply").click()
    found.get_by_label("Your reply").fill(text)
    found.get_by_role("button", name="Send reply").click()
    expect(found.locator("[data-part=replies] > li").filter(has_text=text)).to_be_visible()


def act(words: Locator, name: str) -> None:
    """Press a button that belongs to words."""
    words.get_by_role("button", name=name, exact=True).first.click()


def pauses(page: Page, first: str, last: str, why: str) -> None:
    """The group does not meet on these days, YYYY-MM-DD."""
    press(page, "Pause")
    form = page.locator("form", has=page.locator("#pause-first"))
    form.get_by_label("First day without a meeting").fill(first)
    form.get_by_label("Last day without a meeting").fill(last)
    form.get_by_label("Why, in your words").fill(why)
    form.get_by_role("button", name="Pause", exact=True).click()


def readers(page: Page, count: int) -> None:
    """How many can read, as the page says it above everything."""
    words = "1 person can read this" if count == 1 else f"{count} people can read this"
    expect(page.locator("a[data-part=readers]")).to_have_text(words)


def in_a_group(page: Page, name: str, group: str, own: str) -> Kit:
    """Somebody is at home (seats.py) and has started a group, which is open."""
    with company_at(page) as somebody:
        someone = somebody(name)
        started = someone.start_group(group, own)["group"]
        kit = seated(page, someone)
    page.goto(f"/groups/{started}/")
    readers(page, 1)
    return kit


def group_of(pages: list[Page], names: list[str], group: str = "Tuesday evening") -> list[Kit]:
    """Several are at home, in a group that the first has started; it is open before all. They sign in with their names in small letters."""
    with company_at(pages[0]) as somebody:
        people = [somebody(name.lower()) for name in names]
        started = people[0].start_group(group, names[0])["group"]
        for newcomer, name in zip(people[1:], names[1:], strict=True):
            newcomer.join(people[0].invite(started)["link"], name)
        assert not people[0].admit(started)["not_admitted"]
        for someone in people:
            someone.group(started)
        kits = [seated(page, someone) for page, someone in zip(pages, people, strict=True)]
    for page in pages:
        page.goto(f"/groups/{started}/")
    for page in pages:
        readers(page, len(pages))
    return kits
