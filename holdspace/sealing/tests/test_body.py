"""Bodies: each kind's fields. What is refused is in the vectors of opening."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.sealing.body import HELP_WANTED, read_body
from holdspace.sealing.codec import to_json
from holdspace.sealing.tests.reading import cases, code_of, unhex


@pytest.mark.parametrize("name", cases("envelope"))
def test_every_body_of_the_vectors_is_read(name: str) -> None:
    case = cases("envelope")[name]
    assert read_body(case["kind"], unhex(case["body"]))["v"] == 1


@pytest.mark.parametrize("wish", [*HELP_WANTED, None])
def test_a_share_may_say_what_would_help(wish: str | None) -> None:
    assert read_body(1, to_json({"v": 1, "t": "x", "h": wish}))["h"] == wish


def test_text_is_counted_in_signs_not_bytes() -> None:
    assert read_body(2, to_json({"v": 1, "t": "\U0001f327" * 20_000}))
    assert code_of(lambda: read_body(2, to_json({"v": 1, "t": "\U0001f327" * 20_001}))) == "damaged"


@given(st.sampled_from([1, 2, 3, 8, 9, 11]), st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(kind: int, data: bytes) -> None:
    assert code_of(lambda: read_body(kind, data)) in (None, "damaged", "version")


@given(
    st.sampled_from([1, 2, 8, 9, 11]),
    st.dictionaries(
        st.sampled_from(
            ["t", "h", "n", "name", "profiles", "agreement", "place", "type", "of", "version", "sha256"]
        ),
        st.none() | st.booleans() | st.floats() | st.text() | st.lists(st.integers()) | st.just({"n": 1}),
    ),
)
def test_any_fields_are_read_or_refused(kind: int, fields: dict[str, object]) -> None:
    assert code_of(lambda: read_body(kind, to_json({**fields, "v": 1}))) in (None, "damaged")
