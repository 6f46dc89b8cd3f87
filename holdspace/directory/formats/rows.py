"""From the fields of one row to an Entry: what every format has in common.

A row that can't be used is a Refusal with its reason in a sentence; it costs nothing but itself.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any

from holdspace.directory.entry import Entry
from holdspace.directory.formats import people, rhythm
from holdspace.directory.formats.clock import LONG
from holdspace.directory.formats.words import line, plain, slug_of
from holdspace.directory.formats.zones import known_zone, place_of, zone_at
from holdspace.meetings.times import Times

USUAL = 60  # minutes, where a feed does not say how long
Row = dict[str, Any]
_WEB = re.compile(r"https?://[^\s/?#@\\\[\]]+(?:[/?#]\S*)?", re.I)


@dataclass(frozen=True, slots=True)
class Told:
    """What a feed does not say of itself: whose it is, what its codes mean, and the zone where it names none."""

    source: str
    program: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not used: its number (of a table, its line), its key if it has one, and why."""

    row: int
    key: str
    reason: str


class Unfit(Exception):
    """This row can't be used. The sentence says why."""


@dataclass(slots=True)
class Draft:
    """A row on its way: the fields of the entry so far, and the notes that nobody has looked through yet."""

    fields: dict[str, Any]
    notes: list[Any] = field(default_factory=list)
    venue_notes: list[Any] = field(default_factory=list)
    remarks: set[str] = field(default_factory=set)
    types: str = ""  # in the list's own words


def each(
    rows: Iterable[tuple[int, Row | str]], make: Callable[[Row], Entry], key_of: Callable[[Row], str]
) -> Iterator[Entry | Refusal]:
    """An Entry or a Refusal for every row: none is lost."""
    for number, row in rows:
        if isinstance(row, str):
            yield Refusal(number, "", row)
            continue
        try:
            yield make(row)
        except Unfit as unfit:
            yield Refusal(number, line(key_of(row)), str(unfit))


def begin(told: Told, key: object, name: object) -> Draft:
    """A draft with a key and a name; without a name there is nothing to list."""
    called = line(name)
    if not called:
        raise Unfit("It has no name.")
    return Draft(
        {"source": told.source, "key": line(key) or slug_of(called), "name": called, "program": told.program}
    )


def own_key(name: object, *rest: object) -> str:
    """A key for a row that has none: the same as long as name, day, time and place are."""
    words = "\x1f".join(line(part).lower() for part in (name, *rest))
    return f"{slug_of(name, 50)}-{hashlib.sha256(words.encode()).hexdigest()[:8]}"


def put(draft: Draft, **fields: Any) -> None:
    """Set fields of the entry."""
    draft.fields.update(fields)


def put_place(draft: Draft, latitude: object, longitude: object) -> None:
    """Coordinates, if they can be."""
    place = place_of(latitude, longitude)
    if place:
        put(draft, lat=place[0], lon=place[1])
    elif line(latitude) or draft.fields.get("in_person"):
        draft.remarks.add("place")


def zone_for(draft: Draft, told: Told, written: object) -> str:
    """The zone the row names, or that of its place, or what the importer was told."""
    zone = known_zone(line(written))
    if zone:
        return zone
    if line(written):
        draft.remarks.add("zone")
    if "lat" in draft.fields:
        draft.remarks.add("zone")
        return zone_at(draft.fields["lat"], draft.fields["lon"])
    if not told.zone:
        raise Unfit(
            "It names no time zone we know and has no place to take one from. Say which zone this list is in."
        )
    return told.zone


def weekly(zone: str, weekday: int, start: time, minutes: int | None) -> Times:
    """One weekday, every week."""
    return Times(zone=zone, start=f"{start:%H:%M}", minutes=minutes or USUAL, weekday=weekday)


def finish(draft: Draft) -> Entry:
    """The entry, its words looked through: what names somebody is held back, what speaks of weeks is offered."""
    kept, held = _parted([plain(note) for note in draft.notes])
    about_venue, held_too = _parted([line(note, 400) for note in draft.venue_notes])
    held += held_too
    for name in ("venue", "cost_notes", "host"):
        if people.reaches_somebody(draft.fields.get(name, "")):
            held.append(draft.fields.pop(name))
    if people.names_somebody(draft.fields["name"]):
        put(draft, quarantine=("name",))
    _offer_rhythm(draft, [*kept, *about_venue, draft.fields["name"]])
    kept += [f"In the list's own words: {draft.types}."] if draft.types else []
    put(draft, notes="\n".join(kept), venue_notes=". ".join(about_venue), held="\n".join(held))
    if any(times.minutes >= LONG for times in draft.fields.get("times", ())):
        draft.remarks.add("long")
    return Entry(**draft.fields, remarks=tuple(sorted(draft.remarks)))


def _parted(notes: list[str]) -> tuple[list[str], list[str]]:
    told = list(dict.fromkeys(note for note in notes if note.strip(" .*-")))
    held = [note for note in told if people.names_somebody(note)]
    return [note for note in told if note not in held], held


def _offer_rhythm(draft: Draft, notes: list[str]) -> None:
    """Words about weeks go beside hours that know only every week. Hours that say it themselves need none."""
    hours: tuple[Times, ...] = draft.fields.get("times", ())
    kinds = {note: kind for note in notes if (kind := rhythm.wording(note))}
    if not kinds or not hours or any(times.every != "week" or times.interval > 1 for times in hours):
        return
    draft.remarks.add("weeks")
    rules = [line(note) for note, kind in kinds.items() if kind == "rule"]
    if rules:
        put(draft, times=tuple(replace(times, rule_text=rules[0]) for times in hours))


def address_of_web(written: object) -> str:
    """A web address, or "": no script, no name and passphrase before the host, no spaces."""
    words = line(written, 500)
    return words if _WEB.fullmatch(words) and not words.endswith("…") else ""


def dial_in(draft: Draft, written: object) -> str:
    """A number one can dial; what people write there besides ("Zoom ID ...") is a note."""
    words = line(written, 60).removeprefix("tel:")
    if sum(letter.isdigit() for letter in words) >= 7 and words[:1] in "+(0123456789":
        return words
    draft.notes.append(words)
    return ""


def moment(day: date | None, clock: time | None = None) -> datetime | None:
    """A day (at a time) as an aware moment in UTC."""
    return datetime.combine(day, clock or time(), tzinfo=UTC) if day else None


_COUNTRIES = {
    "usa": "US", "u.s.a.": "US", "united states": "US", "united states of america": "US", "uk": "GB", "united kingdom": "GB",
    "england": "GB", "scotland": "GB", "wales": "GB", "great britain": "GB", "canada": "CA", "australia": "AU", "new zealand": "NZ",
    "ireland": "IE", "nepal": "NP", "germany": "DE", "deutschland": "DE", "france": "FR", "spain": "ES", "españa": "ES", "italy": "IT",
    "mexico": "MX", "méxico": "MX", "india": "IN", "south africa": "ZA", "oman": "OM", "qatar": "QA", "bangladesh": "BD", "vietnam": "VN",
    "viet nam": "VN", "guam": "GU", "netherlands": "NL", "belgium": "BE", "sweden": "SE", "norway": "NO", "denmark": "DK",
    "finland": "FI", "portugal": "PT", "poland": "PL", "brazil": "BR", "brasil": "BR", "argentina": "AR", "switzerland": "CH",
    "austria": "AT", "japan": "JP",
}  # fmt: skip


def country_of(written: object) -> str:
    """The two letters of a country, or "" when these words are none we know."""
    words = line(written)
    return words.upper() if len(words) == 2 and words.isalpha() else _COUNTRIES.get(words.lower(), "")
