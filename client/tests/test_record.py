"""A record somebody saved: what it shows by signatures, and nothing by its own word."""

import json
from secrets import token_bytes
from typing import Any

import pytest

from client.change import Change
from client.device import now_ms
from client.group import Group
from client.lines import checked_record
from client.tests.conftest import Person
from client.trouble import Trouble
from holdspace.sealing import log_draft
from holdspace.sealing.codec import to_b64url
from holdspace.sealing.errors import SealError
from holdspace.sealing.log_entry import LogEntry


def rekeyed(group: Group) -> bytes:
    """An entry for the next place that is sent to nobody."""
    made = Change(group.state, group.member_id, group.keys)
    made.sign_new_epoch(lambda secret: log_draft.rekey(made.state, made.by, es=secret))
    return made.entries[0]


def side(entry: bytes) -> dict[str, str]:
    return {"head16": to_b64url(LogEntry.parse(entry).hash[:16]), "entry": to_b64url(entry)}


def saved(group: Group, *seen: object, **other: object) -> str:
    record = {"format": "holdspace-record", "v": 1, "time": now_ms(), "group": to_b64url(group.id)}
    return json.dumps(record | {"seen": list(seen)} | other)


def test_two_entries_that_members_signed_for_one_place_show_two_lists(
    ben: Person, amara: Person, together: str
) -> None:
    found = amara.group(together)
    seq, ours, other = len(found.entries), rekeyed(found), rekeyed(found)
    seen = {"code": "fork", "seq": seq, "ours": side(ours), "other": side(other)}
    told = ben.check_record(saved(found, seen))
    assert [each["shows"] for each in told["seen"]] == ["two-lists"]
    assert checked_record(told) == [
        f"At place {seq}: two different entries, both signed by people of this group. There are two lists."
    ]


def test_a_side_that_is_the_same_not_signed_elsewhere_or_missing_shows_nothing(
    ben: Person, amara: Person, together: str
) -> None:
    found = amara.group(together)
    seq, ours, other = len(found.entries), rekeyed(found), rekeyed(found)
    forged = other[:-64] + token_bytes(64)
    others: list[dict[str, str]] = [
        side(ours),
        side(forged),
        {"head16": side(other)["head16"]},
        {"entry": "AAAA"},
    ]
    seen = [{"code": "fork", "seq": seq, "ours": side(ours), "other": each} for each in others]
    elsewhere = {"code": "fork", "seq": seq - 1, "ours": side(ours), "other": side(other)}
    told = ben.check_record(saved(found, *seen, elsewhere))
    assert [each["shows"] for each in told["seen"]] == ["one-side"] * 5
    assert [each["other"] for each in told["seen"]] == [True, False, False, False, False]


def test_an_offered_key_that_the_signed_list_does_not_name_shows(ben: Person, together: str) -> None:
    found = ben.group(together)
    began = next(each for each in found.entries if each.draft.epoch == found.state.epoch)
    seen = {
        "code": "epoch-unlogged",
        "seq": began.draft.seq,
        "ours": side(began.data),
        "other": {},
        "epoch": found.state.epoch,
        "commit": to_b64url(began.draft.commit),
    }
    offers = [token_bytes(32), began.draft.commit]
    told = ben.check_record(saved(found, *(seen | {"offered": to_b64url(each)} for each in offers)))
    assert [each["shows"] for each in told["seen"]] == ["false-key", "one-side"]


def test_what_is_no_record_is_refused_in_a_sentence(ben: Person, together: str) -> None:
    found = ben.group(together)
    odd = ["", "[]", "{}", "null", saved(found, format="other"), saved(found, seen=3)]
    odd += [json.dumps({"format": "holdspace-record", "v": 1, "group": 5, "seen": []})]
    places: list[Any] = [None, {}, {"code": "fork", "seq": None, "ours": {}, "other": {}}]
    places += [{"code": "fork", "seq": 1, "ours": {"entry": 3}, "other": {}}]
    odd += [saved(found, seen=[each]) for each in places]
    for text in odd:
        with pytest.raises(Trouble) as refused:
            ben.check_record(text)
        assert refused.value.code == "no-record", text
    with pytest.raises(SealError) as later:
        ben.check_record(saved(found, v=2))
    assert later.value.code == "version"
