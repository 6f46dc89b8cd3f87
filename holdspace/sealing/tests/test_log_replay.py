"""TV-11 and TV-13: replay, and every entry it must refuse."""

from dataclasses import replace
from typing import Any

import pytest

from holdspace.sealing.envelope import Position, check_position
from holdspace.sealing.log_entry import LogEntry
from holdspace.sealing.log_payload import Agreement
from holdspace.sealing.log_replay import LogState, Replayed, apply, check_pin, replay
from holdspace.sealing.tests.reading import cases, code_of, prototype, unhex
from tests.vectors.chains import summary

LOGS = cases("log")
REFUSED = [(log, name) for log in ("circle", "stewarded") for name in LOGS[log]["refused"]]
PINS = [(log, name) for log in ("circle", "stewarded") for name in LOGS[log]["pins"]]


def _entries(log: str) -> list[bytes]:
    return [unhex(data) for data in LOGS[log]["entries"]]


def _state(log: str, entries: int) -> LogState:
    state = replay(_entries(log)[:entries]).state
    assert state
    return state


def _hexed(value: Any) -> Any:
    """Bytes to hex, as in the file."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list | tuple):
        return [_hexed(each) for each in value]
    return {name: _hexed(each) for name, each in value.items()} if isinstance(value, dict) else value


@pytest.mark.parametrize("log", ["circle", "stewarded"])
def test_a_good_log_adds_up_to_the_same_after_each_entry(log: str) -> None:
    state = None
    for data, expected in zip(_entries(log), LOGS[log]["after"], strict=True):
        state = apply(state, LogEntry.parse(data))
        assert _hexed(summary(state)) == expected


@pytest.mark.parametrize("log", ["circle", "stewarded"])
def test_a_log_is_replayed_whole_or_from_a_verified_state(log: str) -> None:
    group, genesis16 = unhex(LOGS[log]["group"]), unhex(LOGS[log]["genesis16"])
    whole = replay(_entries(log), group=group, genesis16=genesis16)
    assert whole.failed is None
    assert replay(_entries(log)[4:], start=_state(log, 4)) == whole


@pytest.mark.parametrize(("log", "name"), REFUSED)
def test_an_entry_that_must_not_follow_is_refused(log: str, name: str) -> None:
    case = LOGS[log]["refused"][name]
    good = _entries(log)[: case["after"]]
    replayed = replay([*good, unhex(case["entry"]), *good])
    assert replayed.failed
    assert replayed.failed.code == case["code"]
    assert (replayed.seq, replayed.state) == (case["after"], _state(log, case["after"]))


@pytest.mark.parametrize("name", LOGS["genesis"]["refused"])
def test_a_first_entry_that_begins_nothing_is_refused(name: str) -> None:
    case = LOGS["genesis"]["refused"][name]
    replayed = replay([unhex(case["entry"])])
    assert replayed.failed
    assert (replayed.state, replayed.failed.code, replayed.seq) == (None, case["code"], 0)


@pytest.mark.parametrize("at", range(len(LOGS["circle"]["entries"])))
def test_a_flipped_bit_anywhere_stops_the_replay_there(at: int) -> None:
    entries = _entries("circle")
    data = bytearray(entries[at])
    data[(at * 37) % len(data)] ^= 4
    replayed = replay([*entries[:at], bytes(data), *entries[at + 1 :]])
    assert (replayed.seq, replayed.failed is None) == (at, False)


def test_an_entry_left_out_stops_the_replay_there() -> None:
    entries = _entries("circle")
    replayed = replay(entries[:6] + entries[7:])
    assert replayed.failed
    assert (replayed.seq, replayed.failed.code) == (6, "log-chain")


@pytest.mark.parametrize(("log", "name"), PINS)
def test_pins_and_fingerprints_hold(log: str, name: str) -> None:
    case = LOGS[log]["pins"][name]
    if "genesis16" in case:
        replayed = replay(_entries(log), genesis16=unhex(case["genesis16"]))
        assert replayed.failed
        assert (replayed.state, replayed.failed.code) == (None, case["code"])
    else:
        state = _state(log, case["entries"])
        assert code_of(lambda: check_pin(state, case["seq"], unhex(case["head16"]))) == case.get("code")


def test_another_groups_log_is_not_the_one_asked_for() -> None:
    replayed = replay(_entries("circle"), group=unhex(LOGS["stewarded"]["group"]))
    assert replayed.failed
    assert replayed.failed.code == "log-fingerprint"


def test_what_waits_comes_into_force_at_its_hour_and_not_before() -> None:
    state = _state("stewarded", len(_entries("stewarded")))
    for expected in LOGS["stewarded"]["at"]:
        shown = {name: it for name, it in expected.items() if name != "now_ms"}
        assert _hexed(summary(state.at(expected["now_ms"]))) == shown


def test_two_entries_at_one_seq_are_a_fork_to_each_other() -> None:
    case = LOGS["fork"]["two at one seq"]
    state = _state("circle", case["after"])
    one, other = (apply(state, LogEntry.parse(unhex(data))) for data in case["entries"])
    assert [one.head.hex(), other.head.hex()] == case["heads"]
    assert code_of(lambda: check_position(one, Position(other.seq, other.head16))) == case["code"]
    assert code_of(lambda: check_position(one, Position(one.seq, one.head16))) is None


def _with_agreement(replayed: Replayed) -> LogState:
    """The prototype's chain has no AGREEMENT; its entries were made before there was one."""
    assert replayed.state
    return replace(replayed.state, agreement=Agreement(1, 1, bytes(32)))


def _prototype_state(entries: int) -> LogState | None:
    state = None
    for data in prototype("log")["entries"][:entries]:
        state = _with_agreement(replay([unhex(data)], start=state))
    return state


def test_the_prototypes_chain_is_good() -> None:
    state = _prototype_state(5)
    assert state
    assert state.head.hex() == prototype("log")["heads"][-1]
    assert [state.epoch, len(state.active()), state.leavers()] == [3, 1, []]


@pytest.mark.parametrize("name", prototype("log")["bad"])
def test_what_the_prototype_refused_is_refused(name: str) -> None:
    case = prototype("log")["bad"][name]
    replayed = replay([unhex(case["entry"])], start=_prototype_state(case["at"]))
    assert replayed.failed
    assert replayed.failed.code == case["code"]


def test_nobody_is_added_before_the_agreement() -> None:
    replayed = replay([unhex(data) for data in prototype("log")["entries"]])
    assert replayed.failed
    assert (replayed.seq, replayed.failed.code) == (2, "log-authority")
