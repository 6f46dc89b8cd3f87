"""TV-5 and TV-12: epoch keys, and rule K1."""

import pytest

from holdspace.sealing import epoch
from holdspace.sealing.tests.reading import cases, circle, code_of, prototype, unhex

CASES = cases("epoch")
LAST = len(cases("log")["circle"]["entries"])


@pytest.mark.parametrize("name", [name for name in CASES if "code" not in CASES[name]])
def test_a_secret_makes_its_commit_and_key(name: str) -> None:
    case = CASES[name]
    group, es = unhex(case["group"]), unhex(case["es"])
    assert epoch.epoch_commit(group, case["epoch"], es).hex() == case["commit"]
    assert epoch.message_key(group, case["epoch"], es).hex() == case["k_msg"]
    epoch.check_epoch_secret(circle(LAST), case["epoch"], es)


@pytest.mark.parametrize("name", [name for name in CASES if "code" in CASES[name]])
def test_a_key_the_log_does_not_name_is_not_used(name: str) -> None:
    case = CASES[name]
    check = lambda: epoch.check_epoch_secret(circle(LAST), case["epoch"], unhex(case["es"]))  # noqa: E731
    assert code_of(check) == case["code"]


def test_the_prototype_made_the_same() -> None:
    golden = prototype("epoch")
    group, es = unhex(golden["group"]), unhex(golden["es"])
    assert epoch.epoch_commit(group, 7, es).hex() == golden["commit"]
    assert epoch.message_key(group, 7, es).hex() == golden["kmsg"]


def test_finding_a_key_says_why_there_is_none() -> None:
    log = circle(LAST)
    people = cases("log")["circle"]["people"]
    amara, eli = unhex(people["amara"]), unhex(people["eli"])
    es = unhex(CASES["epoch 2"]["es"])
    find = epoch.find_message_key
    assert find(log, amara, {2: es}, 2).hex() == CASES["epoch 2"]["k_msg"]
    assert code_of(lambda: find(log, amara, {}, 2)) == "no-epoch-box"
    assert code_of(lambda: find(log, amara, {1: es}, 1)) == "before-you-joined"
    assert code_of(lambda: find(log, amara, {5: es}, 5)) == "before-you-joined"
    assert code_of(lambda: find(log, amara, {2: bytes(32)}, 2)) == "epoch-unlogged"
    assert code_of(lambda: find(log, eli, {4: es}, 4)) == "before-you-joined"
    assert code_of(lambda: find(log, bytes(16), {2: es}, 2)) == "before-you-joined"


def test_new_secrets_differ() -> None:
    assert len({epoch.new_epoch_secret() for _ in range(20)}) == 20
