"""Feeds are made once for each edition of the directory: who has it hears so, who asks next is given what rests on the disk."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from holdspace.directory import kept
from holdspace.directory.actions.imports import take
from holdspace.directory.entry import Entry
from holdspace.directory.models import Listing
from holdspace.meetings.times import Times

pytestmark = pytest.mark.django_db

WEEKLY = Times("Europe/Berlin", "23:30", 60, weekday=0)
HALL = Entry(
    "here",
    "hall",
    "Grief at the hall",
    in_person=True,
    venue="Hall",
    street="1 High St",
    city="Berlin",
    times=(WEEKLY,),
)
ROOM = Entry("here", "room", "Open room", online=True, times=(WEEKLY,))
PATHS = [
    "/feeds/meeting-guide.json", "/feeds/meeting-guide.json?source=here", "/feeds/meeting-guide.json?topic=grief", "/hsds/services",
    "/client_interface/json/?switcher=GetSearchResults", "/client_interface/jsonp/?switcher=GetSearchResults&callback=a", "/find.ics?online=1",
]  # fmt: skip


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    """Where feeds are kept."""
    settings.DATA = tmp_path
    return tmp_path / "feeds"


@pytest.fixture
def listed() -> None:
    take("here", [HALL, ROOM])


def ask(path: str, **headers: str) -> tuple[Any, bytes]:
    """An answer and its bytes."""
    answer: Any = Client().get(path, headers=headers)
    return answer, b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("path", PATHS)
def test_who_has_it_already_hears_so_and_nothing_is_read(listed: None, path: str) -> None:
    first, words = ask(path)
    with CaptureQueriesContext(connection) as seen:
        again, nothing = ask(path, if_none_match=first.headers["ETag"])
    assert (first.status_code, again.status_code, nothing) == (200, 304, b"")
    assert words
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert all("directory_edition" in query["sql"] for query in seen.captured_queries)


@pytest.mark.parametrize("path", PATHS)
def test_a_change_is_news_and_a_feed_that_brings_nothing_new_is_none(listed: None, path: str) -> None:
    first, _ = ask(path)
    take("here", [HALL, ROOM])
    assert ask(path, if_none_match=first.headers["ETag"])[0].status_code == 304
    take("here", [HALL, Entry("here", "room", "Quiet room", online=True, times=(WEEKLY,), topics=("grief",))])
    answer, words = ask(path, if_none_match=first.headers["ETag"])
    assert answer.status_code == 200
    assert b"Quiet room" in words
    assert b"Open room" not in words
    assert answer.headers["ETag"] != first.headers["ETag"]


def test_topics_and_what_machines_read_of_one_group_are_of_an_edition_too(listed: None) -> None:
    slug = Listing.objects.get(title=HALL.name).slug
    for path in ("/hsds/taxonomy_terms", f"/find/{slug}/schema.json"):
        first, words = ask(path)
        assert words
        assert ask(path, if_none_match=first.headers["ETag"])[0].status_code == 304
        assert first.headers["Access-Control-Allow-Origin"] == "*"


def test_what_was_taken_away_is_news_too(listed: None) -> None:
    take("here", [HALL])
    assert b"Open room" not in ask("/feeds/meeting-guide.json")[1]


def test_a_moment_is_told_only_when_nothing_can_change_within_its_second(listed: None) -> None:
    assert "Last-Modified" not in ask(PATHS[0])[0].headers
    with connection.cursor() as cursor:
        cursor.execute("UPDATE directory_edition SET since = since - 60")
    told = ask(PATHS[0])[0].headers["Last-Modified"]
    assert ask(PATHS[0], if_modified_since=told)[0].status_code == 304
    with connection.cursor() as cursor:
        cursor.execute("UPDATE directory_edition SET since = since + 30, number = number + 1")
    assert ask(PATHS[0], if_modified_since=told)[0].status_code == 200


@pytest.mark.parametrize("path", [PATHS[0], PATHS[1], PATHS[4]])
def test_who_asks_next_costs_no_listing(listed: None, path: str) -> None:
    _, first = ask(path)
    with CaptureQueriesContext(connection) as seen:
        _, second = ask(path)
    assert second == first
    assert not any("directory_listing" in query["sql"] for query in seen.captured_queries)


def test_two_names_of_a_server_have_their_own_addresses(listed: None) -> None:
    mine: Any = Client().get(PATHS[0], headers={"host": "localhost"})
    assert b"http://localhost/find/" in b"".join(mine.streaming_content)
    assert b"http://testserver/find/" in ask(PATHS[0])[1]


def test_who_leaves_in_the_middle_leaves_nothing_half_kept(listed: None, folder: Path) -> None:
    answer: Any = Client().get(PATHS[0])
    next(iter(answer.streaming_content))
    answer.close()
    assert list(folder.iterdir()) == []


def pieces(*words: bytes) -> Iterator[bytes]:
    """A feed."""
    yield from words


def test_where_nothing_can_be_written_a_feed_is_read_all_the_same(listed: None, folder: Path) -> None:
    folder.write_text("no folder")
    assert b"Open room" in ask(PATHS[0])[1]
    assert b"".join(kept.feed(1, "x", lambda: pieces(b"a", b"b"))) == b"ab"


def test_few_are_kept_and_none_of_an_edition_before(folder: Path) -> None:
    for number in range(kept.MOST + 5):
        assert b"".join(kept.feed(1, str(number), lambda: pieces(b"a"))) == b"a"
    assert len(list(folder.iterdir())) == kept.MOST
    (folder / "new-left").write_bytes(b"half")

    before = (datetime.now(UTC) - timedelta(days=2)).timestamp()
    os.utime(folder / "new-left", (before, before))
    list(kept.feed(2, "a", lambda: pieces(b"b")))
    assert [path.name.partition("-")[0] for path in folder.iterdir()] == ["2"]


def test_a_search_of_more_than_a_page_is_a_calendar_of_all_it_finds() -> None:
    take("here", [Entry("here", str(n), f"Room {n}", online=True, times=(WEEKLY,)) for n in range(45)])
    _, words = ask("/find.ics?online=1")
    assert words.count(b"BEGIN:VEVENT") == 45
    assert Listing.objects.count() == 45
