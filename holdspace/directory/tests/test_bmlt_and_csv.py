"""BMLT answers, and the tables volunteers keep."""

import json
from collections import Counter

from holdspace.directory.entry import Entry
from holdspace.directory.formats.rows import Refusal, Told
from holdspace.directory.tests.lists import DATA, entries, read


def test_a_bmlt_answer_is_read_and_sunday_is_its_first_day() -> None:
    raw = json.loads((DATA / "new-york-60.bmlt.json").read_text())
    found = entries("bmlt", raw)
    assert len(found) == 60
    assert found[0].times[0].weekday == (int(raw[0]["weekday_tinyint"]) - 2) % 7
    assert not any(entry.held for entry in found)
    assert Counter(entry.openness for entry in found)["open"] > 20


def test_a_bmlt_server_may_name_its_own_formats() -> None:
    row = {
        "id_bigint": "7", "meeting_name": "A", "weekday_tinyint": "1", "start_time": "19:00:00", "duration_time": "01:15:00", "venue_type": "3",
        "time_zone": "Europe/Rome", "formats": "ZZ,WC", "virtual_meeting_link": "https://meet.example.org/b", "bus_lines": "12", "published": "1",
    }  # fmt: skip
    whole = {
        "meetings": [row, row | {"published": "0", "id_bigint": "8"}],
        "formats": [{"key_string": "ZZ", "name_string": "Closed", "lang": "en"}],
    }
    entry, refused = read("bmlt", json.dumps(whole).encode())
    assert isinstance(entry, Entry)
    assert (entry.openness, entry.in_person, entry.online, entry.access) == (
        "members",
        True,
        True,
        ("step_free",),
    )
    assert (entry.times[0].weekday, entry.times[0].minutes, entry.venue_notes) == (6, 75, "Bus: 12")
    assert entry.link_private
    assert refused == Refusal(2, "8", "The list says that it is not published.")


def test_a_table_of_volunteers_is_read_with_its_own_names_for_days_and_types() -> None:
    table = (
        "Day;Start Time;End Time;Meeting Name;Address;Types;Notes;Timezone\r\n"
        'Monday;6:00 PM;19:30;Évening;"1 Rue Haute, Lyon, France";"Open, Wheelchair Access, Discussion";<b>Door</b> at the back;Europe/Paris\r\n'
        "\r\n"
        "Tues & Thu;9am;;Morning;;;;Europe/Paris\r\n"
        "Nonday;9am;;Wrong;;;;Europe/Paris\r\n"
    ).encode("cp1252")
    evening, morning, wrong = read("csv", table, Told("lyon", "aa"))
    assert isinstance(evening, Entry)
    assert isinstance(morning, Entry)
    assert (evening.name, evening.city, evening.country, evening.openness) == (
        "Évening",
        "Lyon",
        "FR",
        "open",
    )
    assert (evening.access, evening.structure, evening.times[0].minutes) == (("step_free",), "topic", 90)
    assert evening.notes.startswith("Door at the back")
    assert [hours.weekday for hours in morning.times] == [1, 3]
    assert wrong == Refusal(5, "", "Its day is none of the seven of a week.")
    assert evening.key == read("csv", table, Told("lyon", "aa"))[0].key
