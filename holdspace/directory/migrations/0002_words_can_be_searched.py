"""The index of words: FTS5 on SQLite, a tsvector on PostgreSQL. Words are folded before they come here. And how often the directory changed.

A row stands for a coming date of a listing, and its number begins with the minute of that date (directory/wording.py).
"""

from django.db import migrations

# What is no word of people begins with "_", which no folded word holds.
SQLITE = (
    "CREATE VIRTUAL TABLE directory_text USING fts5(words, tokenize = \"unicode61 remove_diacritics 0 tokenchars '_'\", prefix = '1 2 3')",
    "DROP TABLE directory_text",
)
POSTGRESQL = (
    "CREATE TABLE directory_text (rowid bigint PRIMARY KEY, words tsvector NOT NULL);"
    "CREATE INDEX directory_text_words ON directory_text USING gin (words)",
    "DROP TABLE directory_text",
)


# One row: the number of the last change to what is shown, and its second of UTC.
EDITION = (
    "CREATE TABLE directory_edition (id integer PRIMARY KEY, number bigint NOT NULL, since bigint NOT NULL)",
    "DROP TABLE directory_edition",
)


def make(apps, editor):
    editor.execute((SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL)[0])


def drop(apps, editor):
    editor.execute((SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL)[1])


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_listings_and_their_dates")]
    operations = [migrations.RunPython(make, drop), migrations.RunSQL(*EDITION)]
