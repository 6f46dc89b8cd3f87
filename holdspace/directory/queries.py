"""Questions about listings."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Q, QuerySet

from holdspace.directory.models import Listing, OwnListing, OwnState, Schedule, SentList, Slot, Source, Wish
from holdspace.directory.offer import SOURCE
from holdspace.directory.wishing import Said
from holdspace.meetings.models import Hours


class Edition(NamedTuple):
    """The number of the last change to what is shown, and when it was."""

    number: int
    since: datetime


def edition() -> Edition:
    """What the directory is at now; 0 before anything was ever shown."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, since FROM directory_edition")
        number, since = cursor.fetchone() or (0, 0)
        return Edition(number, datetime.fromtimestamp(since, UTC))


def wish(code_hash: bytes) -> Wish | None:
    """A wish by the hash of its code."""
    return Wish.objects.filter(code_hash=code_hash).first()


def wishes_before(today: date) -> Iterator[Said]:
    """What was wished for until yesterday: who says one now sees no number change by it."""
    rows = Wish.objects.filter(day__lt=today).values_list(*Said._fields)
    return (Said(*row) for row in rows.iterator())


def listing(slug: str) -> Listing | None:
    """A listing that is shown, by the last part of its address."""
    return _shown().filter(slug=slug).first()


def listings(keys: Iterable[int]) -> dict[int, Listing]:
    """Listings by their keys, with their hours."""
    return {row.pk: row for row in _shown().filter(pk__in=list(keys)).prefetch_related("schedules")}


def published(source: str = "", topic: str = "") -> Iterator[Listing]:
    """Every listing that is shown, of one source or about one topic where asked, by its address."""
    rows = _shown().order_by("slug").prefetch_related("schedules")
    found = rows.filter(source=source) if source else rows
    return (row for row in found.iterator(chunk_size=500) if not topic or topic in row.words().topics)


def page(number: int, size: int) -> list[Listing]:
    """One page of what is shown, by address; the first is 1."""
    rows = _shown().order_by("slug").prefetch_related("schedules")
    return list(rows[(number - 1) * size : number * size])


def how_many() -> int:
    """How many are shown."""
    return _shown().count()


def languages_there() -> list[int]:
    """The languages groups speak, as numbers."""
    return sorted(Slot.objects.filter(topic=0).exclude(lang=0).values_list("lang", flat=True).distinct())


def is_anything_there() -> bool:
    """Whether there is any group to be found."""
    return Slot.objects.exists()


def sources() -> list[Source]:
    """Where listings come from."""
    return list(Source.objects.order_by("slug"))


# Groups of this network ----------------------------------------------------------------------------------------------


def own_listing(group_id: bytes) -> OwnListing | None:
    """What a group of this network says of itself, with its listing."""
    return OwnListing.objects.select_related("listing").filter(group=group_id).first()


def own_listing_at(slug: str) -> OwnListing | None:
    """The same by the address of its listing, while anybody finds it there."""
    shown = OwnListing.objects.select_related("listing").filter(
        listing__slug=slug, listing__held_back=False, listing__gone=None
    )
    return shown.first()


def group_of_listing(slug: str) -> bytes | None:
    """The group of this network that an address of the directory tells of; None for groups elsewhere and for what is not shown."""
    own = own_listing_at(slug)
    return bytes(own.group_id) if own else None


def own_listing_of_key(key: str) -> OwnListing | None:
    """The same by the key it has in the source of this network."""
    return OwnListing.objects.select_related("listing").filter(key=key).first()


def own_listings_waiting() -> list[OwnListing]:
    """What waits for a coordinator, the longest first."""
    waiting = OwnListing.objects.select_related("listing").filter(state=OwnState.WAITING)
    return list(waiting.order_by("since"))


def own_listings() -> list[OwnListing]:
    """All others, the last changed first."""
    return list(
        OwnListing.objects.select_related("listing").exclude(state=OwnState.WAITING).order_by("-since")
    )


def own_listings_with_other_hours() -> list[OwnListing]:
    """Those that are shown with other hours than their group has by now."""
    shown = OwnListing.objects.select_related("listing").filter(listing__isnull=False, listing__gone=None)
    hours = _lines(Hours.objects.order_by("line").values_list("group", "told"))
    said = _lines(
        Schedule.objects.filter(listing__own__isnull=False).order_by("line").values_list("listing", "told")
    )
    return [row for row in shown if hours.get(bytes(row.group_id), []) != said.get(row.listing_id, [])]


def _lines(rows: Iterable[tuple[Any, str]]) -> dict[Any, list[str]]:
    found: dict[Any, list[str]] = {}
    for key, told in rows:
        found.setdefault(key, []).append(told)
    return found


# Lists of others ------------------------------------------------------------------------------------------------------

# The reason of a row that a coordinator took off.
DROPPED = "dropped"
_IS_DROPPED = f'"quarantine":["{DROPPED}"]'
_HOLDS_NOTHING = '"held":""'
MOST_COMPARED = 20_000


def source(slug: str) -> Source | None:
    """One source of others."""
    return Source.objects.exclude(slug=SOURCE).filter(slug=slug).first()


def sources_with_rows() -> list[tuple[Source, int]]:
    """Lists of others, and how many rows of each are there."""
    there = dict(
        Listing.objects.filter(gone=None)
        .values_list("source")
        .annotate(Count("pk"))
        .values_list("source", "pk__count")
    )
    return [(row, there.get(row.slug, 0)) for row in sources() if row.slug != SOURCE]


def held(slug: str, after: int, most: int) -> list[Listing]:
    """Rows of a source with something that waits for a coordinator, behind one of them."""
    rows = Listing.objects.filter(source=slug, gone=None, pk__gt=after).exclude(told__contains=_IS_DROPPED)
    waiting = rows.filter(Q(held_back=True) | ~Q(told__contains=_HOLDS_NOTHING))
    return list(waiting.order_by("pk")[:most])


def stale(slug: str, before: datetime, most: int) -> list[Listing]:
    """Rows of a source that nobody has confirmed since, the longest ago first."""
    return list(_shown().filter(source=slug, confirmed__lt=before).order_by("confirmed", "pk")[:most])


def all_to_compare() -> list[Listing]:
    """All that is shown, with hours, to look for the same meeting twice; nothing where there are too many to compare in a page."""
    if how_many() > MOST_COMPARED:
        return []
    return list(_shown().order_by("pk").prefetch_related("schedules"))


def row_of_source(slug: str, key: int) -> Listing | None:
    """A row that is not gone, shown or not."""
    return Listing.objects.filter(source=slug, pk=key, gone=None).first()


def listing_by_number(key: int) -> Listing | None:
    """A row that is shown, by its number."""
    return _shown().exclude(source=SOURCE).filter(pk=key).first()


def sent_list(key: str) -> SentList | None:
    """A list that was sent, without its bytes."""
    return SentList.objects.defer("packed").filter(key=key).first()


def sent_lists() -> list[SentList]:
    """Lists that were sent, the newest first."""
    return list(SentList.objects.defer("packed").order_by("-sent"))


def _shown() -> QuerySet[Listing]:
    return Listing.objects.filter(held_back=False, gone=None)
