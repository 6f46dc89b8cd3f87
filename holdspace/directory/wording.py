"""What somebody typed, as the index of words takes it: folded, every word a beginning, slips mended.

The index holds a row for each coming date of a listing, numbered by that date's minute and then by the listing. So it is walked in
order of time like every other, and left as soon as there is enough, however common a word is. Beside its words a row holds marks:
signs that say topic, language, online and cell, several of them in one, so that a word and a rare topic meet in the index itself.
A mark only spares the walk what cannot fit; whether a row fits is asked of its slot.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet

from holdspace.directory.folding import is_near, words_of
from holdspace.directory.marks import MODES
from holdspace.directory.models import Word
from holdspace.directory.places import COLUMNS

LISTING_BITS = 32
_MOST_WORDS = 8
_MOST_MEANT = 5
# A beginning of more words than this is looked for as such. Fewer are named one by one: their rows need not be put in order first.
_MOST_BEGUN = 64
ONLINE = MODES["online"] | MODES["phone"]
# Cells of four degrees, for circles that hold too many small ones.
_WIDE = 16
_MOST_CELLS = 64
# Words that stand in every sentence and look for nothing.
_SMALL = """
a an and at by for from group groups i in is looking me meeting meetings my near of on or support the to want with
"""
_EMPTY = frozenset(_SMALL.split())


class Wanted(NamedTuple):
    """Each word with those it may stand for ("*" at the end: all that begin so), and the words that were read as others."""

    words: tuple[tuple[str, ...], ...]
    mended: tuple[tuple[str, str], ...]
    nothing_fits: bool = False


def wanted(text: str) -> Wanted:
    """What has to stand in a row: each word of a text, or a word that is a slip away from one that stands nowhere."""
    words = [word for word in words_of(text[:200]) if word not in _EMPTY][:_MOST_WORDS]
    meant = {word: _meant(word) for word in words}
    mended = tuple(
        (word, others[0]) for word, others in meant.items() if others and not others[0].startswith(word)
    )
    return Wanted(tuple(map(tuple, meant.values())), mended, not all(meant.values()))


def _meant(word: str) -> list[str]:
    """Words that begin with it, else those a slip away, else nothing. Words with figures in them are not kept as words."""
    if not word.isalpha():
        return [f"{word}*"]
    begun = list(_beginning(word).values_list("word", flat=True)[: _MOST_BEGUN + 1])
    if begun:
        return begun if len(begun) <= _MOST_BEGUN else [f"{word}*"]
    likely = _beginning(word[0]).filter(size__range=(len(word) - 2, len(word) + 2))
    near = [each for each in likely.values_list("word", flat=True) if is_near(each, word)]
    return sorted(near, key=lambda each: (abs(len(each) - len(word)), each))[:_MOST_MEANT]


def _beginning(word: str) -> QuerySet[Word]:
    """Words that begin so. SQLite has an index for what lies between two words, and none for LIKE."""
    if connection.vendor == "sqlite":
        return Word.objects.filter(word__gte=word, word__lt=word + "\U0010ffff")
    return Word.objects.filter(word__startswith=word)


# Rows and their marks -------------------------------------------------------------------------------------------------


def row_of(start: int, listing: int) -> int:
    """The number of the row for a date of a listing."""
    return start << LISTING_BITS | listing


def marks_of(topic: int, lang: int, online: bool) -> list[str]:
    """The mark for a topic (0: any), a language (0: any) and online (or either); none where anything will do."""
    return [f"_t{topic}l{lang}{'o' if online else ''}"] if topic or lang or online else []


def marks_for(topics: Iterable[int], tongues: Iterable[int], marks: int, cell: int | None) -> Iterator[str]:
    """Every mark a listing answers to."""
    for topic in {0, *topics}:
        for lang in {0, *tongues}:
            yield from marks_of(topic, lang, False)
            yield from marks_of(topic, lang, True) if marks & ONLINE else ()
    if cell is not None:
        yield f"_c{cell}"
        yield f"_w{_wide(cell)}"


def _wide(cell: int) -> int:
    row, column = divmod(cell, COLUMNS)
    return row // _WIDE * COLUMNS + column // _WIDE


def marks_within(ranges: Sequence[tuple[int, int]]) -> list[str]:
    """Marks of which every row in these ranges of cells has one: of the cells, or where they are many of wide ones."""
    if sum(last - first + 1 for first, last in ranges) <= _MOST_CELLS:
        return [f"_c{cell}" for first, last in ranges for cell in range(first, last + 1)]
    # A step as wide as a wide cell leaves none out.
    wide = {_wide(cell) for first, last in ranges for cell in (*range(first, last, _WIDE), last)}
    return [f"_w{cell}" for cell in sorted(wide)]


# The statement --------------------------------------------------------------------------------------------------------

ROWS = {
    "sqlite": "SELECT rowid FROM directory_text WHERE directory_text MATCH %s",
    "postgresql": "SELECT rowid FROM directory_text WHERE words @@ %s::tsquery",
}
# A plus sign keeps SQLite from looking for the slot by anything but its listing.
SAME = f"s.listing_id = (t.rowid & {(1 << LISTING_BITS) - 1}) AND +s.next_start = (t.rowid >> {LISTING_BITS})"


def match(text: Wanted, *one_of: Iterable[str]) -> str:
    """What the index is asked: each word, and one mark of each set. Folded words are letters and digits, so none is an order to it."""
    sets = [list(each) for each in (*text.words, *one_of)]
    if connection.vendor == "sqlite":
        return " AND ".join("(" + " OR ".join(map(_for_sqlite, words)) + ")" for words in sets)
    return " & ".join("(" + " | ".join(map(_for_postgresql, words)) + ")" for words in sets)


def _for_sqlite(word: str) -> str:
    return f'"{word[:-1]}"*' if word.endswith("*") else f'"{word}"'


def _for_postgresql(word: str) -> str:
    return f"'{word[:-1]}':*" if word.endswith("*") else f"'{word}'"
