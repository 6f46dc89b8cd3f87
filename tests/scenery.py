"""A network that is lived in, for those who walk through its pages: the demo's people, and what seldom happens beside.

One group for each language, so that a page is seen with words of its own direction. In each: shares, replies and chat; somebody
who waits to come in; somebody who was removed; words that were taken back, and words that are damaged.
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from msgspec import to_builtins

from client import ids
from client.demo.company import Company
from client.demo.playing import Play
from client.demo.script import Script, scripts
from client.member import Member
from holdspace.directory.tests.geonames import wheel
from holdspace.meetings.times import Pause, Times
from holdspace.sealing.envelope import SHARE
from tests.listed import list_group
from tests.running import Running, without_limits

# Which group of the demo stands for a language, and who of its people are not named in it.
GROUPS = {"en": "caring_for_a_parent.toml", "ar": "first_steps_ar.toml"}
ASKS = {"en": "Marta", "ar": "نور"}
GOES = {"en": "Ada", "ar": "سليم"}
ANSWERS_TO = {"en": "Caring for a parent, Tuesdays", "ar": "خطوات أولى، كل ثلاثاء"}
WHY = {
    "en": "You told others what was said here. We talked about it twice.",
    "ar": "نقلت إلى آخرين ما قيل هنا. تحدثنا عن ذلك مرتين.",
}
DESK = "chidi"
COMES = {"en": "Ines", "ar": "كريم"}
SMALL = {"en": "Sunday walk", "ar": "مشي الأحد"}
# What somebody says who has no words today, and what somebody says who has many: 4,000 letters.
WORDLESS = "🌧️🫖"
MANY = {
    "en": "I will just write it down as it comes. In the morning I make her tea, and she asks me where her mother is.\n\n"
    "Some days I tell her. Some days I say that she is at the shop. I do not know which of the two is kinder.",
    "ar": "سأكتب كما يأتي الكلام. في الصباح أعد الشاي، ثم أجلس عند النافذة وأنظر إلى الشارع.\n\n"
    "بعض الأيام يمر الوقت بسرعة، وبعضها لا يمر. ولا أعرف أي اليومين أصعب.",
}
LETTERS = 4_000
# Who speaks beside the founder, and how.
ALSO = {
    "en": ("gannet", "My sister came for two days. I slept in the afternoon, and nobody called my name."),
    "ar": ("bulbul", "زارني أخي يومين. نمت بعد الظهر، ولم ينادني أحد."),
}
PLACE = {
    "en": "The hall behind the church. Ring twice, somebody comes down.",
    "ar": "القاعة خلف المكتبة. يرجى قرع الجرس مرتين.",
}
WORDS = {
    "en": "I slept four hours. That is two more than last night.",
    "ar": "نمت أربع ساعات. هذا أكثر من ليلة أمس بساعتين.",
}


# What others list: four meetings in two houses, so that pins lie beside one another.
LISTED = [
    {"name": f"{name} circle", "slug": name.lower(), "day": day, "time": "18:00", "end_time": "19:30", "timezone": "Europe/Berlin",
     "types": ["O", "EN"], "location": house, "formatted_address": "Am Markt 1, Berlin, Germany", "city": "Berlin",
     "country": "DE", "latitude": lat, "longitude": 13.58}
    for day, name, house, lat in (
        (1, "Lantern", "Old school", 52.45), (2, "Harbour", "Old school", 52.45), (3, "Bridge", "Old school", 52.45),
        (4, "Garden", "Church hall", 52.52),
    )
]  # fmt: skip


class Person(NamedTuple):
    """What somebody types to sign in."""

    name: str
    passphrase: str


class Scenery(NamedTuple):
    """One language's group in a network, and its people: `guide` facilitates, `gone` was removed, `came` was let in and has not
    looked yet, after more than two months away; `link` asks anybody to join; `small` is a second group that `guide` guides alone;
    `listing` is where the directory tells of the group: somebody has asked from there. `desk` coordinates; `reset` opens what a host
    made for somebody who lost everything; `setup` is the first address of a place that is not set up yet."""

    url: str
    language: str
    group: str
    guide: Person
    gone: Person
    came: Person
    link: str
    small: str
    listing: str
    desk: Person
    reset: str
    setup: str


@contextmanager
def network(folder: Path, *languages: str) -> Iterator[dict[str, Scenery]]:
    """A network with a group for each of the languages, served until the end."""
    running = without_limits(folder / "data", HOLDSPACE_DESIGN="yes")
    sheet = str(folder / "steward-sheet.txt")
    told = running.console(
        "setup",
        "--name",
        "A quiet place",
        "--language",
        "en",
        "--steward-sheet",
        sheet,
        "--coordinator",
        DESK,
    )
    desk = Person(DESK, told.partition("Passphrase")[2].split("\n")[0].strip())
    _list_groups(running, folder)
    bare = Running(folder / "bare")
    for each in (running, bare):
        each.start()
    company = Company(running.url, folder / "company")
    try:
        played = {script.file: script for script in scripts()}
        made = {code: _played(running, company, played[GROUPS[code]], code) for code in languages}
        yield {code: each._replace(desk=desk, setup=_setup_of(bare)) for code, each in made.items()}
    finally:
        company.close()
        bare.stop()
        running.stop()


def _setup_of(bare: Running) -> str:
    """What a server prints that is not set up yet."""
    address: str = re.findall(r"/setup/\S+", bare.log.read_text())[0]
    return bare.url + address


def _list_groups(running: Running, folder: Path) -> None:
    """A directory of a few groups, and a few towns to look near."""
    (folder / "meetings.json").write_text(json.dumps(LISTED))
    running.console("directory", "places", str(wheel(folder)))
    running.console(
        "directory", "import", str(folder / "meetings.json"), "--format", "meeting-guide", "--source", "hat", "--program", "aa"
    )  # fmt: skip


def _played(running: Running, company: Company, script: Script, language: str) -> Scenery:
    founder, gone, asks = company.member(script.founder), f"gone-{language}", f"asks-{language}"
    came = f"came-{language}"
    group = _group_of(company, script, gone, GOES[language])
    founder.remove(group, GOES[language], WHY[language])
    _let_in(company, script, group, came, COMES[language])
    founder.share(group, WORDS[language])
    _damage(running, group)
    _said_since(company, founder, group, language)
    _away(running, came)
    _meets(founder, group, language)
    link = founder.invite(group, uses=30)["link"]
    company.member(asks).join(link, ASKS[language])
    listing = list_group(running, ids.parse(group), ANSWERS_TO[language])
    company.member(f"wishes-{language}").ask_listing(listing, ANSWERS_TO[language])
    guide, left, new = (Person(name, company.passphrase(name)) for name in (script.founder, gone, came))
    small = _small(company, script, language)
    reset = _reset_of(running, company, f"lost-{language}")
    nobody = Person("", "")
    return Scenery(running.url, language, group, guide, left, new, link, small, listing, nobody, reset, "")


def _reset_of(running: Running, company: Company, name: str) -> str:
    """What a host hands to somebody who lost their passphrase and their sheet."""
    company.member(name)
    address: str = running.console("reset-account", name).strip()
    return address


def _meets(founder: Member, group: str, language: str) -> None:
    """Tuesdays on a clock far from the reader's, with a date left out and a pause that will come."""
    today = datetime.now(UTC).date()
    paused = Pause(today + timedelta(days=30), today + timedelta(days=44))
    out = today + timedelta(days=7 + (1 - today.weekday()) % 7)
    times = Times("Pacific/Auckland", "18:00", 90, weekday=1, without=(out,), pauses=(paused,))
    founder.device.ask("set-hours", group=ids.parse(group), times=[to_builtins(times)])
    why = {paused.first.isoformat(): WORDS[language]}
    founder.set_place(
        group, where=PLACE[language], link="https://rooms.example/tuesday", phone="020 7946 0000", why=why
    )


def _group_of(company: Company, script: Script, gone: str, name: str) -> str:
    """The group as the demo plays it, and one more who came in."""
    play = Play(company, script)
    play.play()
    _let_in(company, script, play.group, gone, name)
    company.member(gone).read(play.group)
    return play.group


def _small(company: Company, script: Script, language: str) -> str:
    """Two people, who have begun to talk."""
    founder, (other, words) = company.member(script.founder), ALSO[language]
    group: str = founder.start_group(SMALL[language], script.people[script.founder])["group"]
    _let_in(company, script, group, other, script.people[other])
    company.member(other).read(group)
    company.member(other).share(group, words)
    founder.read(group)
    return group


def _let_in(company: Company, script: Script, group: str, who: str, name: str) -> None:
    founder = company.member(script.founder)
    company.member(who).join(founder.invite(group)["link"], name)
    founder.admit(group)


def _said_since(company: Company, founder: Member, group: str, language: str) -> None:
    """What was taken back keeps its answer; there are many words, and none; and what one hears on other days."""
    name, words = ALSO[language]
    taken_back = founder.share(group, WORDS[language])["item"]
    company.member(name).reply(group, taken_back, WORDLESS)
    founder.withdraw(group, taken_back)
    founder.share(group, many_words(language), "share-experience")
    founder.share(group, WORDLESS)
    company.member(name).share(group, words)
    founder.share(group, WORDS[language], "be-with-me")


def many_words(language: str) -> str:
    """A share as long as few are."""
    return "\n\n".join([MANY[language]] * LETTERS)[:LETTERS]


def _away(running: Running, name: str) -> None:
    """They were here last more than two months ago."""
    with closing(sqlite3.connect(running.data / "holdspace.sqlite3", timeout=20)) as file, file:
        long_ago = "UPDATE accounts_account SET last_here = date('now', '-61 days') WHERE name = ?"
        file.execute(long_ago, [name])


def _damage(running: Running, group: str) -> None:
    """The last byte of what was shared last becomes another, as a failing disk would have it."""
    where = [ids.parse(group), SHARE]
    with closing(sqlite3.connect(running.data / "holdspace.sqlite3", timeout=20)) as file, file:
        found = (
            "SELECT seq, envelope FROM conversations_item WHERE group_id = ? AND kind = ? ORDER BY seq DESC"
        )
        seq, envelope = file.execute(found, where).fetchone()
        changed = "UPDATE conversations_item SET envelope = ? WHERE group_id = ? AND kind = ? AND seq = ?"
        file.execute(changed, [envelope[:-1] + bytes([envelope[-1] ^ 1]), *where, seq])
