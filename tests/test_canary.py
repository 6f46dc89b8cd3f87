"""Words that three people type in real browsers are in no byte the server has: disk, logs, requests, memory.

The same search finds a sign-in name, which the server does know, so a search that finds nothing means something.
"""

import base64
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import BrowserContext, Page, Request, WebSocket, expect

from tests.conftest import NewContext
from tests.e2e.people import press, sign_up
from tests.e2e.rooms import (
    act,
    arrived,
    begins,
    fill_join,
    invite,
    pauses,
    reply,
    sees,
    share,
    turn_to,
    writing_box,
)
from tests.e2e.starting import Fill, walks
from tests.running import Running
from tests.stored import files_of


def letters(count: int) -> str:
    """Random letters that make no word of any language."""
    return "".join(secrets.choice("bcdfghjklmnpqrstvwxz") for _ in range(count))


BLOCK = 64 * 1024
# Every typed word begins alike, so that one search finds them all.
CANARY = letters(16)


def word() -> str:
    """A word nobody else has."""
    return CANARY + letters(4)


def forms(text: str) -> list[bytes]:
    """How a text may lie in memory or on disk: plain, wide, hex, and base64 wherever it may have begun."""
    plain = text.encode()
    in_base64 = [base64.b64encode(bytes(gap) + plain)[4 * bool(gap) + 4 : -4] for gap in range(3)]
    return [plain, text.encode("utf-16-le"), text.encode("utf-32-le"), plain.hex().encode(), *in_base64]


class Sent:
    """Everything a browser sent: addresses, headers, bodies, frames."""

    def __init__(self, context: BrowserContext) -> None:
        self.pieces: list[bytes] = []
        self.frames = 0
        context.on("request", self._note)
        context.on("page", lambda page: page.on("websocket", self._listen))

    def _note(self, request: Request) -> None:
        self.pieces += [request.url.encode(), repr(request.headers).encode(), request.post_data_buffer or b""]

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framesent", self._frame)

    def _frame(self, payload: str | bytes) -> None:
        self.frames += 1
        self.pieces.append(payload.encode() if isinstance(payload, str) else payload)


class Said(NamedTuple):
    """What was typed and must be nowhere, a sign-in name that is somewhere, and what was sent meanwhile."""

    hidden: list[str]
    sign_in_name: str
    sent: list[Sent]


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Running]:
    """A server with a memory of its own."""
    running = Running(tmp_path / "data")
    running.set_up()
    yield running.start()
    running.stop()


def test_no_word_is_anywhere_in_the_server(own_server: Running, device: NewContext, tmp_path: Path) -> None:
    said = talk(own_server, device)
    files = {
        str(each.relative_to(own_server.data)): each for each in own_server.data.rglob("*") if each.is_file()
    }
    files |= database_of(own_server)
    assert {"server.log"} < set(files)
    files["memory"] = memory_of(own_server, tmp_path)
    places = {where: content_of(path) for where, path in files.items()}
    assert not [
        (text, where) for where, content in places.items() for text in said.hidden if holds(content, text)
    ]
    pieces = [piece for sent in said.sent for piece in sent.pieces]
    assert not [
        text for text in said.hidden for piece in pieces if any(form in piece for form in forms(text))
    ]
    _check_the_search(said, places)


def database_of(server: Running) -> dict[str, Path]:
    """The files of its database, whichever it is."""
    if server.database_url:
        return {f"database/{each.name}": each for each in files_of(server.database_url)}
    names = ("holdspace.sqlite3", "holdspace.sqlite3-wal")
    return {f"database/{name}": server.data / name for name in names}


def _check_the_search(said: Said, places: dict[str, bytes]) -> None:
    """The same search finds what is there: a sign-in name in memory and on disk, and in what was sent."""
    assert holds(places["memory"], said.sign_in_name)
    on_disk = [content for where, content in places.items() if where.startswith("database/")]
    assert any(holds(content, said.sign_in_name) for content in on_disk)
    assert any(said.sign_in_name.encode() in piece for sent in said.sent for piece in sent.pieces)
    assert all(sent.frames > 3 for sent in said.sent), "frames were sent and none was seen"


def talk(server: Running, device: NewContext) -> Said:
    """Ben starts a group, Amara and Eli join; they share, reply, talk on, and Ben removes Eli with a reason. Each reads the others."""
    names = ("group", "agreement", "Ben", "Amara", "Eli", "first share", "second share", "reply", "reason")
    later = ("better", "part", "chat", "gone", "begun", "where", "pause")
    begun = ("purpose", "people", "place", "meetings", "danger", "invite")
    words = {name: word() for name in (*names, *begun, *later)}
    contexts = [device(base_url=server.url) for _ in range(3)]
    sent = [Sent(context) for context in contexts]
    ben, amara, eli = (context.new_page() for context in contexts)
    kits = [sign_up(page, letters(16)) for page in (ben, amara, eli)]
    _start(ben, words)
    for page, name in ((amara, "Amara"), (eli, "Eli")):
        page.goto(invite(ben, known=True))
        expect(page.get_by_text(words["agreement"])).to_be_visible()
        fill_join(page, words[name])
        arrived(page)
    share(amara, f"I want to tell you {words['first share']}")
    turn_to(ben, "Talk")
    reply(ben, words["first share"], f"I hear you {words['reply']}")
    expect(sees(eli, words["first share"]).get_by_text(words["reply"])).to_be_visible()
    share(eli, words["second share"])
    sees(amara, words["second share"])
    _talk_on(amara, eli, words)
    _say_where(ben, amara, words)
    for page in (ben, amara):
        expect(page.get_by_role("heading", level=1)).to_have_text(words["group"])
        expect(page.get_by_text(words["Eli"]).first).to_be_visible()
    _remove(ben, words["Eli"], words["reason"])
    expect(eli.get_by_text("You are not in this group")).to_be_visible()
    eli.goto("/appeals/")
    expect(eli.get_by_text(words["reason"])).to_be_visible()
    # What opens the keys must not be there either.
    return Said([CANARY, *(kit.passphrase for kit in kits), *(kit.code for kit in kits)], kits[1].name, sent)


def _talk_on(amara: Page, eli: Page, words: dict[str, str]) -> None:
    """Amara says it better, goes on with it, writes in the chat, takes words back, and begins some she does not send."""
    writing_box(amara).fill(words["gone"])
    amara.get_by_label("There is more.").check()
    press(amara, "Share")
    gone = sees(amara, words["gone"])
    act(gone, "Go on")
    gone.get_by_label("How it goes on").fill(words["part"])
    press(amara, "Share this part")
    expect(sees(eli, words["gone"])).to_contain_text(words["part"])
    act(gone, "Take back")
    amara.get_by_role("dialog").get_by_role("button", name="Take back").click()
    expect(eli.get_by_text(words["gone"])).to_have_count(0)
    first = sees(amara, words["first share"])
    act(first, "Edit")
    first.get_by_label("Your words, as they should be").fill(words["better"])
    press(amara, "Save")
    sees(eli, words["better"])
    amara.get_by_label("Write in the chat").fill(words["chat"])
    press(amara, "Send")
    expect(eli.locator(".chat-line").filter(has_text=words["chat"])).to_be_visible()
    begins(amara, words["begun"])


def _say_where(ben: Page, amara: Page, words: dict[str, str]) -> None:
    """Where they meet, and why not for a while."""
    turn_to(ben, "When we meet")
    press(ben, "Say where and how")
    ben.get_by_label("In person: the address").fill(words["where"])
    press(ben, "Keep it")
    pauses(ben, next_tuesday(), next_tuesday(), words["pause"])
    turn_to(amara, "When we meet")
    for word in ("where", "pause"):
        expect(amara.get_by_text(words[word]).first).to_be_visible()


def _start(page: Page, words: dict[str, str]) -> None:
    """With a word of its own in each field that is sealed, or stays on the device."""
    page.goto("/groups/start/")
    fields = {
        "purpose": "What you want to do together",
        "people": "Who the group is for",
        "place": "Where it is, and how",
    }
    fields |= {
        "meetings": "Tuesday",
        "danger": "The emergency number",
        "invite": "Words to invite people with",
    }

    def writes(label: str, text: str) -> Fill:
        return lambda page: page.get_by_label(label).first.fill(text)

    def by_hand(page: Page) -> None:
        page.get_by_text("Change the words by hand").click()
        page.get_by_label("One rule on each line").fill(f"We keep what we hear. {words['agreement']}")

    fills = {step: writes(label, words[step]) for step, label in fields.items()}
    fills["rhythm"] = lambda page: page.get_by_label("The first date").fill(next_tuesday())
    fills["agreement"] = by_hand
    walks(page, words["group"], words["Ben"], **fills)
    for step in fields:
        if step != "people":
            expect(page.locator("[data-part=pack]")).to_contain_text(words[step])
    page.get_by_role("button", name="I have them. Open the group").click()
    arrived(page)


def next_tuesday() -> str:
    """As a date field has it."""
    today = datetime.now(UTC).date()
    return (today + timedelta(days=7 + (1 - today.weekday()) % 7)).isoformat()


def _remove(page: Page, name: str, reason: str) -> None:
    turn_to(page, "People")
    page.locator("[data-part=members] > li").filter(has_text=name).get_by_role(
        "button", name="Remove"
    ).click()
    page.get_by_label("Your words to them").fill(reason)
    page.locator("dialog[open]").get_by_role("button", name="Remove", exact=True).click()
    expect(page.locator("[data-part=members] > li").filter(has_text=name)).to_have_count(0)


def memory_of(server: Running, folder: Path) -> Path:
    """An image of all the memory of the server's process, by Debian's gdb."""
    gcore = shutil.which("gcore")
    assert gcore, (
        "This test looks into the server's memory with gcore, which bin/test installs (Debian package gdb)."
    )
    done = subprocess.run(
        [gcore, "-o", str(folder / "memory"), str(server.pid)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"gcore may not look into the server: {done.stderr[-400:]}"
    return folder / f"memory.{server.pid}"


def content_of(path: Path) -> bytes:
    """All of a file but its empty stretches: most of a memory image is pages nobody ever wrote to."""
    nothing = bytes(BLOCK)
    with path.open("rb") as file:
        return b"".join(block for block in iter(lambda: file.read(BLOCK), b"") if block != nothing)


def holds(content: bytes, text: str) -> bool:
    """Whether the text is there in any of its forms."""
    return any(form in content for form in forms(text))


def test_the_search_knows_a_word_in_all_its_forms(tmp_path: Path) -> None:
    text, path = letters(16), tmp_path / "file"
    for before in (b"", b"a", b"ab"):
        hidden = before + text.encode() + b" and more"
        for shape in (
            hidden,
            base64.b64encode(hidden),
            hidden.hex().encode(),
            hidden.decode().encode("utf-16-le"),
        ):
            path.write_bytes(bytes(3 * BLOCK) + b"x" * (BLOCK - 10) + shape + bytes(2 * BLOCK))
            content = content_of(path)
            assert holds(content, text)
            assert not holds(content, letters(16))
            assert len(content) < 3 * BLOCK
    assert word().startswith(CANARY)
