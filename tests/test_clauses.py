"""The library of clauses: what stands in it, and that whoever reads slowly can sign it."""

import re
from pathlib import Path

from tests import reading
from tests.sayings import BASE, in_template

GROUPS = BASE / "holdspace" / "groups" / "templates" / "groups"
CLAUSE = re.compile(r'data-clause="([\w-]+)"([^>]*)><span>(.*?)</span>')
ABOUT_22 = range(20, 27)


def library() -> dict[str, tuple[str, str]]:
    """By name: how it is offered, and its words."""
    source = (GROUPS / "start" / "_clauses.html").read_text()
    found = [(name, how.strip(), *in_template(words)) for name, how, words in CLAUSE.findall(source)]
    assert len({name for name, *_ in found}) == len(found)
    return {name: (how, words) for name, how, words in found}


def _sentences(file: Path, name: str) -> set[str]:
    """What stands in one of its lists."""
    part = file.read_text().partition(f'<template id="{name}">')[2].partition("</template>")[0]
    return set(in_template(part))


def test_a_child_of_eleven_can_read_every_clause() -> None:
    texts = [words for _, words in library().values()]
    assert len(texts) in ABOUT_22
    assert reading.grade(texts) <= 6
    for text in texts:
        assert reading.grade([text]) <= 8, text
        assert len(re.findall(r"\w+", text)) <= 22, text
        assert text.endswith(".") and "\n" not in text, (
            "one clause is one line of the text, and whole sentences"
        )


def test_what_is_ticked_beforehand_is_what_groups_need_most() -> None:
    usual = {name for name, (how, _) in library().items() if how == "data-usual"}
    afar = {name for name, (how, _) in library().items() if how == "data-afar"}
    assert {"own", "pass", "one-voice", "advice", "record", "no-treatment", "hurt", "review"} <= usual
    assert afar == {"alone", "overheard"}
    assert len(usual) < len(library()) - len(afar), "some are left to choose"


def test_that_it_stays_here_and_its_limit_stand_apart_from_what_can_be_unticked() -> None:
    always = _sentences(GROUPS / "start" / "_lines.html", "start-always-lines")
    assert len(always) == 3
    assert not always & {words for _, words in library().values()}
    elsewhere = [
        set(in_template((GROUPS / name).read_text())) for name in ("_agreement.html", "start/_danger.html")
    ]
    limits = [text for text in always if not text.startswith("What is said here stays here.")]
    assert all(limit in page for limit in limits for page in elsewhere), (
        "the limits are said alike everywhere"
    )
