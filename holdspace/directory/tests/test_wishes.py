"""Wishes for groups there are not yet: nothing leads to who said them, and nobody hears of fewer than five."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from conftest import Browser
from holdspace.accounts.models import Account, Network, WhoMayStart
from holdspace.directory.actions import wishes
from holdspace.directory.models import Wish
from holdspace.directory.wishing import LASTS_DAYS, Said, hash_of, new_code, together

pytestmark = pytest.mark.django_db
TODAY = datetime.now(UTC).date()


@pytest.fixture(autouse=True)
def nobody_said_anything() -> None:
    """Counts are of the process, not of the database."""
    wishes.forget_counts()


def say(client: Client, code: str = "", **said: Any) -> Any:
    """Send the form."""
    given = {"code": code or new_code(), "topic": "grief", "where": "online", "say": "1"} | said
    return client.post("/wishes/", given)


def wished(many: int, day: date = TODAY - timedelta(days=1), **said: Any) -> None:
    """So many wishes of one kind."""
    for _each in range(many):
        code_hash = hash_of(new_code())
        assert code_hash
        Wish.objects.create(code_hash=code_hash, **{"topic": "grief", "day": day} | said)


def page(account: Account) -> str:
    """What somebody reads who would start a group."""
    answer = Browser().signed_in_as(account).get("/wishes/together/")
    assert answer.status_code == 200
    return answer.content.decode()


# Saying it ------------------------------------------------------------------------------------------------------------


def test_it_needs_no_cookie_and_no_address_holds_it(nobody: Client) -> None:
    first = nobody.post("/wishes/", {"topic": "grief"})
    assert '<option value="grief" selected>' in first.content.decode()
    answer = say(nobody)
    assert (answer.status_code, answer.request["QUERY_STRING"]) == (200, "")
    assert not first.cookies and not answer.cookies


def test_what_is_kept_is_what_was_chosen_and_the_day(nobody: Client) -> None:
    code = new_code()
    say(nobody, code, language="pt-br", hours="evenings")
    (row,) = Wish.objects.values()
    assert row == {
        "code_hash": hash_of(code), "topic": "grief", "town": "", "country": "", "language": "pt", "hours": "evenings", "day": TODAY,
    }  # fmt: skip


def test_a_small_place_is_told_of_by_the_largest_town_near_it(nobody: Client, towns: None) -> None:
    say(nobody, where="", near="Koepenick")
    assert Wish.objects.get().town == "Köpenick", "no larger one is near"
    say(nobody, where="", near="Nowhereville")
    assert Wish.objects.count() == 1


def test_sent_twice_it_is_one(nobody: Client) -> None:
    code = new_code()
    assert [say(nobody, code).status_code for _each in range(7)] == [200] * 7
    assert Wish.objects.count() == 1


def test_changed_and_sent_again_the_new_words_stand_from_today(nobody: Client) -> None:
    code = new_code()
    say(nobody, code, hours="evenings")
    Wish.objects.update(day=TODAY - timedelta(days=9))
    say(nobody, code, hours="mornings")
    row = Wish.objects.get()
    assert (row.hours, row.day) == ("mornings", TODAY)


@pytest.mark.parametrize(
    "wrong", [{"topic": ""}, {"topic": "weather"}, {"where": ""}, {"hours": "noon"}, {"code": "short"}]
)
def test_what_does_not_fit_is_a_sentence_and_loses_nothing(nobody: Client, wrong: dict[str, str]) -> None:
    answer = say(nobody, **{"language": "de", **wrong})
    assert answer.status_code == 200 and not Wish.objects.exists()
    assert '<option value="de" lang="de" selected>' in answer.content.decode()


def test_one_address_says_five_a_day(nobody: Client) -> None:
    assert [say(nobody).status_code for _each in range(6)] == [200] * 5 + [429]
    other = Client(REMOTE_ADDR="2001:db8:1:2::1")
    assert say(other).status_code == 200
    same_house = Client(REMOTE_ADDR="2001:db8:1:2:ffff::9")
    assert [say(same_house).status_code for _each in range(5)] == [200] * 4 + [429]


def test_another_site_says_nothing_in_somebodys_name(nobody: Client) -> None:
    given = {"code": new_code(), "topic": "grief", "where": "online", "say": "1"}
    answer = nobody.post("/wishes/", given, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, Wish.objects.count()) == (403, 0)


def test_where_nothing_fits_what_was_looked_for_goes_along(nobody: Client) -> None:
    found = nobody.post("/find/", {"topic": "grief", "q": "xylophone", "where": "online"}).content.decode()
    (asked,) = re.findall(r'action="/wishes/">(.*?)</form>', found, re.DOTALL)
    hints = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', asked))
    assert hints == {"topic": "grief", "where": "online", "near": "", "language": ""}


# Looking back ---------------------------------------------------------------------------------------------------------


def test_who_has_the_code_looks_back_and_takes_it_back(nobody: Client) -> None:
    code = new_code()
    say(nobody, code)
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    back = nobody.post("/wishes/mine/", {"code": typed}).content.decode()
    assert "You would come to a group like this" in back and 'name="topic" value="grief"' in back
    foreign = nobody.post(
        "/wishes/mine/", {"code": code, "back": "1"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert (foreign.status_code, Wish.objects.count()) == (403, 1)
    assert "It is taken back." in nobody.post("/wishes/mine/", {"code": code, "back": "1"}).content.decode()
    assert not Wish.objects.exists()


@pytest.mark.parametrize("code", ["K7QF-3M2A-0000-1111", "K7QF", "نعم"])
def test_another_code_opens_nothing(nobody: Client, code: str) -> None:
    say(nobody)
    assert "Nothing goes with this code." in nobody.post("/wishes/mine/", {"code": code}).content.decode()


def test_it_ends_by_itself(nobody: Client) -> None:
    wished(1, TODAY - timedelta(days=LASTS_DAYS + 1))
    wished(1, TODAY - timedelta(days=LASTS_DAYS))
    wishes.end_old_wishes()
    assert Wish.objects.count() == 1


# Who hears of it ------------------------------------------------------------------------------------------------------


def test_four_are_nothing_and_five_are_at_least_five(amara: Account) -> None:
    wished(4, language="de")
    wished(4, town="Berlin", country="Germany")
    assert "Nothing is wished for by five people or more yet." in page(amara)
    wished(1, language="de")
    seen = page(amara)
    assert "Grief: at least 5 people" in seen and "Deutsch" in seen and "Berlin" not in seen


def test_who_says_one_today_sees_no_number_change(amara: Account) -> None:
    wished(4)
    wished(1, TODAY)
    assert "at least" not in page(amara)


def test_a_part_of_the_week_is_named_when_five_named_it(amara: Account) -> None:
    wished(5, hours="evenings")
    wished(4, hours="mornings")
    seen = page(amara)
    assert "Evenings" in seen and "Mornings" not in seen and "at least 5" in seen


@examples(deadline=None)
@given(st.lists(st.sampled_from(["", "mornings", "evenings"]), max_size=120))
def test_no_number_tells_of_one_person(parts: list[str]) -> None:
    found = together(Said("grief", "", "", "", part) for part in parts)
    assert [each.at_least for each in found] == [step for step in (50, 20, 10, 5) if len(parts) >= step][:1]
    for each in found:
        assert all(parts.count(part) >= 5 for part in each.hours)


def test_only_who_may_start_a_group_and_coordinators_read_it(amara: Account, chidi: Account) -> None:
    Network.objects.update(who_may_start=WhoMayStart.COORDINATORS)
    assert Browser().get("/wishes/together/").status_code == 404
    assert Browser().signed_in_as(amara).get("/wishes/together/").status_code == 404
    assert Browser().signed_in_as(chidi).get("/wishes/together/").status_code == 200
