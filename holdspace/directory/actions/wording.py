"""The words of listings, kept so that they can be searched: what they say, and every name of what they are about."""

from collections.abc import Iterable
from functools import cache

from django.db import connection

from holdspace.directory.entry import Entry
from holdspace.directory.folding import words_of
from holdspace.directory.topic_list import topics
from holdspace.directory.wording import row_of

_MOST_SIGNS = 40
_FORGET = "DELETE FROM directory_text WHERE rowid = %s"
# What is left there of a date before (schedules that went took their slots along) is written over.
_KEEP = {
    "sqlite": "INSERT OR REPLACE INTO directory_text (rowid, words) VALUES (%s, %s)",
    "postgresql": "INSERT INTO directory_text (rowid, words) VALUES (%s, array_to_tsvector(string_to_array(%s, ' ')))"
    " ON CONFLICT (rowid) DO UPDATE SET words = excluded.words",
}
# Most words are known long since, and Django would make an object of each.
_KNOW = "INSERT INTO directory_word (word, size) VALUES (%s, %s) ON CONFLICT DO NOTHING"


def forget(dates: Iterable[tuple[int, int]]) -> None:
    """Take rows out, by (start, listing)."""
    with connection.cursor() as cursor:
        cursor.executemany(_FORGET, [(row_of(*each),) for each in dates])


def keep(listings: Iterable[tuple[int, Iterable[int], list[str], list[str]]]) -> None:
    """Put rows in: of each listing its key, its coming dates, its words and its marks."""
    rows, known = [], set[str]()
    for listing, starts, words, marks in listings:
        text = " ".join([*words, *marks])
        rows += [(row_of(start, listing), text) for start in starts]
        known.update(word for word in words if word.isalpha())
    # In the order of their numbers: an index that only grows at its end is written faster.
    rows.sort()
    with connection.cursor() as cursor:
        cursor.executemany(_KEEP[connection.vendor], rows)
        cursor.executemany(_KNOW, [(word, len(word)) for word in sorted(known)])


def words_in(entry: Entry) -> list[str]:
    """Every word a listing may be found by, once, in order."""
    said = (entry.name, entry.host, entry.notes, entry.venue, entry.city, entry.region, entry.structure)
    found = words_of(" ".join(said)) + [word for each in entry.topics for word in _words_about(each)]
    return list(dict.fromkeys(word[:_MOST_SIGNS] for word in found))


@cache
def _words_about(topic: str) -> list[str]:
    return words_of(topics()[topic].words()) if topic in topics() else []
