"""The BMLT semantic API: what GetSearchResults answers, as a list or with the formats it uses. Weekday 1 is Sunday."""

from collections.abc import Iterator, Mapping

from holdspace.directory.entry import Entry
from holdspace.directory.formats import rows
from holdspace.directory.formats.clock import read_length, read_time
from holdspace.directory.formats.meeting_guide import put_meaning
from holdspace.directory.formats.reading import json_value, open_row, rows_with
from holdspace.directory.formats.rows import Draft, Refusal, Row, Told, Unfit
from holdspace.directory.formats.types import Meaning, meaning_of
from holdspace.directory.formats.weekdays import read_day
from holdspace.directory.formats.words import line

VENUES = {"1": (True, False), "2": (False, True), "3": (True, True)}  # in person, online
# The keys a new BMLT server has. A server may change them, and then says so in "formats".
_KEYS = """
B newcomer|BEG newcomer|BL bi-lingual|BT basic text|C closed|CL candlelight|CS children under supervision|CW children welcome|D discussion
ES spanish|ENG english|FIN finnish|PER persian|GL lgbtq|HY hybrid|IP ip study|IW it works study|JT just for today study|LC living clean|M men
ME meditation|NC no children|NS no smoking|O open|QA questions & answers|RA restricted access|RF format varies|Rr round robin
SD discussion|SG step working guide study|SL asl|So speaker|St step study|TC temporarily closed|To topic|Tr tradition study|VM virtual meeting
W women|WC wheelchair|WEB online meeting|YP young people|BK book study|LT literature
"""
USUAL_KEYS = {
    key: name
    for key, _, name in (pair.partition(" ") for pair in _KEYS.replace("\n", "|").split("|") if pair)
}


def read(data: bytes, told: Told) -> Iterator[Entry | Refusal]:
    """Each row of an answer to GetSearchResults."""
    raws = rows_with(data, ("meetings",), "weekday_tinyint", "start_time")
    names = USUAL_KEYS | (_named(data) if data.lstrip().startswith(b"{") else {})
    opened = ((number, open_row(raw)) for number, raw in enumerate(raws, 1))
    return rows.each(opened, lambda row: _entry(row, told, names), lambda row: line(row.get("id_bigint")))


def _named(data: bytes) -> dict[str, str]:
    """The names of the formats that came with the meetings, English ones first."""
    whole = json_value(data)
    found = whole.get("formats") if isinstance(whole, dict) else None
    formats = [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
    formats.sort(key=lambda row: str(row.get("lang", "")) == "en")
    return {line(row.get("key_string")): line(row.get("name_string")).lower() for row in formats}


def _entry(row: Row, told: Told, names: Mapping[str, str]) -> Entry:
    if line(row.get("published") or "1") == "0":
        raise Unfit("The list says that it is not published.")
    keys = [key.strip() for key in line(row.get("formats")).split(",") if key.strip()]
    meaning = meaning_of(names[key] for key in keys if key in names)
    draft = rows.begin(told, row.get("id_bigint"), row.get("meeting_name"))
    rows.put(draft, formats=tuple(keys), host=line(row.get("service_body_name")))
    _put_place(draft, row)
    put_ways_in(draft, row, meaning)
    rows.put_place(draft, row.get("latitude"), row.get("longitude"))
    put_meaning(draft, meaning)
    _put_times(draft, row, told)
    draft.notes += [row.get("comments", ""), row.get("virtual_meeting_additional_info", "")]
    draft.venue_notes += _way_there(row)
    return rows.finish(draft)


def _put_place(draft: Draft, row: Row) -> None:
    town = (
        row.get("location_municipality")
        or row.get("location_city_subsection")
        or row.get("location_neighborhood")
    )
    rows.put(
        draft,
        venue=line(row.get("location_text")),
        street=line(row.get("location_street")),
        city=line(town),
        region=line(row.get("location_province") or row.get("location_sub_province")),
        postal_code=line(row.get("location_postal_code_1")),
        country=rows.country_of(row.get("location_nation")),
        website=rows.address_of_web(row.get("url")),
    )


def put_ways_in(draft: Draft, row: Row, meaning: Meaning) -> None:
    """By the type of venue; where a server has none, by what is there."""
    link = rows.address_of_web(row.get("virtual_meeting_link"))
    number = rows.dial_in(draft, row.get("phone_meeting_number"))
    here, online = VENUES.get(
        line(row.get("venue_type")), _by_what_is_there(draft, meaning, bool(link or number))
    )
    rows.put(
        draft,
        in_person=here,
        online=online,
        phone=bool(number),
        link=link,
        phone_number=number,
        link_private=meaning.openness == "members",
        status="paused" if meaning.closed and not online else "active",
    )
    if meaning.closed:
        draft.remarks.add("pause")


def _by_what_is_there(draft: Draft, meaning: Meaning, reachable: bool) -> tuple[bool, bool]:
    online = reachable or meaning.online
    return bool(draft.fields["street"] and (meaning.in_person or not meaning.online)) or not online, online


def _put_times(draft: Draft, row: Row, told: Told) -> None:
    day = read_day("bmlt", row.get("weekday_tinyint", ""))
    start = read_time(row.get("start_time"))
    if day is None:
        raise Unfit("Its weekday is none of 1 to 7.")
    if start is None:
        raise Unfit(f"“{line(row.get('start_time'), 40)}” is no time of day.")
    zone = rows.zone_for(draft, told, row.get("time_zone"))
    rows.put(draft, times=(rows.weekly(zone, day, start, read_length(row.get("duration_time"))),))


def _way_there(row: Row) -> list[str]:
    buses, trains = line(row.get("bus_lines")), line(row.get("train_lines"))
    said = [row.get("location_info", "")]
    said += [f"Bus: {buses}"] if buses else []
    return said + ([f"Train: {trains}"] if trains else [])
