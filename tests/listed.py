"""A group of this network stands in the directory, put there behind the server's back: how it comes there is tested elsewhere."""

import secrets
from datetime import UTC, datetime

import msgspec

from holdspace.directory.entry import Entry
from holdspace.directory.offer import SOURCE
from tests.running import Running
from tests.stored import execute

TITLE = "Lantern evening"


def list_group(server: Running, group: bytes, title: str = TITLE) -> str:
    """The last part of the address under which anybody finds it."""
    key, now = secrets.token_hex(8), datetime.now(UTC).isoformat(sep=" ")
    slug = f"lantern-{key}"
    told = msgspec.json.encode(
        Entry(SOURCE, key, title, notes="For people who lost somebody.", languages=("en",), online=True)
    ).decode()
    where = server.stored
    execute(
        where, "INSERT INTO directory_source (slug, program) VALUES (%s, '') ON CONFLICT DO NOTHING", [SOURCE]
    )
    execute(
        where,
        "INSERT INTO directory_listing (source_id, key, slug, title, told, digest, held_back, confirmed)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
        [SOURCE, key, slug, title, told, bytes(16), False, now],
    )
    execute(
        where,
        "INSERT INTO directory_ownlisting (group_id, key, state, since, reason, draft, shown, principles, rests, listing_id)"
        " SELECT %s, %s, 'shown', %s, '', '{}', '{}', 1, %s, id FROM directory_listing WHERE slug = %s",
        [group, key, now, False, slug],
    )
    return slug
