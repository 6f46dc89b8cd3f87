"""One listing as a list of groups gives it: what readers of feeds make and publishers are given. Plain values, no database."""

from dataclasses import dataclass
from datetime import datetime

from holdspace.meetings.times import Times


@dataclass(frozen=True, slots=True)
class Entry:
    """A listing. `source` and `key` say which one it is, also when it comes again. No `times`: by appointment.

    `topics` and `access` are our own ids (topic_list, access_list); `formats` are the source's own codes, which mean what `program`
    says. `quarantine` holds reasons: a row with any is kept and not shown until a coordinator looked at it. `held` are words of its
    notes that may tell of a member: the listing is shown without them. `remarks` are codes for coordinators. Times of day are UTC.
    """

    source: str
    key: str
    name: str
    notes: str = ""
    host: str = ""
    topics: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    program: str = ""
    structure: str = ""
    in_person: bool = False
    online: bool = False
    phone: bool = False
    venue: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    approximate: bool = False
    access: tuple[str, ...] = ()
    venue_notes: str = ""
    cost: str = ""
    cost_notes: str = ""
    openness: str = ""
    times: tuple[Times, ...] = ()
    link: str = ""
    link_private: bool = True
    phone_number: str = ""
    website: str = ""
    contact: str = ""
    confirmed: datetime | None = None
    updated: datetime | None = None
    places_left: int | None = None
    status: str = "active"
    raw: str = ""
    quarantine: tuple[str, ...] = ()
    held: str = ""
    remarks: tuple[str, ...] = ()
