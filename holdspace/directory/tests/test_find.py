"""The pages of the directory, and the same search for programs."""

import json
import logging
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from freezegun import freeze_time

from holdspace.directory import places
from holdspace.directory.actions import imports, slots
from holdspace.directory.actions.places import build
from holdspace.directory.entry import Entry
from holdspace.directory.models import Listing
from holdspace.directory.tests.geonames import wheel
from holdspace.meetings.times import Moved, Pause, Times

pytestmark = pytest.mark.django_db
NOW = "2026-10-20 12:00"
BERLIN = Entry(
    "hat", "b", "Lantern circle", host="Helping Hands", topics=("grief",), languages=("de",), in_person=True,
    venue="Old school", city="Berlin", lat=52.52, lon=13.40, openness="open", cost="free", access=("step_free",),
    confirmed=datetime(2026, 9, 1, tzinfo=UTC), link="https://meet.example/secret",
    times=(Times("Europe/Berlin", "18:00", 90, weekday=1),),
)  # fmt: skip
NEW_YORK = Entry(
    "hat", "n", "Evening line", topics=("anxiety",), languages=("en",), online=True,
    times=(Times("America/New_York", "13:00", 60, weekday=2),),
)  # fmt: skip


@pytest.fixture
def nobody() -> Client:
    """A browser that has no cookie and takes no token."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def groups() -> None:
    """A group in Berlin, and one online from New York."""
    imports.take("hat", [BERLIN, NEW_YORK])
    slots.refresh(datetime.fromisoformat(f"{NOW}+00:00"))


@pytest.fixture
def towns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of a few towns."""
    monkeypatch.setattr(settings, "DATA", tmp_path)
    build(wheel(tmp_path))


def found(client: Client, **said: Any) -> str:
    """The page after a search by form."""
    with freeze_time(NOW):
        answer = client.post("/find/", said)
    assert answer.status_code == 200
    return answer.content.decode()


def told(client: Client, query: str) -> Any:
    """What a program is told."""
    with freeze_time(NOW):
        return client.get(f"/find.json?{query}").json()


def names(client: Client, query: str) -> list[str]:
    """The groups a program is told of."""
    return [row["name"] for row in told(client, query)["results"]]


# For people -----------------------------------------------------------------------------------------------------------


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


# For programs ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("topic=bereavement", ["Lantern circle"]),
        ("online=1", ["Evening line"]),
        ("in_person=1", ["Lantern circle"]),
        ("online=0&in_person=true", ["Lantern circle"]),
        ("language=en", ["Evening line"]),
        ("lat=52.5&lon=13.5&km=20", ["Lantern circle"]),
        ("lat=48&lon=2&km=20", []),
        ("lat=48&lon=2&sort=nearest", ["Lantern circle"]),
        ("access=step_free", ["Lantern circle"]),
        ("access=step_free,hearing_loop", []),
        ("openness=open&cost=free", ["Lantern circle"]),
        ("days=tue,wed&from=16:00&to=18:00&tz=UTC", ["Lantern circle", "Evening line"]),
        ("days=tue&from=18:30&to=18:00&tz=UTC", ["Evening line"]),
        ("q=helping", ["Lantern circle"]),
        ("page=2", []),
    ],
)
def test_programs_ask_the_same(nobody: Client, groups: None, query: str, wanted: list[str]) -> None:
    assert names(nobody, query) == wanted


def test_programs_are_told_instants_and_where_the_next_page_is(nobody: Client) -> None:
    line = (Times("Europe/Berlin", "18:00", 90, weekday=1),)
    with freeze_time(NOW):
        imports.take("hat", [Entry("hat", str(n), f"Group {n}", online=True, times=line) for n in range(45)])
    seen, answer = [], told(nobody, "online=1&tz=Europe/Berlin")
    while True:
        seen += answer["results"]
        if answer["next"] is None:
            break
        answer = told(nobody, answer["next"].partition("?")[2])
    assert len({row["url"] for row in seen}) == 45
    assert seen[0]["start"] == "2026-10-20T18:00:00+02:00"


# Taking a feed --------------------------------------------------------------------------------------------------------


def test_the_same_again_changes_nothing(groups: None) -> None:
    report = imports.take("hat", [BERLIN, NEW_YORK])
    assert (report.same, report.added, report.changed, report.gone) == (2, 0, 0, 0)


def test_a_rehearsal_tells_the_same_and_writes_nothing(groups: None) -> None:
    entries = [
        BERLIN,
        Entry("hat", "z", "New one", online=True),
        Entry("hat", "z", "Twice"),
        Entry("hat", "q", ""),
    ]
    rehearsed = imports.take("hat", entries, imports.Way(rehearse=True))
    assert Listing.objects.filter(gone=None).count() == 2
    assert imports.take("hat", entries) == rehearsed
    assert (rehearsed.added, rehearsed.same, rehearsed.gone) == (1, 1, 1)
    assert [key for key, _ in rehearsed.refused] == ["z", "q"]


def test_a_short_or_empty_feed_takes_nothing_away() -> None:
    line = (Times("Europe/Berlin", "18:00", 90, weekday=1),)
    entries = [Entry("hat", str(n), f"Group {n}", online=True, times=line) for n in range(10)]
    imports.take("hat", entries)
    assert imports.take("hat", entries[:4]).short
    assert imports.take("hat", []).short
    assert imports.take("hat", [], imports.Way(accept_shrink=True)).short
    assert Listing.objects.filter(gone=None).count() == 10
    assert imports.take("hat", entries[:4], imports.Way(accept_shrink=True)).gone == 6
    back = imports.take("hat", entries)
    assert (back.changed, back.same) == (6, 4), "what comes back is the row it was"


def test_one_source_never_touches_another(groups: None) -> None:
    imports.take("other", [Entry("other", "b", "Same key", online=True)])
    imports.take(
        "other", [Entry("other", "c", "Next", online=True), Entry("other", "b", "Same key", online=True)]
    )
    assert Listing.objects.filter(source="hat", gone=None).count() == 2


@pytest.mark.parametrize(
    "times",
    [
        Times("Mars/Olympus", "18:00", 60, weekday=1),
        Times("../etc/passwd", "18:00", 60, weekday=1),
        Times("Europe/Berlin", "8 pm", 60, weekday=1),
        Times("Europe/Berlin", "18:00", 0, weekday=1),
        Times("Europe/Berlin", "18:00", 60),
        Times("Europe/Berlin", "18:00", 60, weekday=9),
        Times("Europe/Berlin", "18:00", 60, weekday=1, interval=2),
        Times("Europe/Berlin", "18:00", 60, "nth", 1),
        Times("Europe/Berlin", "18:00", 60, "yearly", 1),
        Times("Europe/Berlin", "18:00", 60, "once"),
    ],
    ids=str,
)
def test_hours_that_make_no_sense_are_refused_and_named(times: Times) -> None:
    report = imports.take("hat", [Entry("hat", "x", "Odd", online=True, times=(times,))])
    assert [key for key, _ in report.refused] == ["x"]
    assert not Listing.objects.exists()


def test_what_was_told_comes_back_whole(groups: None) -> None:
    full = Entry(
        "hat", "f", "Full", online=True,
        times=(
            Times(
                "Europe/Berlin", "18:00", 60, "nth", 2, nth=(1, -1), extra=(date(2026, 12, 24),),
                moved=(Moved(date(2026, 11, 4), datetime.fromisoformat("2026-11-05T19:00")),), pauses=(Pause(date(2026, 8, 1), None, "holiday"),),
            ),
        ),
    )  # fmt: skip
    imports.take("full", [Entry("full", "f", "Full")])
    imports.take("hat", [BERLIN, NEW_YORK, full])
    assert Listing.objects.get(source="hat", key="f").entry() == full


# Places ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("zurich", "Zürich"), ("Zür", "Zürich"), ("Zuerich", "Zürich"), ("Zurihc", "Zürich"), ("Köln", "Köln"),
        ("Cologne", "Köln"), ("springfield, missouri", "Springfield"), ("Paris", "Paris"), ("Paris, TX", "Paris"),
    ],
)  # fmt: skip
def test_a_town_is_found_by_any_of_its_names(towns: None, typed: str, name: str) -> None:
    assert places.lookup(typed)[0].name == name


def test_a_part_of_the_world_tells_towns_apart(towns: None) -> None:
    assert places.lookup("Paris")[0].country == "France"
    assert places.lookup("Paris, Texas")[0].country == "United States"
    assert places.lookup("Paris, Poland") == []


@pytest.mark.parametrize("typed", ["", ",", "%", "'; DROP TABLE place", "\x00", "x" * 500])
def test_odd_names_of_towns_find_nothing(towns: None, typed: str) -> None:
    assert places.lookup(typed) == []
