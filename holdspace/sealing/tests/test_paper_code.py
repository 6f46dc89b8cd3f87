"""TV-17."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.sealing import paper_code
from holdspace.sealing.tests.reading import cases, code_of, unhex

CASES = cases("paper_code")
READ = [name for name in CASES if "text" in CASES[name]]


@pytest.mark.parametrize("name", READ)
def test_a_code_is_read_or_refused(name: str) -> None:
    case = CASES[name]
    if "code" in case:
        assert code_of(lambda: paper_code.read_code(case["text"], case["kind"])) == case["code"]
    else:
        assert paper_code.read_code(case["text"], case["kind"]).hex() == case["secret"]


@pytest.mark.parametrize("kind", ["recovery", "steward"])
def test_a_code_is_written_in_seven_groups_of_four(kind: str) -> None:
    case = CASES[kind]
    text = paper_code.write_code(unhex(case["secret"]), kind)
    assert text == case["text"]
    assert [len(group) for group in text.split("-")] == [4] * 7


def test_what_a_recovery_code_makes() -> None:
    case = CASES["what a recovery code makes"]
    secret, account_id = unhex(case["secret"]), unhex(case["account_id"])
    assert paper_code.recovery_auth(secret, account_id).hex() == case["auth"]
    assert paper_code.recovery_wrap(secret, account_id).hex() == case["wrap"]
    assert paper_code.steward_seed(secret).hex() == case["steward_seed"]


@given(st.binary(min_size=16, max_size=16))
def test_every_code_is_read_back(secret: bytes) -> None:
    text = paper_code.write_code(secret, paper_code.RECOVERY)
    assert paper_code.read_code(text, paper_code.RECOVERY) == secret


@given(st.text(alphabet="0123456789ABCDEFGHJKMNPQRSTVWXYZoOiIlL- \u0130\u00df", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert code_of(lambda: paper_code.read_code(text, paper_code.RECOVERY)) in (None, "code-damaged")


def test_new_secrets_differ() -> None:
    assert len({paper_code.new_secret() for _ in range(20)}) == 20
