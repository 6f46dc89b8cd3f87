"""What somebody typed, as the index of words takes it: folded, every word a beginning, slips mended."""

from typing import Any, NamedTuple

from django.db import connection

from holdspace.directory.folding import is_near, words_of
from holdspace.directory.models import Word

_MOST_WORDS = 8
_MOST_MEANT = 5
# Words that stand in every sentence and look for nothing.
_EMPTY = frozenset(
    {
        "a",
        "an",
        "and",
        "at",
        "by",
        "for",
        "from",
        "group",
        "groups",
        "i",
        "in",
        "is",
        "looking",
        "me",
        "meeting",
        "meetings",
    }
    | {"my", "near", "of", "on", "or", "support", "the", "to", "want", "with"}
)


class Wanted(NamedTuple):
    """A statement for the rows that hold the words ("" when none were asked for), and the words that were read as others."""

    sql: str
    values: list[Any]
    mended: tuple[tuple[str, str], ...]
    nothing_fits: bool = False


_SQL = {
    "sqlite": "SELECT rowid FROM directory_text WHERE directory_text MATCH %s",
    "postgresql": "SELECT rowid FROM directory_text WHERE words @@ to_tsquery('simple', %s)",
}


def wanted(text: str) -> Wanted:
    """The rows that hold each word of a text, or a word that is a slip away from one that stands nowhere."""
    words = [word for word in words_of(text[:200]) if word not in _EMPTY][:_MOST_WORDS]
    if not words:
        return Wanted("", [], ())
    meant = {word: _meant(word) for word in words}
    mended = tuple(
        (word, others[0]) for word, others in meant.items() if others and not others[0].startswith(word)
    )
    if not all(meant.values()):
        return Wanted("", [], mended, nothing_fits=True)
    return Wanted(_SQL[connection.vendor], [_match(list(meant.values()))], mended)


def _meant(word: str) -> list[str]:
    """The word itself where some word begins with it, else those a slip away, else nothing."""
    if Word.objects.filter(word__startswith=word).exists() or not word.isalpha():
        return [word]
    likely = Word.objects.filter(word__startswith=word[0], size__range=(len(word) - 2, len(word) + 2))
    near = [each for each in likely.values_list("word", flat=True) if is_near(each, word)]
    return sorted(near, key=lambda each: (abs(len(each) - len(word)), each))[:_MOST_MEANT]


def _match(meant: list[list[str]]) -> str:
    """Folded words are letters and digits alone, so nothing in them is an order to the index."""
    if connection.vendor == "sqlite":
        return " AND ".join("(" + " OR ".join(f'"{word}"*' for word in words) + ")" for words in meant)
    return " & ".join("(" + " | ".join(f"{word}:*" for word in words) + ")" for words in meant)
