"""A facilitator in Berlin says when and where the group meets; a member in Kolkata reads it on her own clock."""

from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from holdspace.meetings.occurrence import Occurrence, between
from holdspace.meetings.times import Times
from tests.conftest import NewPage
from tests.e2e.people import press
from tests.e2e.rooms import group_of, pauses, turn_to
from tests.e2e.seats import named

# Kolkata never changes its clocks, so each change in Berlin shows there.
THERE, HERE = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kolkata")
MONTHLY = Times(THERE.key, "18:00", 90, "nth", 1, nth=(-1,))


def dates() -> list[Occurrence]:
    """The coming ones, as the server makes them."""
    now = datetime.now(UTC)
    return list(islice(between(MONTHLY, now, now + timedelta(days=400)), 12))


def day(moment: datetime) -> str:
    return f"{moment:%A} {moment.day} {moment:%B}"


def said(moment: datetime) -> str:
    """ "Tuesday 8 December, 18:00" """
    return f"{day(moment)}, {moment:%H:%M}"


def says_when(ben: Page) -> None:
    """The last Tuesday of each month at 18:00."""
    press(ben, "Add a time")
    ben.get_by_role("combobox", name="How often").select_option("nth")
    press(ben, "Keep it")
    expect(ben.locator("#times-nth-problem")).to_have_text("Tick at least one.")
    ben.get_by_label("the last", exact=True).check()
    ben.get_by_label("Day of the week").select_option("1")
    ben.get_by_label("Begins at").fill("18:00")
    expect(ben.get_by_label("On whose clock?")).to_have_value(THERE.key)
    press(ben, "Keep it")
    expect(ben.locator("[data-part=next] [data-part=hours]")).to_have_text("18:00 – 19:30")


def says_where(ben: Page) -> None:
    press(ben, "Say where and how")
    ben.get_by_label("In person: the address").fill("The hall behind the church. Ring twice.")
    ben.get_by_label("Online: the link").fill("rooms.example/tuesday")
    press(ben, "Keep it")
    expect(ben.locator("#place-link-problem")).to_contain_text("not a whole link")
    ben.get_by_label("Online: the link").fill("https://rooms.example/tuesday")
    press(ben, "Keep it")
    expect(ben.get_by_role("link", name="Join online")).to_be_visible()


def reads_when(amara: Page, ben: Page) -> None:
    """On her clock and on the group's, with what will change; where nothing changes, nothing is said."""
    first, *later = dates()
    mine = first.start.astimezone(HERE)
    expect(next_date(amara)).to_contain_text(said(mine))
    expect(amara.locator("[data-part=next] [data-part=there]")).to_contain_text(
        f"In Berlin it is {said(first.wall)}"
    )
    changed = next(each for each in later if each.start.astimezone(HERE).time() != mine.time())
    theirs = changed.start.astimezone(HERE)
    expect(amara.locator("[data-part=changes]")).to_contain_text(
        f"From {day(theirs)} it is at {theirs:%H:%M} for you"
    )
    expect(ben.locator("[data-part=changes]")).to_be_empty()
    expect(amara.get_by_text("Each month on the last Tuesday, 18:00 in Berlin").first).to_be_visible()


def reads_where(amara: Page) -> None:
    expect(amara.locator("[data-part=where]")).to_have_text("The hall behind the church. Ring twice.")
    expect(amara.get_by_role("link", name="Join online")).to_have_attribute(
        "href", "https://rooms.example/tuesday"
    )
    expect(amara.get_by_role("button", name="Add a time")).to_be_hidden()


def next_date(page: Page) -> Locator:
    return page.locator("[data-part=next] time")


def moves_the_next(ben: Page, to: datetime) -> None:
    """At the second try: in the first the year has a slip, and the date would never be seen again."""
    row = ben.locator("[data-part=dates] > li").nth(0)
    row.get_by_role("button", name="Move", exact=True).click()
    says_new_time(row.locator("form"), to - timedelta(days=365))
    expect(row.locator("#move-day-problem")).to_have_text(
        "Choose a day from today on, and not more than a year away."
    )
    says_new_time(row.locator("form"), to)


def says_new_time(form: Locator, to: datetime) -> None:
    form.get_by_label("New day").fill(f"{to:%Y-%m-%d}")
    form.get_by_label("Begins at, on the group’s clock").fill(f"{to:%H:%M}")
    form.get_by_role("button", name="Move", exact=True).click()


def test_a_member_far_away_sees_when_and_where_through_changes_of_clocks(person: NewPage) -> None:
    ben, amara = person(timezone_id=THERE.key), person(timezone_id=HERE.key)
    group_of([ben, amara], named("ben", "amara"))
    for page in (ben, amara):
        turn_to(page, "When we meet")
        expect(page.get_by_text("Nobody has written down yet when this group meets.")).to_be_visible()
    says_when(ben)
    says_where(ben)
    reads_when(amara, ben)
    reads_where(amara)

    first, second, third, *_ = dates()
    ben.locator("[data-part=dates] > li").nth(0).get_by_role("button", name="Leave out").click()
    for page in (ben, amara):
        expect(page.get_by_text(f"Not on {day(first.wall)}.")).to_be_visible()
    expect(next_date(amara)).to_contain_text(day(second.start.astimezone(HERE)))

    to = (second.wall + timedelta(days=1)).replace(hour=19)
    moves_the_next(ben, to)
    expect(next_date(amara)).to_contain_text(said(to.replace(tzinfo=THERE).astimezone(HERE)))
    expect(amara.locator("[data-part=dates] > li").nth(0)).to_contain_text("moved")

    pauses(ben, f"{to:%Y-%m-%d}", f"{to + timedelta(days=5):%Y-%m-%d}", "The hall is being painted.")
    expect(amara.get_by_text("The hall is being painted.")).to_be_visible()
    expect(
        amara.locator("[data-part=pauses]")
        .get_by_text(f"We do not meet from {day(to)} to {day(to + timedelta(days=5))}.")
        .first
    ).to_be_visible()
    expect(next_date(amara)).to_contain_text(day(third.start.astimezone(HERE)))
