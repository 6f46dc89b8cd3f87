"""The words of listings, kept so that they can be searched: what they say, and every name of what they are about."""

from collections.abc import Iterable

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


def keep_words(listings: Iterable[Listing]) -> None:
    """Make the words of some listings anew. Those that are held back or gone have none."""
    rows = list(listings)
    shown = {row.pk: words_in(row.words()) for row in rows if not row.held_back and row.gone is None}
    with connection.cursor() as cursor:
        cursor.executemany(_FORGET, [(row.pk,) for row in rows])
        cursor.executemany(_KEEP[connection.vendor], [(pk, " ".join(words)) for pk, words in shown.items()])
    known = sorted({word for words in shown.values() for word in words if word.isalpha()})
    Word.objects.bulk_create((Word(word=word, size=len(word)) for word in known), ignore_conflicts=True)


def words_in(entry: Entry) -> list[str]:
    """Every word a listing may be found by, once, in order."""
    about = " ".join(topics()[each].words() for each in entry.topics if each in topics())
    said = (
        entry.name,
        entry.host,
        entry.notes,
        entry.venue,
        entry.city,
        entry.region,
        entry.structure,
        about,
    )
    found = (word[:_MOST_SIGNS] for text in said for word in words_of(text))
    return list(dict.fromkeys(found))
