"""The pages of the directory."""

import json
import logging
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from freezegun import freeze_time

from holdspace.directory.actions import imports
from holdspace.directory.entry import Entry
from holdspace.directory.models import Listing
from holdspace.directory.tests.two_groups import BERLIN, NOW, found, names, told

pytestmark = pytest.mark.django_db


# The search -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/find/", "/find.json", "/find/?topic=grief"])
def test_nobody_is_given_a_cookie(nobody: Client, groups: None, address: str) -> None:
    assert not nobody.get(address).cookies


def test_a_form_needs_no_token_and_leaves_the_address_empty(nobody: Client, groups: None) -> None:
    with freeze_time(NOW):
        answer = nobody.post("/find/", {"topic": "grief"})
    assert not answer.cookies
    assert "Lantern circle" in answer.content.decode()
    assert "Evening line" not in answer.content.decode()
    assert 'method="post" action="/find/#found"' in answer.content.decode()


def test_other_pages_still_hand_out_their_token(nobody: Client) -> None:
    assert settings.CSRF_COOKIE_NAME in nobody.get("/sign-in/").cookies


def test_a_search_is_in_no_log(nobody: Client, groups: None, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="holdspace"):
        found(nobody, q="lantern", topic="grief")
        nobody.get("/find/?q=lantern")
        nobody.get("/find/lantern-that-is-not-there/")
    assert "lantern" not in caplog.text.lower()


def test_the_date_is_on_my_clock_and_on_the_groups(nobody: Client, groups: None) -> None:
    page = found(nobody, topic="anxiety", tz="Europe/London")
    assert "Wednesday 21 October, 6 p.m." in page
    assert "(London)" in page
    assert "For the group that is Wednesday 21 October, 1 p.m. in New York." in page


def test_it_says_when_the_hour_will_be_another(nobody: Client, groups: None) -> None:
    """Between 25 October and 1 November London is four hours from New York, else five."""
    page = found(nobody, topic="anxiety", tz="Europe/London")
    assert "From Wednesday 28 October it is at 5 p.m. for you." in page


def test_who_has_chosen_no_clock_is_told_so(nobody: Client, groups: None) -> None:
    assert "Times are in world time." in found(nobody, topic="grief")


def test_days_and_hours_are_those_of_my_own_clock(nobody: Client, groups: None) -> None:
    assert "Evening line" in found(nobody, tz="Asia/Tokyo", days=["thu"], **{"from": "01:00", "to": "03:00"})
    assert "Evening line" not in found(
        nobody, tz="Asia/Tokyo", days=["wed"], **{"from": "01:00", "to": "03:00"}
    )


def test_when_nothing_fits_there_is_a_next_step(nobody: Client, groups: None) -> None:
    assert "Leave out one thing and look again." in found(nobody, q="lantern", topic="anxiety")


def test_a_slip_is_mended_and_told(nobody: Client, groups: None) -> None:
    page = found(nobody, q="lantren")
    assert "Lantern circle" in page
    assert "No group says “lantren”." in page


def test_near_a_town_needs_no_other_machine(nobody: Client, groups: None, towns: None) -> None:
    page = found(nobody, near="Köpenick", km="25")
    assert "Lantern circle" in page and "Evening line" not in page
    assert "Within 25 km of Köpenick, Germany." in page
    assert "(Berlin)" in page, "without another, the town's clock is taken"


def test_a_map_shows_where_and_asks_no_other_machine(nobody: Client, groups: None, towns: None) -> None:
    page = found(nobody, near="Köpenick", km="25", tz="Europe/Berlin")
    assert 'aria-label="1: Lantern circle"' in page
    assert '<span class="find-number">1</span>' in page
    assert "16 km away</span>" not in page and "to the north-west" in page
    assert ">Köpenick</text>" in page and ">25 km</text>" in page
    assert re.findall(r"(?:src|url|image|xlink)[^ >]*://", page) == []


def test_closer_and_wider_need_no_script(nobody: Client, groups: None, towns: None) -> None:
    page = found(nobody, near="Köpenick", km="25")
    assert 'form="find" name="km" value="10"' in page and 'form="find" name="km" value="50"' in page
    with freeze_time(NOW):  # what a browser sends: the form's own first, then the button's
        answer = nobody.post(
            "/find/", "near=K%C3%B6penick&km=25&km=10", content_type="application/x-www-form-urlencoded"
        )
    page = answer.content.decode()
    assert "No group fits all of this yet" in page
    assert '<option value="10" selected>' in page and '<option value="25" selected>' not in page
    assert 'name="km" value="25">Wider' in page


def test_a_map_stays_whole_in_a_language_with_other_numbers(
    nobody: Client, groups: None, towns: None
) -> None:
    with freeze_time(NOW):
        page = nobody.post("/find/", {"near": "Köpenick"}, headers={"Accept-Language": "ar"}).content.decode()
    numbers = re.findall(r' (?:c?x|c?y|r|viewBox)="([^"]*)"', page)
    assert len(numbers) > 10
    assert all(re.fullmatch(r"[\d. -]+", number) for number in numbers), numbers


def test_a_search_online_has_no_map(nobody: Client, groups: None) -> None:
    assert "<svg" not in found(nobody, topic="anxiety")


def test_a_listing_shows_what_lies_around_it(nobody: Client, groups: None, towns: None) -> None:
    with freeze_time(NOW):
        page = nobody.get(f"/find/{Listing.objects.get(key='b').slug}/").content.decode()
    assert "What lies around it, on a map" in page and "map-here" in page
    assert "Köpenick, " in page


def test_a_town_we_do_not_know_is_one_sentence_beside_its_field(
    nobody: Client, groups: None, towns: None
) -> None:
    assert "We know no town of this name." in found(nobody, near="Nowhereville")


def test_without_a_list_of_towns_the_page_says_so(
    nobody: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    assert "This network has no list of towns yet" in found(nobody, topic="grief")
    assert "This network has no list of towns yet" in json.dumps(told(nobody, "near=Berlin"))


def test_a_link_to_the_search_is_there_for_who_asks(nobody: Client, groups: None) -> None:
    page = found(nobody, topic="grief", days=["tue", "wed"])
    assert 'href="/find/?topic=grief&amp;days=tue&amp;days=wed"' in page
    with freeze_time(NOW):
        assert "Lantern circle" in nobody.get("/find/?topic=grief&days=tue").content.decode()


@pytest.mark.parametrize(
    "said",
    [{"tz": "Mars/Olympus"}, {"language": "<script>"}, {"km": "far"}, {"days": "someday"}, {"from": "25:99"},
     {"topic": "no such thing"}, {"page": "0"}, {"page": "99999999999999999999"}, {"lat": "nan", "lon": "1"}],
    ids=str,
)  # fmt: skip
def test_what_does_not_fit_breaks_nothing(nobody: Client, groups: None, said: dict[str, str]) -> None:
    assert "Lantern circle" not in found(nobody, **said)
    assert nobody.get("/find.json", said).status_code == 400


def test_words_of_a_feed_are_only_words(nobody: Client) -> None:
    imports.take(
        "hat", [Entry("hat", "x", "<script>alert(1)</script>", online=True, website="javascript:alert(1)")]
    )
    page = found(nobody)
    assert "<script>alert" not in page
    address = f"/find/{Listing.objects.get().slug}/"
    assert "javascript:" not in nobody.get(address).content.decode()


# One listing ----------------------------------------------------------------------------------------------------------


def page_of(client: Client, entry: Entry) -> str:
    """The page of a listing."""
    slug = Listing.objects.get(key=entry.key).slug
    with freeze_time(NOW):
        answer = client.get(f"/find/{slug}/")
    assert not answer.cookies
    return answer.content.decode()


def test_a_listing_tells_when_where_and_who(nobody: Client, groups: None) -> None:
    page = page_of(nobody, BERLIN)
    for words in ("Held by Helping Hands", "Every Tuesday, 6 p.m. in Berlin", "Tuesday 20 October", "Old school", "Free",
                  "No steps", "Last confirmed on 1 September 2026."):  # fmt: skip
        assert words in page


def test_a_private_link_is_never_shown(nobody: Client, groups: None) -> None:
    assert "meet.example" not in page_of(nobody, BERLIN)
    assert "meet.example" not in json.dumps(told(nobody, ""))


def test_what_is_held_back_or_gone_is_not_there(nobody: Client, groups: None) -> None:
    held = Entry("hat", "h", "Held back", online=True, quarantine=("a name",))
    imports.take("hat", [BERLIN, held])
    for key in ("h", "n"):
        slug = Listing.objects.get(key=key).slug
        assert nobody.get(f"/find/{slug}/").status_code == 404
    assert names(nobody, "") == ["Lantern circle"]
