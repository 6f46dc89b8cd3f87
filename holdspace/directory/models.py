"""The directory at rest: what is known of groups (truth), and the rows a search walks (made from it, thrown away at will)."""

from dataclasses import replace

import msgspec
from django.db import models

from holdspace.directory.entry import Entry
from holdspace.meetings.times import Times
from holdspace.ui.fields import BytesField

# A listing without hours stands behind all that have some. Minutes since 1970 UTC.
NO_DATE = 2**31 - 2


class Source(models.Model):
    """Where listings come from: a feed, a file, or a group of this network."""

    slug = models.CharField(max_length=40, primary_key=True)
    program = models.CharField(max_length=40, blank=True)
    taken = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.slug


class Listing(models.Model):
    """One group as its source tells of it. `told` is its Entry without times, which are its schedules."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="listings", db_index=False)
    key = models.CharField(max_length=200)
    slug = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    told = models.TextField()
    digest = BytesField(length=16)
    # Held back until a coordinator looked: it may hold what a member would not want to be read.
    held_back = models.BooleanField()
    # No longer in its source. The row stays, so that it is the same one when it comes back.
    gone = models.DateTimeField(null=True)
    confirmed = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="one_listing_for_each_key")]

    def __str__(self) -> str:
        return self.slug

    def entry(self) -> Entry:
        """All that is known of it, times included."""
        rows = sorted(self.schedules.all(), key=lambda row: row.line)
        return replace(self.words(), times=tuple(row.times() for row in rows))

    def words(self) -> Entry:
        """All but its times."""
        return msgspec.json.decode(self.told, type=Entry)


class Schedule(models.Model):
    """One line of a group's hours, as it was told: zone and wall time. Everything else about time is made from it."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="schedules")
    line = models.PositiveSmallIntegerField()
    told = models.TextField()

    def __str__(self) -> str:
        return f"{self.listing_id} {self.line}"

    def times(self) -> Times:
        """The line."""
        return msgspec.json.decode(self.told, type=Times)


class Slot(models.Model):
    """What a search walks: a coming date of a listing, once for each of its topics and languages, and once for topic 0, any.

    Times are minutes since 1970 UTC. A weekly group has one slot for all weeks in which its time in UTC is the same: `until` is
    the start of the last of them. Every index holds all a search asks, so that no other page of the file is read.
    """

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="slots")
    schedule = models.ForeignKey(
        Schedule, on_delete=models.CASCADE, null=True, related_name="slots", db_index=False
    )
    topic = models.SmallIntegerField()
    lang = models.SmallIntegerField()
    next_start = models.IntegerField()
    next_end = models.IntegerField()
    until = models.IntegerField()
    marks = models.BigIntegerField()
    # A quarter of a degree each way (places.py), and where in it, in hundred-thousandths of a degree.
    cell = models.IntegerField(null=True)
    lat = models.IntegerField(null=True)
    lon = models.IntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["topic", "next_start", "id", "next_end", "until", "marks", "lang", "listing", "schedule"],
                name="slot_soonest",
            ),
            models.Index(
                fields=["topic", "lang", "next_start", "id", "next_end", "until", "marks", "listing", "schedule"],
                name="slot_language",
            ),
            models.Index(
                fields=[
                    "topic", "cell", "next_start", "id", "next_end", "until", "marks", "lang", "lat", "lon", "listing",
                    "schedule",
                ],
                name="slot_near",
                condition=models.Q(cell__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.listing_id} {self.topic} {self.next_start}"


class Word(models.Model):
    """A word that stands in some listing, so that a slip in a search can be mended."""

    word = models.CharField(max_length=40, primary_key=True)
    size = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.word
