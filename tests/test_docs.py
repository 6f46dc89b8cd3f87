"""What the pages of docs/ say is there, is there; and what is there, they say."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLResolver, get_resolver

from holdspace.conversations import verbs as conversations
from holdspace.conversations.actions.checks import KINDS
from holdspace.directory import verbs as directory
from holdspace.groups import verbs as groups
from holdspace.meetings import verbs as meetings
from holdspace.sealing import log_entry
from holdspace.sealing.errors import SENTENCES

BASE = Path(__file__).resolve().parent.parent
PAGES = sorted([*BASE.glob("*.md"), *BASE.glob("docs/**/*.md")])
_LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)")
_PATH = re.compile(r"`((?:holdspace|browser|client|tests|docs|bench|bin)/(?:[a-z_][\w./-]*)?)`")
_PLACE = re.compile(r"`([\w/]+\.(?:py|js)): ([\w.#]+)`")
_PAGE = re.compile(r"(?<![\w.-])([A-Za-z][\w-]*\.md)\b")
_SECTION = re.compile(r"\b(sealing|protocol)\.md`? (\d+(?:\.\d+)?)")
_NUMBER = re.compile(r"^(?:#+ )?(\d+(?:\.\d+)?)\.? ", re.MULTILINE)
_ROW = re.compile(r"^\| `?(\w[\w/-]*)`? \|", re.MULTILINE)


def text(name: str) -> str:
    """A page of the project."""
    return (BASE / name).read_text()


def section(name: str, heading: str) -> str:
    """What stands under a heading of a page, up to the next heading."""
    _before, _, after = text(name).partition(f"{heading}\n")
    assert after, f"{name} has no heading {heading!r}"
    return re.split(r"^##? ", after, maxsplit=1, flags=re.MULTILINE)[0]


def found(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """(page, what the pattern caught) over all pages."""
    for page in PAGES:
        yield from ((str(page.relative_to(BASE)), caught) for caught in pattern.findall(page.read_text()))


def test_links_between_pages_lead_somewhere() -> None:
    links = list(found(_LINK))
    assert len(links) > 10, "the search finds no links, so this proves nothing"
    assert not [(page, link) for page, link in links if not (BASE / page).parent.joinpath(link).exists()]


def test_files_that_pages_name_exist() -> None:
    paths = list(found(_PATH))
    assert len(paths) > 10, "the search finds no paths, so this proves nothing"
    assert not [(page, path) for page, path in paths if not (BASE / path).exists()]


def sources() -> Iterator[tuple[Path, str]]:
    """Every file of code that may point to a page, but for what others wrote."""
    for folder in ("holdspace", "browser", "client", "bench", "tests"):
        for path in (BASE / folder).rglob("*.*"):
            if path.suffix in {".py", ".js", ".css", ".html"} and "vendor" not in path.parts:
                yield path, path.read_text()


def test_pages_that_code_names_exist() -> None:
    there = {page.name for page in PAGES} | {"RESULTS.md"}  # bench writes it
    named = [(path.name, page) for path, source in sources() for page in _PAGE.findall(source)]
    assert len(named) > 50, "the search finds no pages, so this proves nothing"
    assert not [(path, page) for path, page in named if page not in there]


def test_sections_that_code_names_exist() -> None:
    there = {page: set(_NUMBER.findall(text(f"docs/{page}.md"))) for page in ("sealing", "protocol")}
    named = [(path.name, *place) for path, source in sources() for place in _SECTION.findall(source)]
    assert len(named) > 50, "the search finds no sections, so this proves nothing"
    assert not [place for place in named if place[2] not in there[place[1]]]


def test_commands_of_the_readme_exist() -> None:
    targets = set(re.findall(r"^([\w-]+):", text("Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z]+)\b", text("README.md"), re.MULTILINE))
    assert {"run", "test", "bench"} <= named
    assert named <= targets


def test_every_place_the_tour_visits_is_there() -> None:
    places = _PLACE.findall(text("docs/tour.md"))
    assert len(places) > 12, "the tour names its places as `file: name`"
    assert not [place for place in places if not _defines(*place)]
    assert not _defines("browser/live/connection.js", "nothing_of_the_kind")


def _defines(path: str, name: str) -> bool:
    """Whether a source file defines a function, method, class or constant of that (last) name."""
    last = re.escape(name.split(".")[-1])
    words = rf"^\s*(?:export |static |async |default )*(?:def|class|function\*?|const|let|get|set)?\s*{last}\b\s*[(:=]"
    plain = rf"^\s*(?:export |async )*(?:def|class|function\*?|const) {last}\b"
    source = (BASE / path).read_text() if (BASE / path).is_file() else ""
    return any(re.search(form, source, re.MULTILINE) for form in (words, plain))


def test_every_code_is_documented() -> None:
    pages = text("docs/protocol.md") + text("docs/sealing.md")
    assert not [code for code in SENTENCES if f"`{code}`" not in pages]


def test_kinds_are_documented_as_they_are() -> None:
    written = {
        int(kind) for kind in _ROW.findall(section("docs/kinds.md", "## Kinds of items")) if kind.isdigit()
    }
    assert written == set(KINDS)


def test_types_of_the_log_are_documented_as_they_are() -> None:
    rows = re.findall(
        r"^\| (\d+) \| (\w+) \|", section("docs/kinds.md", "## Types in the membership log"), re.MULTILINE
    )
    assert {int(number) for number, _ in rows} == log_entry.TYPES
    assert not [name for number, name in rows if getattr(log_entry, name) != int(number)]


@pytest.mark.parametrize(("heading", "kind"), [("## 3. Reads", "Read"), ("## 4. Writes", "Write")])
def test_verbs_are_documented_as_they_are(heading: str, kind: str) -> None:
    verbs = {
        verb.name
        for verb in (*groups.VERBS, *conversations.VERBS, *meetings.VERBS, *directory.VERBS)
        if type(verb).__name__ == kind
    }
    assert set(_ROW.findall(section("docs/protocol.md", heading))) - {"verb"} == verbs


def test_doors_for_accounts_are_documented_as_they_are() -> None:
    apps = [app for app in get_resolver().url_patterns if isinstance(app, URLResolver)]
    addresses = [str(each.pattern) for app in apps for each in app.url_patterns]
    doors = {each.removeprefix("seal/") for each in addresses if each.startswith("seal/")}
    assert (
        set(_ROW.findall(section("docs/protocol.md", "## 6. Accounts: JSON under `/seal/`"))) - {"path"}
        == doors
    )


def test_words_for_things_in_code_are_used_in_code() -> None:
    sources = "\n".join(path.read_text() for path in BASE.glob("holdspace/*/models.py"))
    nouns = re.findall(r"\| `([A-Z][a-z]\w+)` \|", text("docs/words.md"))
    assert len(nouns) > 5
    assert not [noun for noun in nouns if f"class {noun}(" not in sources]
