"""Lists that are none, or mean harm: a plain sentence, bounded memory and time, and never a half-read row."""

import gzip
import io
import json
import time
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdspace.directory import formats
from holdspace.directory.entry import Entry
from holdspace.directory.formats import reading, words
from holdspace.directory.formats.reading import MEBIBYTE, Unreadable, read_whole
from holdspace.directory.formats.rows import Refusal, Told, address_of_web

TOLD = Told("x", "aa", "Europe/Berlin")
ROW = {"name": "A", "slug": "a", "day": 1, "time": "8:00"}
JSON_FORMATS = ["meeting-guide", "bmlt", "lgv", "hsds", "geojson"]


class Endless(io.RawIOBase):
    """A file that never ends, and counts what was taken from it."""

    taken = 0

    def read(self, size: int = -1) -> bytes:
        self.taken += size
        return b"[" * size


# Its head holds the time it was made, else.
PACKED = gzip.compress(b"[]" * 500, mtime=0)


def one(row: object) -> Entry | Refusal:
    """What becomes of one row."""
    (found,) = formats.read("meeting-guide", json.dumps([row]).encode(), TOLD)
    return found


@pytest.mark.parametrize("form", formats.READERS)
@pytest.mark.parametrize(
    "data",
    [b"", b"   ", b"<!DOCTYPE html><html>Not found</html>", b"\x00\x01\x02\xff\xfe", b"[" * 200_000, b'{"a":' * 200_000, b'[{"name": "A"', b"null", b"7"],
    ids=["empty", "blank", "web page", "noise", "deep", "deep objects", "cut off", "null", "number"],
)  # fmt: skip
def test_what_is_no_list_is_refused_whole_with_a_sentence(form: str, data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        list(formats.read(form, data, TOLD))
    assert str(refused.value).endswith(".")


def test_a_list_of_another_format_is_not_half_read() -> None:
    rows = {
        "meeting-guide": ROW,
        "bmlt": {"weekday_tinyint": "1", "start_time": "9:00"},
        "lgv": {"name": "A", "weekday": 1, "start_time": "9"},
    }
    for form in rows:
        for other, row in rows.items():
            if form != other:
                with pytest.raises(Unreadable, match="as this format writes"):
                    list(formats.read(form, json.dumps([row]).encode(), TOLD))


def test_a_file_without_end_is_left_after_its_limit() -> None:
    endless = Endless()
    with pytest.raises(Unreadable, match="larger than 1 MB"):
        read_whole(endless, MEBIBYTE)  # type: ignore[arg-type]
    assert endless.taken < 2 * MEBIBYTE


def test_a_packed_bomb_is_left_after_its_limit_too() -> None:
    bomb = gzip.compress(b" " * 200 * MEBIBYTE, 1)
    tracemalloc.start()
    with pytest.raises(Unreadable, match="larger than 8 MB"):
        read_whole(io.BytesIO(bomb), 8 * MEBIBYTE)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * MEBIBYTE


def test_a_zip_that_unpacks_without_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("holdspace.directory.formats.hsds.MOST_BYTES", 4 * MEBIBYTE)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("services.csv", b"id,name\n" + b"0" * 8 * MEBIBYTE)
    with pytest.raises(Unreadable, match="larger than 1 MB"):
        list(formats.read("hsds", packed.getvalue(), TOLD))


@pytest.mark.parametrize(
    "data", [PACKED[:-20], PACKED[:20] + b"x" * 30], ids=["without its end", "with another end"]
)
def test_a_damaged_packed_file_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_whole(io.BytesIO(data))


@pytest.mark.parametrize(
    "row",
    [
        b'{"name": ' + b"9" * 1_000_000 + b"}", b'{"name": 1e999}', b'{"name": ' + b"[" * 200 + b"]" * 200 + b', "deep": ' + b"[" * 3000 + b"]" * 3000 + b"}",
        b'{"name": "' + b"x" * 300_000 + b'"}', b"[]", b'"x"', b"{}",
    ],
    ids=["number", "infinity", "deep", "long", "list", "word", "nothing"],
)  # fmt: skip
def test_a_bomb_in_one_row_costs_that_row_alone(row: bytes) -> None:
    data = b"[" + row + b"," + json.dumps(ROW).encode() + b"]"
    try:
        bad, good = formats.read("meeting-guide", data, TOLD)
    except Unreadable:
        assert b"[[[[" in row  # what can't be skipped can't be cut into rows either
        return
    assert isinstance(bad, Refusal)
    assert isinstance(good, Entry)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_come_right_in_the_encodings_programs_write(encoding: str) -> None:
    data = json.dumps([ROW | {"name": "Caf\xe9 \u2013 B\xfcro"}], ensure_ascii=False).encode(encoding)
    (found,) = formats.read("meeting-guide", data, TOLD)
    assert isinstance(found, Entry)
    assert found.name == "Caf\xe9 \u2013 B\xfcro"


def test_pairs_are_letters_and_halves_are_none() -> None:
    data = b'[{"slug": "a", "name": "\\ud83d\\ude00 \\ud83dx\\ude00", "notes": "line\none\ttab"}]'
    (found,) = formats.read("meeting-guide", data, TOLD)
    assert isinstance(found, Entry)
    assert found.name == "\U0001f600 \ufffdx\ufffd"
    assert found.notes == "line one tab"


def test_markup_scripts_and_tricks_of_direction_leave_only_words() -> None:
    found = one(
        ROW
        | {
            "notes": "<p>One &amp; two<script>steal()</script><br>three</p><img src=x onerror=alert(1)>&lt;b&gt;four&lt;/b&gt;\u202egnp.exe\u200b"
        }
    )
    assert isinstance(found, Entry)
    assert found.notes == "One & two\nthree\nfourgnp.exe"


@pytest.mark.parametrize(
    "written",
    ["javascript:alert(1)", "data:text/html,x", "https://me:word@bank.example/", "//evil.example", "https://a b.example", "ftp://x", "https://", "http://[", None],
)  # fmt: skip
def test_addresses_that_are_no_plain_web_address_are_left_out(written: object) -> None:
    assert address_of_web(written) == ""


def test_a_room_open_for_fifteen_hours_is_kept_and_shown_to_a_person() -> None:
    found = one(ROW | {"time": "9:00", "end_time": "0:00"})
    assert isinstance(found, Entry)
    assert found.times[0].minutes == 900
    assert "long" in found.remarks


def test_markup_without_end_takes_no_time() -> None:
    begun = time.perf_counter()
    for piece in ("<a ", "<!--", "<![CDATA[", "&#", "<script>", "<<<<", "</", '<a b="'):
        words.plain(piece * 200_000)
    assert time.perf_counter() - begun < 10


@pytest.mark.parametrize(
    "piece", ["1 ", "A. ", "first ", "call ", "1st and ", "zoom id ", "a@", "every ", "1-", "Sam X "]
)
def test_notes_made_to_slow_a_pattern_down_do_not(piece: str) -> None:
    begun = time.perf_counter()
    one(ROW | {"notes": piece * 4000, "location_notes": piece * 4000, "name": piece * 60})
    assert time.perf_counter() - begun < 5


def test_a_cell_without_end_is_named_by_its_line() -> None:
    table = b'Name,Day,Time\nA,Monday,"8:00\n' + b"x" * (reading.MOST_CHARACTERS_OF_A_CELL + 10)
    with pytest.raises(Unreadable, match="lone quote"):
        list(formats.read("csv", table, TOLD))


def test_a_list_longer_than_can_be_is_refused_before_its_rows_are_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    with pytest.raises(Unreadable, match="more than 3 rows"):
        list(formats.read("meeting-guide", json.dumps([ROW] * 4).encode(), TOLD))


_anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
_NAMED = """
name slug day time end_time timezone types notes address city formatted_address latitude longitude conference_url regions updated
id_bigint meeting_name weekday_tinyint start_time duration_time formats venue_type published comments bus_lines meetings
server_id meeting_id weekday duration physical_address virtual_information time_zone organization_key properties geometry
id description schedules service_at_locations location addresses languages service organization opens_at byday freq dtstart
"""
_FIELDS = _NAMED.split()
_SIGNS = dict.fromkeys(
    ("name", "slug", "weekday", "start_time", "weekday_tinyint")
)  # what a format is known by


@pytest.mark.parametrize("form", JSON_FORMATS)
@given(row=st.dictionaries(st.sampled_from(_FIELDS), _anything, max_size=14).map(lambda row: _SIGNS | row))
@settings(max_examples=150, deadline=None)
def test_whatever_the_fields_hold_a_row_is_read_or_refused(form: str, row: dict[str, object]) -> None:
    data = json.dumps({"features": [row]} if form == "geojson" else [row]).encode()
    try:
        found = list(formats.read(form, data, TOLD))
    except Unreadable:
        return
    assert len(found) == 1 or form == "hsds"
    assert all(isinstance(each, Entry | Refusal) for each in found)


@given(text=st.text(alphabet="BEGIN:VTU\nDSRLFQ=;WKYMO0123456789TZ-,P", max_size=300))
@settings(max_examples=150, deadline=None)
def test_whatever_an_event_holds_it_is_read_or_refused(text: str) -> None:
    calendar = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:A\nDTSTART;TZID=Europe/Berlin:20260105T180000\n{text}\nEND:VEVENT\nEND:VCALENDAR\n"
    for found in formats.read("ical", calendar.encode(), TOLD):
        assert isinstance(found, Entry | Refusal)


_PARTS = """
FREQ=WEEKLY FREQ=MONTHLY FREQ=DAILY FREQ=YEARLY FREQ=SECONDLY INTERVAL=2 INTERVAL=0 INTERVAL=99999 BYDAY=MO,TU BYDAY=2TU BYDAY=-1SU,1MO
BYDAY=XX BYSETPOS=2 BYSETPOS=-1 BYMONTHDAY=31 BYMONTHDAY=-1 COUNT=3 COUNT=99999999 COUNT=0 UNTIL=20260101T000000Z UNTIL=20300101 WKST=SU
BYMONTH=2 BYHOUR=3
"""


@given(rule=st.lists(st.sampled_from(_PARTS.split()), max_size=6))
@settings(max_examples=200, deadline=None)
def test_whatever_a_rule_says_it_is_hours_or_words(rule: list[str]) -> None:
    calendar = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nSUMMARY:A\nDTSTART;TZID=Europe/Berlin:20260131T180000\nRRULE:{';'.join(rule)}\nEND:VEVENT\nEND:VCALENDAR\n"
    (found,) = formats.read("ical", calendar.encode(), TOLD)
    if isinstance(found, Entry):
        assert all(hours.every in ("week", "nth", "monthday", "once") for hours in found.times)
