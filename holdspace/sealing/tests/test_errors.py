"""Codes and sentences."""

import re
from pathlib import Path

import pytest

from holdspace.sealing.errors import SENTENCES, SealError

DOCS = Path(__file__).parents[3] / "docs"


def test_a_code_nobody_knows_cannot_be_raised() -> None:
    with pytest.raises(KeyError):
        SealError("no-such-code")


def test_an_error_carries_its_code_and_nothing_else() -> None:
    assert SealError("damaged").args == ("damaged",)


@pytest.mark.parametrize("code", SENTENCES)
def test_every_code_has_a_sentence_in_plain_words(code: str) -> None:
    sentence = SENTENCES[code]
    assert sentence.endswith(".")
    assert not re.search(r"\b(user|patient|content|submit|invalid|error|epoch)\b", sentence, re.IGNORECASE)


def test_every_code_of_the_specification_has_a_sentence() -> None:
    table = (DOCS / "sealing.md").read_text("utf-8").split("## 10.")[1]
    codes = set(re.findall(r"`([a-z]+(?:-[a-z]+)*)`", table.split("## 11.")[0]))
    assert codes
    assert codes <= set(SENTENCES)


def test_every_code_the_server_answers_with_has_a_sentence() -> None:
    writes = (DOCS / "protocol.md").read_text("utf-8").split("## 4.")[1].split("\n\n")[1]
    rows = [row.split("|") for row in writes.splitlines() if row.startswith("| `")]
    verbs = {row[1].strip(" `") for row in rows}
    named = {name for row in rows for name in re.findall(r"`([a-z]+(?:-[a-z]+)+)`", row[4])}
    assert len(named - verbs) > 5
    assert named - verbs <= set(SENTENCES)
