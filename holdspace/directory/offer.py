"""What a group of this network says of itself to people who look for one: a plain value, made by a form, read by a page.

Nothing in it comes out of the group's sealed words: its facilitators write all of it for the public.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from holdspace.directory.entry import Entry
from holdspace.meetings.times import Times

# The source of all such listings. No list of others may have this name.
SOURCE = "this-network"


@dataclass(frozen=True, slots=True)
class Offer:
    """`title` is apart from the sealed name. `topics` and `access` are our own ids. `city`, `lat` and `lon` say roughly where;
    `venue`, `link` and `phone_number` are there only where the group chose to publish them. `size` and `places` are words, never
    numbers: in a small group a number tells who came and who left."""

    title: str = ""
    host: str = ""
    topics: tuple[str, ...] = ()
    about: str = ""
    happens: str = ""
    greets: str = ""
    never: str = ""
    in_person: bool = False
    online: bool = False
    phone: bool = False
    city: str = ""
    region: str = ""
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    venue: str = ""
    link: str = ""
    phone_number: str = ""
    access: tuple[str, ...] = ()
    access_notes: str = ""
    openness: str = "ask"
    cost: str = "free"
    cost_notes: str = ""
    structure: str = ""
    languages: tuple[str, ...] = ()
    size: str = ""
    places: str = ""
    youngest: int | None = None
    oldest: int | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the words: the group's own hours, whether it rests, when somebody last said that all is still true."""

    times: tuple[Times, ...] = ()
    rests: bool = False
    confirmed: datetime | None = None


# What can be chosen. Sizes and places are words and never numbers.
OPENNESS = {
    "ask": _("Ask first"),
    "open": _("Open to all"),
    "members": _("For people who share it"),
    "closed": _("Nobody new at the moment"),
}
SIZES = {
    "small": _("Up to six people"),
    "middle": _("Seven to twelve people"),
    "large": _("More than twelve people"),
}
PLACES = {
    "yes": _("There are places"),
    "few": _("There are a few places"),
    "none": _("No place is free just now"),
}

# What holds words of somebody's own, or leads somewhere: a coordinator reads these before anybody else does.
FREE = (
    "title", "host", "topics", "about", "happens", "greets", "never", "city", "region", "country", "venue", "link", "phone_number",
    "access_notes", "cost_notes",
)  # fmt: skip


def is_said_anew(old: Offer, new: Offer) -> bool:
    """Whether any words changed, and not only what was chosen from a list."""
    return any(getattr(old, name) != getattr(new, name) for name in FREE)


def entry_of(offer: Offer, key: str, around: Around) -> Entry:
    """The same as every listing is told."""
    return Entry(
        SOURCE,
        key,
        offer.title,
        notes=offer.about,
        host=offer.host,
        topics=offer.topics,
        languages=offer.languages,
        structure=offer.structure,
        in_person=offer.in_person,
        online=offer.online,
        phone=offer.phone,
        venue=offer.venue,
        city=offer.city,
        region=offer.region,
        country=offer.country,
        lat=offer.lat,
        lon=offer.lon,
        approximate=not offer.venue,
        access=offer.access,
        venue_notes=offer.access_notes,
        cost=offer.cost,
        cost_notes=offer.cost_notes,
        openness=offer.openness,
        times=around.times,
        link=offer.link,
        link_private=not offer.link,
        phone_number=offer.phone_number,
        # Whether there is a place, not how many: see Offer.
        places_left=1 if offer.places in ("yes", "few") else None,
        status="paused" if around.rests else "active",
        confirmed=around.confirmed,
    )
