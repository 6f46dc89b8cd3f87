"""TV-1."""

import pytest

from holdspace.sealing import passphrase
from holdspace.sealing.errors import SealError
from holdspace.sealing.tests.reading import cases, code_of, prototype, unhex

CASES = cases("passphrase")
GOOD = [name for name in CASES if "code" not in CASES[name]]


@pytest.mark.parametrize("name", GOOD)
def test_a_passphrase_makes_the_same_keys_everywhere(name: str) -> None:
    case = CASES[name]
    account_id = unhex(case["account_id"])
    stretched = passphrase.stretch(case["passphrase"], unhex(case["salt"]), case["profile"])
    assert passphrase.normalise(case["passphrase"]).hex() == case["bytes"]
    assert stretched.hex() == case["stretched"]
    assert passphrase.auth_key(stretched, account_id).hex() == case["auth_key"]
    assert passphrase.wrap_key(stretched, account_id).hex() == case["wrap_key"]


@pytest.mark.parametrize("name", [name for name in CASES if name not in GOOD])
def test_a_passphrase_is_refused(name: str) -> None:
    case = CASES[name]
    stretch = lambda: passphrase.stretch(case["passphrase"], unhex(case["salt"]), case["profile"])  # noqa: E731
    assert code_of(stretch) == case["code"]


def test_the_prototype_stretched_the_same() -> None:
    golden = prototype("account")
    stretched = passphrase.stretch(golden["passphrase"], unhex(golden["salt"]), passphrase.CHOSEN)
    assert passphrase.normalise(golden["passphrase"]).hex() == golden["norm"]
    assert stretched.hex() == golden["M"]
    assert passphrase.auth_key(stretched, unhex(golden["acct"])).hex() == golden["auth"]
    assert passphrase.wrap_key(stretched, unhex(golden["acct"])).hex() == golden["wrapk"]


def test_spaces_at_the_ends_and_capitals_count() -> None:
    assert len({passphrase.normalise(text) for text in ("rain", " rain", "rain ", "Rain")}) == 4


def test_512_bytes_are_the_most() -> None:
    assert len(passphrase.normalise("x" * 512)) == 512
    with pytest.raises(SealError, match="passphrase-bad"):
        passphrase.normalise("x" * 513)


def test_generated_passphrases_are_five_words_of_the_list_and_differ() -> None:
    listed = set(passphrase.word_list())
    made = {passphrase.generate() for _ in range(50)}
    assert len(listed) == 7776
    assert len(made) == 50
    assert all(len(each.split(" ")) == 5 and set(each.split(" ")) <= listed for each in made)
