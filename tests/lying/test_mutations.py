"""The lying tests can fail: with one check taken away, the same lie stands on the screen as if it were true.

The check is taken out of the file that the server gives to the browser, together with the file's hash in the page.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, Route, expect

from client.trouble import Trouble
from holdspace.ui.module_graph import integrity_of
from holdspace.ui.served import served
from tests.lying.conftest import LIE, Stage, shares, trouble
from tests.lying.forging import Forger, row
from tests.lying.test_lies_about_keys import ghost_box
from tests.lying.test_lies_about_words import tell
from tests.members import admitted, company, said
from tests.running import BASE, Running


class Check(NamedTuple):
    """A check as it stands in a file: exactly these words, exactly once."""

    file: str
    words: str

    def taken_away(self, source: str) -> str:
        """The file without it."""
        assert source.count(self.words) == 1, f"{self.file} no longer reads as this test thinks"
        return source.replace(self.words, "")


K1 = Check(
    "browser/sealing/epoch.js",
    'insist(commit !== undefined && same(commit, await epochCommit(log.group, epoch, es)), "epoch-unlogged");',
)
COMMITMENT = Check("browser/sealing/envelope.js", "await checkCommitment(clear, padded, commitment);")
AUTHOR = Check("browser/sealing/envelope.js", 'insist(log.activeIn(header.author, header.epoch), "context");')
AUTHOR_AT_THE_SERVER = Check(
    "holdspace/conversations/actions/accept.py",
    '        if header.author != member.member_id:\n            return Refused("author")\n',
)


def unreportable(stage: Stage) -> None:
    """A share with a commitment to something else."""
    tell(stage, row(stage.forger().unreportable(LIE)))


def of_the_removed(stage: Stage) -> None:
    """A share under the name of somebody who was removed."""
    stage.with_eli()
    eli = stage.member_id(stage.eli)
    stage.ben.remove(stage.group, stage.eli.name)
    tell(stage, row(stage.forger().envelope(LIE, author=eli)))


LIES: list[tuple[Check, Callable[[Stage], None]]] = [
    (K1, ghost_box),
    (COMMITMENT, unreportable),
    (AUTHOR, of_the_removed),
]
PAGES = ("**/groups/**", "**/appeals/**")
NAMES = ["rule K1", "the commitment", "the author"]


@contextmanager
def weakened(page: Page, check: Check, *, honest_hash: bool = False) -> Iterator[None]:
    """A server that gives out the file without the check, and, unless `honest_hash`, vouches for it."""
    written, name = (BASE / check.file).read_text(), check.file.removeprefix("browser/")
    whole, weak = (served(name, each.encode()) for each in (written, check.taken_away(written)))
    file = re.compile(re.escape(name) + "$")

    def give_file(route: Route) -> None:
        route.fulfill(response=route.fetch(), body=weak)

    def give_page(route: Route) -> None:
        if route.request.resource_type != "document" or honest_hash:
            return route.fallback()
        reply = route.fetch()
        assert integrity_of(whole) in reply.text(), "the page names the file's hash"
        return route.fulfill(
            response=reply, body=reply.text().replace(integrity_of(whole), integrity_of(weak))
        )

    page.route(file, give_file)
    for pages in PAGES:
        page.route(pages, give_page)
    try:
        yield
    finally:
        page.goto("about:blank")
        page.unroute(file, give_file)
        for pages in PAGES:
            page.unroute(pages, give_page)


@pytest.mark.parametrize(("check", "lie"), LIES, ids=NAMES)
def test_without_it_the_lie_is_believed(stage: Stage, check: Check, lie: Callable[[Stage], None]) -> None:
    lie(stage)
    with weakened(stage.page, check):
        page = stage.look()
        expect(shares(page).filter(has_text=LIE)).to_be_visible()
        expect(trouble(page)).to_be_hidden()


@pytest.mark.parametrize(("check", "lie"), LIES, ids=NAMES)
def test_a_changed_file_does_not_run_under_the_old_hash(
    stage: Stage, check: Check, lie: Callable[[Stage], None]
) -> None:
    lie(stage)
    blocked: list[str] = []
    stage.page.on("console", lambda message: blocked.append(message.text))
    stage.page.on("pageerror", lambda error: blocked.append(error.message))  # as Firefox tells it
    with weakened(stage.page, check, honest_hash=True):
        page = stage.look()
        expect(page.get_by_text("Opening …")).to_be_visible()
        page.wait_for_timeout(500)
        assert LIE not in page.content()
    assert [text for text in blocked if "integrity" in text]


@pytest.fixture(scope="module")
def careless(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, Path]]:
    """A server that does not look who signs as whom: its own code, but for that check."""
    folder = tmp_path_factory.mktemp("careless")
    for part in ("holdspace", "browser", "docs", "client"):
        shutil.copytree(BASE / part, folder / "code" / part, ignore=shutil.ignore_patterns("__pycache__"))
    file = folder / "code" / AUTHOR_AT_THE_SERVER.file
    file.write_text(AUTHOR_AT_THE_SERVER.taken_away(file.read_text()))
    running = Running(folder / "data", folder / "code")
    running.set_up()
    running.start()
    yield running, folder
    running.stop()


def speak_as_ben(server: Running, folder: Path) -> bool:
    """Amara, a member, sends words under Ben's name. Whether Ben and Eli then read them as his."""
    with company(server, folder) as somebody:
        ben, amara, eli = (somebody(name) for name in ("ben", "amara", "eli"))
        group = ben.start_group("Tuesday evening", "ben")["group"]
        admitted(group, ben, amara, eli)
        mine = amara.group(group)
        envelope = Forger(mine).envelope(LIE, author=ben.group(group).member_id)
        try:
            mine.device.ask("send", envelope=envelope)
        except Trouble as trouble:
            assert trouble.code == "author"
        return any((item.get("text"), item["name"]) == (LIE, "ben") for item in said(eli, group))


def test_a_member_cannot_write_under_another_name(server: Running, tmp_path: Path) -> None:
    assert not speak_as_ben(server, tmp_path)


def test_without_the_servers_author_check_they_could(careless: tuple[Running, Path]) -> None:
    assert speak_as_ben(*careless)
