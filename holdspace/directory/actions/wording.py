"""The words of listings, kept so that they can be searched: what they say, and every name of what they are about."""

from functools import cache

from django.db import connection

from holdspace.directory.entry import Entry
from holdspace.directory.folding import words_of
from holdspace.directory.models import Listing, Word
from holdspace.directory.topic_list import topics

_MOST_SIGNS = 40
_FORGET = "DELETE FROM directory_text WHERE rowid = %s"
_KEEP = {
    "sqlite": "INSERT INTO directory_text (rowid, words) VALUES (%s, %s)",
    "postgresql": "INSERT INTO directory_text (rowid, words) VALUES (%s, to_tsvector('simple', %s))",
}


def keep_words(listings: list[tuple[Listing, Entry]]) -> None:
    """Make the words of some listings anew. Those that are held back or gone have none."""
    rows = [row for row, _ in listings]
    shown = {row.pk: words_in(entry) for row, entry in listings if not row.held_back and row.gone is None}
    with connection.cursor() as cursor:
        cursor.executemany(_FORGET, [(row.pk,) for row in rows])
        cursor.executemany(_KEEP[connection.vendor], [(pk, " ".join(words)) for pk, words in shown.items()])
    known = sorted({word for words in shown.values() for word in words if word.isalpha()})
    Word.objects.bulk_create((Word(word=word, size=len(word)) for word in known), ignore_conflicts=True)


def words_in(entry: Entry) -> list[str]:
    """Every word a listing may be found by, once, in order."""
    said = (entry.name, entry.host, entry.notes, entry.venue, entry.city, entry.region, entry.structure)
    found = words_of(" ".join(said)) + [word for each in entry.topics for word in _words_about(each)]
    return list(dict.fromkeys(word[:_MOST_SIGNS] for word in found))


@cache
def _words_about(topic: str) -> list[str]:
    return words_of(topics()[topic].words()) if topic in topics() else []
