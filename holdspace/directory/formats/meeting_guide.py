"""Meeting Guide JSON (code4recovery/spec): a list of weekly meetings, read as real feeds write it.

Real feeds hold `types` as a comma string, "8:00" unpadded, no time zone, no end, and days as a list.
"""

from collections.abc import Iterator
from datetime import time
from typing import Any

from holdspace.directory.entry import Entry
from holdspace.directory.formats import rows
from holdspace.directory.formats.clock import MINUTES_A_DAY, minutes_from, read_date, read_time
from holdspace.directory.formats.places import Address, address_of
from holdspace.directory.formats.reading import open_row, rows_with
from holdspace.directory.formats.rows import Draft, Refusal, Row, Told, Unfit
from holdspace.directory.formats.types import Meaning, read_types, topics_of
from holdspace.directory.formats.weekdays import read_day
from holdspace.directory.formats.words import line
from holdspace.meetings.times import Times


def read(data: bytes, told: Told) -> Iterator[Entry | Refusal]:
    """Each row of a feed."""
    raws = rows_with(data, ("meetings", "data"), "name", "slug")
    opened = ((number, open_row(raw)) for number, raw in enumerate(raws, 1))
    return rows.each(opened, lambda row: read_row(row, told), lambda row: line(row.get("slug")))


def read_row(row: Row, told: Told, code: str = "meeting-guide") -> Entry:
    """One meeting; `code` says how its days are written. Also what a table of TSML columns is read by."""
    place = _address(row)
    types = listed(row.get("types"))
    meaning = read_types(types, told.program)
    key = row.get("slug") or rows.own_key(row.get("name"), row.get("day"), row.get("time"), place.street)
    draft = rows.begin(told, key, row.get("name"))
    rows.put(draft, formats=tuple(line(word, 60) for word in types[:60]))
    _put_venue(draft, row, place)
    _put_ways_in(draft, row, place, meaning)
    rows.put_place(draft, row.get("latitude"), row.get("longitude"))
    rows.put(draft, times=times_of(draft, row, told, code))
    put_meaning(draft, meaning)
    draft.notes += [row.get("notes", ""), row.get("group_notes", ""), row.get("conference_url_notes", "")]
    draft.venue_notes += [row.get("location_notes", "")]
    return rows.finish(draft)


def listed(types: Any) -> list[str]:
    """Types as a list, whether they came as one or as words with commas between."""
    if isinstance(types, str):
        types = types.split(",")
    return [word for kind in types if (word := line(kind))] if isinstance(types, list) else []


def _address(row: Row) -> Address:
    alone = "" if row.get("city") else row.get("address")
    whole = address_of(row.get("formatted_address") or alone or "")
    regions = row.get("regions")
    region = (
        regions[-1] if isinstance(regions, list) and regions else row.get("sub_region") or row.get("region")
    )
    return Address(
        street=whole.street if alone else line(row.get("address")) or whole.street,
        city=line(row.get("city")) or whole.city,
        region=line(row.get("state")) or whole.region or line(region),
        postal_code=line(row.get("postal_code")) or whole.postal_code,
        country=rows.country_of(row.get("country")) or whole.country,
    )


def _put_venue(draft: Draft, row: Row, place: Address) -> None:
    rows.put(
        draft,
        venue=line(row.get("location")),
        street=place.street,
        city=place.city,
        region=place.region,
        postal_code=place.postal_code,
        country=place.country,
        approximate=str(row.get("approximate", "")).lower() in ("yes", "true"),
        host=line(row.get("group") or row.get("entity")),
        website=rows.address_of_web(row.get("url") or row.get("website") or row.get("entity_url")),
        updated=rows.moment(read_date(row.get("updated"))),
    )


def _put_ways_in(draft: Draft, row: Row, place: Address, meaning: Meaning) -> None:
    """Online by a link or a number; in person by a street, unless the place is closed for now or only a town."""
    link = rows.address_of_web(row.get("conference_url"))
    number = rows.dial_in(draft, row.get("conference_phone"))
    option = line(row.get("attendance_option")).lower()
    online = bool(link or number or meaning.online or option in ("online", "hybrid"))
    street = bool(place.street) and not draft.fields["approximate"] and place.street.lower() != "online"
    here = option in ("in_person", "hybrid") or (street and option != "online" and not meaning.closed)
    rows.put(
        draft,
        online=online,
        in_person=here or (bool(place.city) and not online and not meaning.closed),
        phone=bool(number),
        link=link,
        link_private=meaning.openness == "members",
        phone_number=number,
        status="paused" if option == "inactive" or (meaning.closed and not (link or number)) else "active",
    )
    if draft.fields["status"] == "paused":
        draft.remarks.add("pause")


def put_meaning(draft: Draft, meaning: Meaning) -> None:
    """What the types said. Words that have no field of ours are told as a note."""
    topics = (*topics_of(draft.fields["program"]), *meaning.topics)
    rows.put(
        draft,
        openness=meaning.openness,
        languages=meaning.languages,
        access=meaning.access,
        structure=meaning.structure,
        topics=tuple(dict.fromkeys(topics)),
    )
    draft.types = ", ".join(meaning.words)


def times_of(draft: Draft, row: Row, told: Told, code: str) -> tuple[Times, ...]:
    """One line of hours for each day. Neither day nor time means by appointment."""
    days, start = days_of(row.get("day"), code), row.get("time")
    if not days and not line(start):
        return ()
    if not days:
        raise Unfit("It has a time and no day of the week.")
    clock = read_time(start)
    if clock is None:
        raise Unfit(
            "It has a day and no time." if not line(start) else f"“{line(start, 40)}” is no time of day."
        )
    zone = rows.zone_for(draft, told, row.get("timezone"))
    return tuple(rows.weekly(zone, day, clock, _length(clock, row.get("end_time"))) for day in days)


def days_of(written: Any, code: str) -> list[int]:
    """The days of a row, one or a list. Refuses one that is none of the seven."""
    many = written if isinstance(written, list) else [] if written in (None, "") else [written]
    days = [read_day(code, day) for day in many[:20]]
    if None in days:
        raise Unfit("Its day is none of the seven of a week.")
    return sorted({day for day in days if day is not None})


def _length(start: time, end: object) -> int | None:
    last = read_time(end)
    if last is None:
        return None
    minutes = minutes_from(start, last)
    return minutes if minutes <= MINUTES_A_DAY else None
