"""Words written without a line, a month before: by then the session is over and the keys are others, and they go once, if still meant."""

import datetime
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.clocks import set_clock, wrong_clock
from tests.conftest import NewContext
from tests.e2e.people import press, sign_in
from tests.e2e.rooms import ask_to_join, sees, share, writing_box
from tests.e2e.seats import at_home
from tests.members import Someone, company, said
from tests.running import Running

MONTH = datetime.timedelta(days=31)
LATE = "What I thought a month ago."


def write_without_a_line(page: Page, text: str, ago: datetime.timedelta) -> None:
    """As it happened that long ago."""
    set_clock(page, -ago)
    page.context.set_offline(True)
    expect(page.get_by_text("Not connected. What you wrote is kept here.")).to_be_visible()
    writing_box(page).fill(text)
    press(page, "Share")
    expect(page.locator("#stage").get_by_text("Waiting to be sent.")).to_be_visible()


def come_in(page: Page, facilitator: Someone, group: str) -> None:
    """Join, and be let in."""
    ask_to_join(page, str(facilitator.invite(group)["link"]), "Ben")
    while not facilitator.admit(group)["admitted"]:
        page.wait_for_timeout(200)


def change_keys(amara: Someone, eli: Someone, group: str) -> None:
    """Eli comes, and goes: the group has had two other keys."""
    before = amara.group(group).state.epoch
    eli.join(str(amara.invite(group)["link"]), "Eli")
    amara.remove(group, amara.admit(group)["admitted"][0]["member"], "because")
    assert amara.group(group).state.epoch == before + 2


def test_what_waited_for_a_month_goes_once_and_only_after_asking(
    device: NewContext, server: Running, tmp_path: Path
) -> None:
    context = device()
    wrong_clock(context)
    ben = context.new_page()
    kit = at_home(ben, "ben-98")
    with company(server, tmp_path) as somebody:
        amara, eli = somebody("amara-98"), somebody("eli-98")
        group = str(amara.start_group("Meanwhile")["group"])
        come_in(ben, amara, group)
        share(ben, "Before I went.")
        address = ben.url.partition("#")[0]
        write_without_a_line(ben, LATE, MONTH)
        ben.close()
        context.clear_cookies()  # his session is over by then
        change_keys(amara, eli, group)
        amara.share(group, "You were missed.")
        context.set_offline(False)
        again = context.new_page()
        sign_in(again, kit)
        again.wait_for_url("**/groups/")
        again.goto(address)
        sees(again, "You were missed.")
        expect(again.get_by_text("You wrote this more than a day ago")).to_be_visible()
        assert [item["text"] for item in said(amara, group)] == ["Before I went.", "You were missed."]
        again.get_by_role("button", name="Send again").click()
        sees(again, LATE)
        again.reload()
        sees(again, LATE)
        expect(again.get_by_text("more than a day ago")).to_have_count(0)
        assert [item["text"] for item in said(amara, group)].count(LATE) == 1
