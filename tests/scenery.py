"""A network that is lived in, for those who walk through its pages: the demo's people, and what seldom happens beside.

One group for each language, so that a page is seen with words of its own direction. In each: shares, replies and chat; somebody
who waits to come in; somebody who was removed; words that were taken back, and words that are damaged.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from client import ids
from client.demo.company import Company
from client.demo.playing import Play
from client.demo.script import Script, scripts
from holdspace.sealing.envelope import SHARE
from tests.running import Running, without_limits

# Which group of the demo stands for a language, and who of its people are not named in it.
GROUPS = {"en": "caring_for_a_parent.toml", "ar": "first_steps_ar.toml"}
ASKS = {"en": "Marta", "ar": "نور"}
GOES = {"en": "Ada", "ar": "سليم"}
WHY = {
    "en": "You told others what was said here. We talked about it twice.",
    "ar": "نقلت إلى آخرين ما قيل هنا. تحدثنا عن ذلك مرتين.",
}
WORDS = {
    "en": "I slept four hours. That is two more than last night.",
    "ar": "نمت أربع ساعات. هذا أكثر من ليلة أمس بساعتين.",
}


class Person(NamedTuple):
    """What somebody types to sign in."""

    name: str
    passphrase: str


class Scenery(NamedTuple):
    """One language's group in a network, and its people: `guide` facilitates, `gone` was removed, `link` asks anybody to join."""

    url: str
    language: str
    group: str
    guide: Person
    gone: Person
    link: str


@contextmanager
def network(folder: Path, *languages: str) -> Iterator[dict[str, Scenery]]:
    """A network with a group for each of the languages, served until the end."""
    running = without_limits(folder / "data", HOLDSPACE_DESIGN="yes")
    sheet = str(folder / "steward-sheet.txt")
    running.console("setup", "--name", "A quiet place", "--language", "en", "--steward-sheet", sheet)
    running.start()
    company = Company(running.url, folder / "company")
    try:
        played = {script.file: script for script in scripts()}
        yield {code: _played(running, company, played[GROUPS[code]], code) for code in languages}
    finally:
        company.close()
        running.stop()


def _played(running: Running, company: Company, script: Script, language: str) -> Scenery:
    founder, gone, asks = company.member(script.founder), f"gone-{language}", f"asks-{language}"
    group = _group_of(company, script, gone, GOES[language])
    founder.remove(group, GOES[language], WHY[language])
    founder.withdraw(group, founder.share(group, WORDS[language])["item"])
    founder.share(group, WORDS[language], "be-with-me")
    _damage(running, group)
    link = founder.invite(group, uses=30)["link"]
    company.member(asks).join(link, ASKS[language])
    people = [Person(name, company.passphrase(name)) for name in (script.founder, gone)]
    return Scenery(running.url, language, group, people[0], people[1], link)


def _group_of(company: Company, script: Script, gone: str, name: str) -> str:
    """The group as the demo plays it, and one more who came in."""
    play = Play(company, script)
    play.play()
    founder = company.member(script.founder)
    company.member(gone).join(founder.invite(play.group)["link"], name)
    founder.admit(play.group)
    company.member(gone).read(play.group)
    return play.group


def _damage(running: Running, group: str) -> None:
    """The oldest share's last byte becomes another, as a failing disk would have it."""
    where = [ids.parse(group), SHARE]
    with closing(sqlite3.connect(running.data / "holdspace.sqlite3", timeout=20)) as file, file:
        found = "SELECT seq, envelope FROM conversations_item WHERE group_id = ? AND kind = ? ORDER BY seq"
        seq, envelope = file.execute(found, where).fetchone()
        changed = "UPDATE conversations_item SET envelope = ? WHERE group_id = ? AND kind = ? AND seq = ?"
        file.execute(changed, [envelope[:-1] + bytes([envelope[-1] ^ 1]), *where, seq])
