"""A directory made larger by copies of what is in it, in the database itself: an import of a million takes too long for a bench.

A copy has the words, place and kind of its group, and is held on another day of the week. Indexes are made anew at the end.
"""

from typing import Any

from django.db import connection, transaction

from holdspace.directory.windows import WEEK
from holdspace.directory.wording import LISTING_BITS

_DAY = 1440
_LISTINGS = (
    "INSERT INTO directory_listing (id, source_id, key, slug, title, told, digest, held_back)"
    " SELECT id + {by}, source_id, key || '-{copy}', slug || '-{copy}', title, told, digest, held_back"
    " FROM directory_listing WHERE id <= {last}"
)
_SCHEDULES = (
    "INSERT INTO directory_schedule (id, listing_id, line, told) SELECT id + {by}, listing_id + {by}, line, told"
    " FROM directory_schedule WHERE id <= {last}"
)
_LATER = "(CASE WHEN {start} + {shift} < {end} THEN {shift} ELSE {shift} - {week} END)"
_SLOTS = (
    "INSERT INTO directory_slot (listing_id, schedule_id, next_start, next_end, until, marks, cell, lat, lon, topic, lang)"
    " SELECT listing_id + {by}, schedule_id + {by}, next_start + {later}, next_end + {later}, until + {later}, marks, cell, lat, lon, topic, lang"
    " FROM directory_slot WHERE listing_id <= {last}"
)
_WORDS = (
    "INSERT INTO directory_text (rowid, words) SELECT t.rowid + {by} + ({later_text} * {one}), t.words FROM directory_text t"
    " WHERE (t.rowid & {listing}) <= {last}"
)


def make_copies(now: int, how_many: int) -> None:
    """Until there are so many groups; what is there already must be numbered from 1 on, and is copied whole, again and again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id), (SELECT max(id) FROM directory_schedule) FROM directory_listing")
        last = max(cursor.fetchone())
        indexes = _without_indexes(cursor)
        with transaction.atomic():
            for copy in range(1, how_many // last):
                _copy(cursor, copy, last, now)
        for index in indexes:
            cursor.execute(index)
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval('directory_listing_id_seq', (SELECT max(id) FROM directory_listing))"
            )
            cursor.execute(
                "SELECT setval('directory_schedule_id_seq', (SELECT max(id) FROM directory_schedule))"
            )
        cursor.execute("ANALYZE")


def _copy(cursor: Any, copy: int, last: int, now: int) -> None:
    later = _LATER.format(start="next_start", shift=copy % 7 * _DAY, end=now + WEEK, week=WEEK)
    in_text = _LATER.format(
        start=f"(t.rowid >> {LISTING_BITS})", shift=copy % 7 * _DAY, end=now + WEEK, week=WEEK
    )
    told = {
        "by": copy * last, "copy": copy, "last": last, "later": later, "later_text": in_text, "one": 1 << LISTING_BITS,
        "listing": (1 << LISTING_BITS) - 1,
    }  # fmt: skip
    for statement in (_LISTINGS, _SCHEDULES, _SLOTS, _WORDS):
        cursor.execute(statement.format(**told))


def _without_indexes(cursor: Any) -> list[str]:
    """Take the indexes off the tables that grow; the statements that make them again."""
    if connection.vendor == "sqlite":
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'directory_slot' AND sql IS NOT NULL"
        )
    else:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE indexname = 'directory_text_words'"
            " OR (tablename = 'directory_slot' AND indexname NOT LIKE '%_pkey')"
        )
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [made for _, made in found]
