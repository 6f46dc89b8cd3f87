"""What coordinators decide about single rows of lists of others, and about a whole source."""

from dataclasses import replace
from datetime import UTC, datetime

import msgspec
from django.db import transaction

from holdspace.accounts.models import Account
from holdspace.directory.actions import slots
from holdspace.directory.actions.imports import end, in_batches
from holdspace.directory.entry import Entry
from holdspace.directory.models import Listing
from holdspace.directory.queries import DROPPED
from holdspace.trail.actions import note

# As many as one request may end; the page says when there are more.
MOST_AT_ONCE = 20_000


@transaction.atomic
def release(row: Listing, who: Account) -> None:
    """Show what was held back: its words, and the row itself. It stays so until its source says something else."""
    row = _held(row)
    entry = row.words()
    notes = "\n".join(filter(None, (entry.notes, entry.held)))
    _decide(row, replace(entry, notes=notes, held="", quarantine=()))
    note("words-released", who.pk)


@transaction.atomic
def drop(row: Listing, who: Account) -> None:
    """Throw away the words that were held back. A row that has nothing else to be held back for is shown without them."""
    row = _held(row)
    entry = row.words()
    is_hidden = bool(entry.quarantine) or not entry.held
    _decide(row, replace(entry, held="", quarantine=(DROPPED,) if is_hidden else ()))
    note("words-dropped", who.pk)


def _held(row: Listing) -> Listing:
    """As it is now, and nobody else's until this is over: its source may be taken at this moment."""
    return Listing.objects.select_for_update().get(pk=row.pk)


def _decide(row: Listing, entry: Entry) -> None:
    """The digest stays that of what the source told, so that the same row, when it comes again, changes nothing."""
    row.told = msgspec.json.encode(entry).decode()
    row.held_back = bool(entry.quarantine)
    row.save(update_fields=["told", "held_back"])
    slots.make([slots.known(row)], datetime.now(UTC))


def take_down_source(source: str, who: Account) -> bool:
    """Show nothing of a source any more; whether all of it is gone. Its rows stay, and come back when it is taken again."""
    keys = Listing.objects.filter(source=source, gone=None).order_by("pk").values_list("pk", flat=True)
    some = list(keys[:MOST_AT_ONCE])
    for some_keys in in_batches(some):
        end(some_keys)
    note("source-taken-down", who.pk)
    return len(some) < MOST_AT_ONCE
