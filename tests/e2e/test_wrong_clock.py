"""A device whose clock is wrong, by an hour or by a year, either way: nothing is refused, and the times that are shown are honest."""

import datetime

import pytest
from playwright.sync_api import expect

from tests.clocks import wrong_clock
from tests.conftest import NewContext
from tests.e2e.people import sign_up
from tests.e2e.rooms import arrived, ask_to_join, in_a_group, invite, readers, reply, sees, share, turn_to

pytestmark = pytest.mark.journey

OFF = {
    "an hour behind": datetime.timedelta(minutes=-65),
    "an hour ahead": datetime.timedelta(minutes=65),
    "a year behind": datetime.timedelta(days=-365),
    "a year ahead": datetime.timedelta(days=365),
}


@pytest.mark.parametrize("off", OFF.values(), ids=OFF)
def test_with_a_wrong_clock_one_comes_in_shares_and_replies_and_the_others_see_true_times(
    device: NewContext, off: datetime.timedelta
) -> None:
    number = list(OFF.values()).index(off)
    hers = device()
    wrong_clock(hers, off)
    ben, amara = device().new_page(), hers.new_page()
    in_a_group(ben, f"ben-13{number}", "Wrong clock", "Ben")
    sign_up(amara, f"amara-13{number}")
    ask_to_join(amara, invite(ben, known=True), "Amara")
    arrived(amara)
    for page in (ben, amara):
        readers(page, 2)
    turn_to(ben, "Talk")
    share(ben, "What time is it with you?")
    share(amara, "I am not sure.")
    reply(amara, "What time is it with you?", "My clock is strange.")
    for page in (ben, amara):
        time = sees(page, "I am not sure.").locator("header time").first
        shown = datetime.datetime.fromisoformat(str(time.get_attribute("datetime")))
        assert abs(shown - datetime.datetime.now(datetime.UTC)) < datetime.timedelta(minutes=5)
        expect(sees(page, "I am not sure.").locator("header [data-part=own-clock]")).to_be_visible()
        expect(sees(page, "What time is it with you?").locator("header [data-part=own-clock]")).to_be_hidden()
