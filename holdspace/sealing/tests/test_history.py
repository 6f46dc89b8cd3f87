"""TV-19: history for somebody who came back under new keys."""

from typing import Any

import pytest

from holdspace.sealing import history
from holdspace.sealing.history import Return
from holdspace.sealing.log_entry import LogEntry
from holdspace.sealing.log_replay import LogState, replay
from holdspace.sealing.tests.reading import cases, code_of, unhex

CASES = cases("history")
LOGS = [name for name in CASES if "owed" in CASES[name]]
BOXES = [name for name in CASES if "box" in CASES[name]]
HOUR_MS = 3_600_000


def log_of(case: Any) -> tuple[LogState, list[Return]]:
    """The log of a case, and who came back in it."""
    datas = [unhex(each) for each in case["entries"]]
    state = replay(datas).state
    assert state is not None
    return state, history.find_returns(state, map(LogEntry.parse, datas))


@pytest.mark.parametrize("name", LOGS)
def test_the_log_says_who_came_back_and_what_they_are_owed(name: str) -> None:
    case = CASES[name]
    state, [back] = log_of(case)
    told = (back.member.id.hex(), back.member.gen, back.seq, back.time_ms)
    assert told == (case["member"], case["gen"], case["seq"], case["time_ms"])
    assert history.owed_epochs(back.member) == case["owed"]
    assert history.lost_epochs(state, back.member) == case["lost"] == []
    lonely, [late] = log_of(case["alone"])
    assert history.lost_epochs(lonely, late.member) == case["alone"]["lost"] == case["owed"]


@pytest.mark.parametrize("name", LOGS)
def test_it_waits_two_days_unless_two_vouched_and_no_clock_makes_that_shorter(name: str) -> None:
    _, [back] = log_of(CASES[name])
    for seen, due in CASES[name]["due"]:
        assert back.due_ms(back.time_ms + seen * HOUR_MS) == back.time_ms + due * HOUR_MS
    assert back.due_ms(0) == back.due_ms(back.time_ms)


@pytest.mark.parametrize("name", BOXES)
def test_only_what_the_log_names_comes_out_of_a_box(name: str) -> None:
    case = CASES[name]
    state, [back] = log_of(case)
    x, sealed = unhex(case["x"]), unhex(case["box"])
    assert code_of(lambda: history.open_history(state, back, x, sealed)) == case.get("code")
    if "code" not in case:
        found = history.open_history(state, back, x, sealed)
        assert {str(epoch): es.hex() for epoch, es in found.items()} == case["kept"]


def test_what_is_given_is_what_is_taken() -> None:
    case = CASES["all right"]
    state, [back] = log_of(case)
    held = {int(epoch): unhex(es) for epoch, es in case["kept"].items()}
    sealed = history.seal_history(state, back, held | {1: bytes(32), 5: bytes(32)})
    assert sealed is not None
    assert history.open_history(state, back, unhex(case["x"]), sealed) == held
    assert history.seal_history(state, back, {2: bytes(32)}) is None


def test_a_group_that_wants_no_history_given_gives_none() -> None:
    circle = cases("log")["circle"]
    state, [back] = log_of({"entries": circle["entries"][:15]})
    held = {int(epoch): unhex(es) for epoch, es in circle["secrets"].items()}
    assert not state.policy.rebind_history
    assert history.owed_epochs(back.member)
    assert history.seal_history(state, back, held) is None
