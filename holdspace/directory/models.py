"""The directory at rest: what is known of groups (truth), and the rows a search walks (made from it, thrown away at will)."""

from base64 import b32encode
from dataclasses import replace
from hashlib import sha256

import msgspec
from django.db import models
from django.utils.translation import gettext_lazy as _

from holdspace.accounts.models import Account
from holdspace.directory.entry import Entry
from holdspace.directory.offer import Offer
from holdspace.groups.models import SupportGroup
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


class OwnState(models.TextChoices):
    """Where what a group of this network says of itself stands."""

    DRAFT = "draft", _("Begun")
    WAITING = "waiting", _("Waits for a coordinator")
    SHOWN = "shown", _("Shown")
    SENT_BACK = "sent-back", _("Sent back")
    ENDED = "ended", _("Taken down")


class OwnListing(models.Model):
    """What a group of this network says of itself in public, and how far that is. Only here are a group and a listing tied.

    `draft` is what facilitators wrote last, `shown` what a coordinator approved last; both are an Offer. A change of a listing
    that is shown can wait while the former words still stand, so `state` speaks of the draft, and whether the listing can be
    found is a question to the listing itself (`is_found`). `key` is its key in its source: random, since an address that anybody
    sees must not lead to a group.
    """

    group = models.OneToOneField(
        SupportGroup, on_delete=models.CASCADE, primary_key=True, related_name="own_listing"
    )
    key = models.CharField(max_length=32, unique=True)
    listing = models.OneToOneField(Listing, on_delete=models.SET_NULL, null=True, related_name="own")
    state = models.CharField(max_length=12, choices=OwnState.choices, default=OwnState.DRAFT, db_index=True)
    # When it came to that state.
    since = models.DateTimeField()
    # Why it was sent back or taken down, for its facilitators.
    reason = models.TextField(blank=True)
    draft = models.TextField()
    shown = models.TextField(blank=True)
    # The version of the principles that its facilitators said yes to when they asked.
    principles = models.PositiveIntegerField(default=0)
    confirmed = models.DateTimeField(null=True)
    rests = models.BooleanField(default=False)
    rests_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=OwnState.values), name="own_listing_state")
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_found(self) -> bool:
        """Whether anybody finds it now."""
        return self.listing is not None and self.listing.gone is None and not self.listing.held_back

    @property
    def code(self) -> str:
        """Four signs by which coordinators can speak of a group that told them no title. They lead nowhere."""
        return b32encode(sha256(b"group code" + bytes(self.group_id)).digest()).decode()[:4]

    @property
    def title(self) -> str:
        """What coordinators may know of its title: that of what waits for them, else of what was approved."""
        told = self.drafted() if self.state == OwnState.WAITING else self.offered()
        return told.title if told else ""

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to ask about: what is shown is what was written last."""
        return self.is_found and self.state == OwnState.SHOWN

    def drafted(self) -> Offer:
        """What facilitators wrote last."""
        return msgspec.json.decode(self.draft, type=Offer)

    def offered(self) -> Offer | None:
        """What anybody may read, if it was ever approved."""
        return msgspec.json.decode(self.shown, type=Offer) if self.shown else None


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


class ListState(models.TextChoices):
    """How far a list is that a coordinator sent."""

    READING = "reading", _("It is being read")
    READ = "read", _("It was read, and nothing is written yet")
    TAKING = "taking", _("It is being taken")
    TAKEN = "taken", _("It was taken")
    UNREADABLE = "unreadable", _("It is no list we can read")


class SentList(models.Model):
    """A list of others that a coordinator sent: its bytes until it is taken or thrown away, and the report of it (actions/sent_lists.py).

    `beat` is when the one who works on it last gave a sign; after a minute without, somebody else goes on.
    """

    key = models.CharField(max_length=32, primary_key=True)
    who = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=40)
    written_in = models.CharField(max_length=16)
    program = models.CharField(max_length=40, blank=True)
    zone = models.CharField(max_length=64, blank=True)
    part = models.BooleanField()
    accept_shrink = models.BooleanField(default=False)
    sent = models.DateTimeField()
    state = models.CharField(max_length=12, choices=ListState.choices, default=ListState.READING)
    beat = models.DateTimeField()
    done = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)
    # Packed. Empty once it was taken.
    packed = models.BinaryField()

    def __str__(self) -> str:
        return self.key

    @property
    def is_at_work(self) -> bool:
        """Whether somebody reads or takes it."""
        return self.state in (ListState.READING, ListState.TAKING)


class Wish(models.Model):
    """Somebody would come, if there were such a group. Nothing in it says who, and `code_hash` is of a code that they alone have.

    `town` is the largest within 25 km of the one they named; "" means online. `hours` is a part of the week (wishing.py).
    """

    code_hash = BytesField(length=32, primary_key=True)
    topic = models.CharField(max_length=40)
    town = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=3, blank=True)
    hours = models.CharField(max_length=12, blank=True)
    day = models.DateField()

    def __str__(self) -> str:
        return f"{self.topic} {self.town or 'online'}"
