"""TV-3."""

import pytest

from holdspace.sealing import keys
from holdspace.sealing.tests.reading import cases, prototype, unhex

CASES = cases("keys")


@pytest.mark.parametrize("name", [name for name in CASES if "group" in CASES[name]])
def test_group_keys_come_from_the_seed(name: str) -> None:
    case = CASES[name]
    made = keys.group_keys(unhex(case["seed"]), unhex(case["group"]), case["gen"])
    assert [made.x.hex(), made.e.hex()] == [case["x"], case["e"]]
    assert [made.x_pub.hex(), made.e_pub.hex()] == [case["x_pub"], case["e_pub"]]


def test_account_and_keyring_keys_come_from_the_seed() -> None:
    account, keyring = CASES["account"], CASES["keyring"]
    made = keys.account_keys(unhex(account["seed"]))
    assert [made.x_pub.hex(), made.e_pub.hex()] == [account["x_pub"], account["e_pub"]]
    assert keys.keyring_key(unhex(keyring["seed"]), unhex(keyring["account_id"])).hex() == keyring["key"]


def test_the_prototype_derived_the_same() -> None:
    account, group = prototype("account"), prototype("groupkeys")
    made = keys.account_keys(unhex(account["A"]))
    theirs = keys.group_keys(unhex(account["A"]), unhex(group["group"]), 1)
    assert (made.x + made.e).hex() == account["sk"]
    assert [made.x_pub.hex(), made.e_pub.hex()] == [account["xpk"], account["epk"]]
    assert [theirs.x.hex(), theirs.e.hex()] == [group["gx"], group["ge"]]
    assert [theirs.x_pub.hex(), theirs.e_pub.hex()] == [group["px"], group["pe"]]


def test_no_key_is_the_same_in_two_groups_or_generations() -> None:
    seed = keys.new_seed()
    pairs = [keys.group_keys(seed, group, gen) for group in (bytes(16), b"g" * 16) for gen in (1, 2)]
    assert len({pair.x_pub for pair in pairs} | {pair.e_pub for pair in pairs}) == 8


def test_key_pairs_do_not_show_what_they_hold() -> None:
    pairs = keys.account_keys(bytes(32))
    assert pairs.x.hex() not in repr(pairs)
    assert str(pairs.x) not in repr(pairs)


def test_ids_are_random_uuids() -> None:
    made = {keys.new_id() for _ in range(50)}
    assert len(made) == 50
    assert all(each[6] >> 4 == 4 and each[8] >> 6 == 2 for each in made)
