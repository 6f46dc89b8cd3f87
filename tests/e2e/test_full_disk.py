"""The server's disk is full while somebody writes: a kind sentence, nothing typed is lost, and it goes by itself when there is room."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from holdspace.sealing.errors import SENTENCES
from tests.conftest import NewContext
from tests.e2e.people import press
from tests.e2e.rooms import in_a_group, sees, share, writing_box
from tests.running import Running
from tests.small_disk import Disk, small_disk

SENTENCE = SENTENCES["disk-full"]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A small one."""
    with small_disk(tmp_path / "data") as disk:
        yield disk


@pytest.fixture
def full_server(disk: Disk, tmp_path: Path) -> Iterator[Running]:
    """A network on it."""
    running = Running(disk.data, DATABASE_URL="")
    running.set_up()
    yield running.start()
    running.stop()


def test_where_the_disk_is_full_words_wait_on_the_page_and_go_once_when_there_is_room(
    device: NewContext, full_server: Running, disk: Disk
) -> None:
    context = device(base_url=full_server.url)
    ben = context.new_page()
    in_a_group(ben, "ben-80", "No room", "Ben")
    share(ben, "While there was room.")
    reader = reading_an_older_state(full_server)
    disk.leave(full_server, 0)
    for text in ("First without room.", "Second without room."):
        writing_box(ben).fill(text)
        press(ben, "Share")
    waiting = ben.locator("[data-part=outbox]").first.locator("> li")
    first = waiting.filter(has_text="First without room.")
    expect(first).to_contain_text(SENTENCE)
    expect(first).to_contain_text("Waiting to be sent.")
    mine = sees(ben, "While there was room.")
    mine.get_by_role("button", name="Edit", exact=True).click()
    mine.get_by_label("Your words, as they should be").fill("While there was room, once.")
    press(ben, "Save")
    expect(ben.locator("#told")).to_have_text(SENTENCE)
    expect(mine.get_by_label("Your words, as they should be")).to_have_value("While there was room, once.")
    ben.reload()
    expect(first).to_contain_text(SENTENCE)
    sees(ben, "While there was room.")
    reader.close()
    disk.make_room(full_server)
    expect(waiting).to_have_count(0)
    said = ben.locator("[data-part=shares] > li [data-part=text]")
    expect(said).to_have_text(["Second without room.", "First without room.", "While there was room."])
    mine.get_by_role("button", name="Edit", exact=True).click()
    expect(mine.get_by_label("Your words, as they should be")).to_have_value("While there was room, once.")
    press(ben, "Save")
    sees(ben, "While there was room, once.")


def reading_an_older_state(server: Running) -> sqlite3.Connection:
    """While somebody does, SQLite cannot begin its log anew (live/checkpoints.py): what it holds already would be room enough for a few
    words more."""
    reader = sqlite3.connect(server.data / "holdspace.sqlite3", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return reader
