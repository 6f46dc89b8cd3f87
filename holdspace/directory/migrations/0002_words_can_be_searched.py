"""The index of words: FTS5 on SQLite, a tsvector on PostgreSQL. Words are folded before they come here."""

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE directory_text USING fts5(words, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3')",
    "DROP TABLE directory_text",
)
POSTGRESQL = (
    "CREATE TABLE directory_text (rowid bigint PRIMARY KEY, words tsvector NOT NULL);"
    "CREATE INDEX directory_text_words ON directory_text USING gin (words)",
    "DROP TABLE directory_text",
)


def make(apps, editor):
    editor.execute((SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL)[0])


def drop(apps, editor):
    editor.execute((SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL)[1])


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_listings_and_their_dates")]
    operations = [migrations.RunPython(make, drop)]
