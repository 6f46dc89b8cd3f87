"""Lists of others on the coordinators' desk: sent, read without writing, taken; held back words, doubles, and the end of a source."""

import gzip
import json
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from conftest import Browser
from holdspace.accounts.models import Account
from holdspace.directory import formats, queries
from holdspace.directory.actions import imports, list_work, rows, sent_lists
from holdspace.directory.entry import Entry
from holdspace.directory.models import Listing, ListState, SentList, Slot
from holdspace.trail.models import Happening

pytestmark = pytest.mark.django_db
NA = settings.BASE / "tests" / "data" / "na-meetings-2672.lgv.json.gz"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work is done before the answer: a thread would not see what a test wrote."""
    monkeypatch.setattr(list_work, "work_on_list", lambda key, wait=0: sent_lists.work_on(key))


@pytest.fixture
def chidis(browser: Browser, chidi: Account) -> Browser:
    """Chidi's browser."""
    return browser.signed_in_as(chidi)


def meeting(number: int, **other: object) -> dict[str, object]:
    """One meeting of a Meeting Guide list."""
    told = {
        "name": f"Group {number}",
        "slug": f"g-{number}",
        "day": 1,
        "time": "19:00",
        "timezone": "Europe/London",
    }
    return {**told, "formatted_address": f"{number} Long Road, London, UK", **other}


def send(browser: Browser, data: bytes | list[dict[str, object]], **said: Any) -> Any:
    """Send a list."""
    packed = data if isinstance(data, bytes) else json.dumps(data).encode()
    body = {"written_in": "meeting-guide", "source": "aa-here", "program": "aa", **said}
    body.setdefault("file", SimpleUploadedFile("list.json", packed))
    return browser.post("/coordinator/lists/", {"csrfmiddlewaretoken": "a" * 32, **body})


def act(browser: Browser, address: str, **said: Any) -> Any:
    """Send one of the small forms."""
    return browser.post(address, {"csrfmiddlewaretoken": "a" * 32, **said})


def taken(browser: Browser, data: bytes | list[dict[str, object]], **said: Any) -> SentList:
    """Send a list and take it."""
    act(browser, send(browser, data, **said).headers["Location"], do="take")
    return SentList.objects.latest("sent")


def page(browser: Browser, address: str) -> str:
    """What is seen there."""
    return str(browser.get(address).content.decode())


def test_coordinators_alone_see_and_send_lists(chidi: Account, dana: Account) -> None:
    imports.take("aa-here", [Entry("aa-here", "a", "One")])
    for address in ("lists/", "lists/twice/", "lists/of/aa-here/", "lists/sent/nothing/"):
        assert Browser().get(f"/coordinator/{address}").status_code == 404
        assert Browser().signed_in_as(dana).get(f"/coordinator/{address}").status_code == 404
    assert send(Browser().signed_in_as(dana), [meeting(1)]).status_code == 404
    assert not SentList.objects.exists()


def test_a_list_from_elsewhere_is_not_taken(chidis: Browser) -> None:
    file = SimpleUploadedFile("list.json", b"[]")
    body = {"written_in": "meeting-guide", "source": "aa-here", "program": "aa", "file": file}
    assert chidis.post("/coordinator/lists/", body).status_code == 403


def test_nothing_is_written_before_somebody_says_so(chidis: Browser) -> None:
    answer = send(chidis, [meeting(1), meeting(2), {"slug": "nameless"}])
    assert not Listing.objects.exists()
    seen = page(chidis, answer.headers["Location"])
    assert "It has no name." in seen
    assert "Every Monday" in seen
    act(chidis, answer.headers["Location"], do="take")
    assert queries.how_many() == 2
    assert SentList.objects.get().packed == b""


def test_the_report_adds_up_and_the_same_list_again_changes_nothing(chidis: Browser, chidi: Account) -> None:
    first = taken(chidis, NA.read_bytes(), written_in="lgv", source="na", program="na")
    report = first.report
    assert (report["rows"], report["added"]) == (2672, 2672)
    assert ["100-4421", "100-5973"] in report["pairs"]
    assert first.done == 2672
    again = taken(chidis, NA.read_bytes(), written_in="lgv", source="na", program="na").report
    assert (again["added"], again["changed"], again["same"], again["refused"]) == (0, 0, 2672, 0)
    assert Happening.objects.filter(what="list-taken", who=chidi.pk).count() == 2


def test_what_was_taken_is_not_taken_twice(chidis: Browser) -> None:
    where = send(chidis, [meeting(1)]).headers["Location"]
    assert act(chidis, where, do="take").status_code == 303
    assert act(chidis, where, do="take").status_code == 409


def test_what_was_thrown_away_writes_nothing(chidis: Browser) -> None:
    where = send(chidis, [meeting(1)]).headers["Location"]
    act(chidis, where, do="throw-away")
    assert chidis.get(where).status_code == 404
    assert not Listing.objects.exists()


def test_a_list_nobody_decided_about_goes_after_a_day(chidis: Browser) -> None:
    send(chidis, [meeting(1)])
    sent_lists.tidy_lists()
    assert SentList.objects.exists()
    SentList.objects.update(sent=timezone.now() - timedelta(days=2))
    sent_lists.tidy_lists()
    assert not SentList.objects.exists()


def test_what_stood_still_is_worked_on_again(chidis: Browser) -> None:
    send(chidis, [meeting(1)])
    SentList.objects.update(state=ListState.TAKING, beat=timezone.now() - timedelta(seconds=10))
    list_work.go_on()
    assert not Listing.objects.exists(), "somebody may be at it"
    assert "so far" in page(chidis, f"/coordinator/lists/sent/{SentList.objects.get().key}/")
    SentList.objects.update(beat=timezone.now() - timedelta(minutes=2))
    list_work.go_on()
    assert Listing.objects.count() == 1


def test_a_list_that_came_short_takes_nothing_away_until_it_is_said_to_be_right(chidis: Browser) -> None:
    taken(chidis, [meeting(number) for number in range(10)])
    short = taken(chidis, [meeting(1)])
    assert short.report["short"]
    assert queries.how_many() == 10
    where = send(chidis, [meeting(1)]).headers["Location"]
    assert "It is right that so much less came." in page(chidis, where)
    act(chidis, where, do="take", accept_shrink="on")
    assert queries.how_many() == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"file": ""}, "choose the file once more"),
        ({"file": SimpleUploadedFile("e.json", b"")}, "file is empty"),
        ({"source": "NA Dublin"}, "Only small letters"),
        ({"source": ""}, "Please name it"),
        ({"source": "this-network"}, "groups of this network have this name"),
        ({"program": ""}, "say whose list it is"),
        ({"program": "nobody"}, "choose from the list"),
        ({"written_in": "word"}, "choose from the list"),
        ({"zone": "Mars/Base"}, "no time zone of this name"),
    ],
)
def test_what_does_not_fit_is_a_sentence(chidis: Browser, said: dict[str, Any], sentence: str) -> None:
    answer = send(chidis, [meeting(1)], **said)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not SentList.objects.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"not json at all", "Nothing was read"),
        (b"\x1f\x8bbroken", "damaged"),
        (gzip.compress(b"[]")[:-9], "ends in the middle"),
    ],
    ids=["words", "damaged", "cut"],
)
def test_a_file_that_is_no_list_says_why(chidis: Browser, data: bytes, sentence: str) -> None:
    answer = send(chidis, data)
    seen = answer.content.decode() if answer.status_code == 200 else page(chidis, answer.headers["Location"])
    assert sentence in seen
    assert not Listing.objects.exists()


def test_a_list_that_breaks_its_reader_is_not_read_for_ever(
    chidis: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(formats, "read", broken)
    where = send(chidis, [meeting(1)]).headers["Location"]
    assert SentList.objects.get().state == ListState.UNREADABLE
    assert "Nothing of it could be used." in page(chidis, where)


def test_words_that_are_held_back_are_shown_or_left_out_for_good(chidis: Browser) -> None:
    rows_ = [meeting(1, notes="Call Sam P. 555-123-4567"), meeting(2, notes="Ask for Tom B. 555-123-9999")]
    taken(chidis, rows_)
    seen = page(chidis, "/coordinator/lists/of/aa-here/")
    assert "Call Sam P." in seen
    one, two = Listing.objects.order_by("key")
    assert "Sam" not in page(Browser(), f"/find/{one.slug}/")
    act(chidis, "/coordinator/lists/of/aa-here/", do="release", listing=one.pk)
    act(chidis, "/coordinator/lists/of/aa-here/", do="drop", listing=two.pk)
    assert "Call Sam P." in page(Browser(), f"/find/{one.slug}/")
    assert "Tom" not in page(Browser(), f"/find/{two.slug}/")
    assert "Nothing is held back." in page(chidis, "/coordinator/lists/of/aa-here/")
    again = taken(chidis, rows_)
    assert again.report["same"] == 2
    assert "Call Sam P." in page(Browser(), f"/find/{one.slug}/")
    assert "Tom" not in Listing.objects.get(pk=two.pk).told


def test_a_row_whose_name_is_a_persons_is_shown_only_when_released(chidis: Browser) -> None:
    taken(chidis, [meeting(1, name="Sam P. 555-123-4567")])
    row = Listing.objects.get()
    assert Browser().get(f"/find/{row.slug}/").status_code == 404
    act(chidis, "/coordinator/lists/of/aa-here/", do="drop", listing=row.pk)
    assert "Nothing is held back." in page(chidis, "/coordinator/lists/of/aa-here/")
    assert Browser().get(f"/find/{row.slug}/").status_code == 404
    act(chidis, "/coordinator/lists/of/aa-here/", do="release", listing=row.pk)
    assert Browser().get(f"/find/{row.slug}/").status_code == 200
    assert Slot.objects.exists()


@pytest.mark.parametrize(
    "said", [{"do": "drop", "listing": 999_999}, {"do": "drop", "listing": "x"}, {"do": "burn"}]
)
def test_a_row_there_is_not_changes_nothing(chidis: Browser, said: dict[str, Any]) -> None:
    taken(chidis, [meeting(1)])
    assert act(chidis, "/coordinator/lists/of/aa-here/", **said).status_code == 404
    assert act(chidis, "/coordinator/lists/twice/", **said).status_code == 404
    assert queries.how_many() == 1


def test_the_same_meeting_in_two_lists_is_found_and_one_is_left_out(chidis: Browser) -> None:
    taken(chidis, [meeting(1)])
    taken(chidis, [meeting(1, name="The same group")], source="aa-there")
    seen = page(chidis, "/coordinator/lists/twice/")
    assert "The same group" in seen
    twin = Listing.objects.get(source="aa-there")
    act(chidis, "/coordinator/lists/twice/", do="drop", listing=twin.pk)
    assert "Nothing seems to be there twice." in page(chidis, "/coordinator/lists/twice/")
    assert Browser().get(f"/find/{twin.slug}/").status_code == 404
    taken(chidis, [meeting(1, name="The same group")], source="aa-there")
    assert Browser().get(f"/find/{twin.slug}/").status_code == 404


def test_rows_nobody_confirmed_for_long_are_flagged(chidis: Browser) -> None:
    old = Entry("aa-here", "a", "Old candle", confirmed=timezone.now() - timedelta(days=800))
    new = Entry("aa-here", "b", "New candle", confirmed=timezone.now())
    imports.take("aa-here", [old, new])
    seen = page(chidis, "/coordinator/lists/of/aa-here/")
    assert "Old candle" in seen
    assert "New candle" not in seen


def test_a_source_that_is_taken_down_is_found_no_more_and_comes_back_when_it_is_sent_anew(
    chidis: Browser, chidi: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken(chidis, [meeting(number) for number in range(3)])
    monkeypatch.setattr(rows, "MOST_AT_ONCE", 2)
    where = "/coordinator/lists/of/aa-here/"
    assert act(chidis, where, do="take-down").headers["Location"] == where
    assert queries.how_many() == 1
    assert act(chidis, where, do="take-down").headers["Location"] == "/coordinator/lists/"
    assert not Slot.objects.exists()
    assert Happening.objects.filter(what="source-taken-down", who=chidi.pk).count() == 2
    taken(chidis, [meeting(number) for number in range(3)])
    assert queries.how_many() == 3


def test_the_groups_of_this_network_are_no_list_of_others(chidis: Browser) -> None:
    imports.take("this-network", [Entry("this-network", "a", "Ours")])
    assert chidis.get("/coordinator/lists/of/this-network/").status_code == 404
    own = Listing.objects.get()
    assert act(chidis, "/coordinator/lists/twice/", do="drop", listing=own.pk).status_code == 404
