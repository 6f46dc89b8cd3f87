"""Payloads: what comes back, and that every parser is total. What is refused is in the vectors of the log."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.sealing import log_payload
from holdspace.sealing.log_payload import Agreement, InviteTerms, Policy, Record
from holdspace.sealing.primitives import e_public, x_public
from holdspace.sealing.tests.reading import code_of

X, E = x_public(b"x" * 32), e_public(b"e" * 32)
PARSERS: list[Callable[[bytes], object]] = [
    Record.parse,
    Policy.parse,
    InviteTerms.parse,
    Agreement.parse,
    log_payload.parse_records,
    log_payload.parse_ids,
    log_payload.parse_id,
    log_payload.parse_role,
    log_payload.parse_fkey,
    log_payload.parse_leads,
    log_payload.parse_nothing,
]


def test_a_record_comes_back() -> None:
    record = Record(b"m" * 16, 3, X, E, 1, b"i" * 16, b"s" * 64)
    assert len(record.encode()) == log_payload.RECORD_SIZE
    assert Record.parse(record.encode()) == record
    assert record.has_invite
    assert not Record(b"m" * 16, 3, X, E).has_invite


@pytest.mark.parametrize(
    "policy",
    [
        Policy(),
        Policy(steward=E),
        Policy(E, ((b"n" * 32, X),) * 3, 2, 0, False),
        Policy(E, (), 500, 65535, True),
    ],
)
def test_a_policy_comes_back(policy: Policy) -> None:
    assert Policy.parse(policy.encode()) == policy


def test_a_policy_that_says_nothing_has_defaults() -> None:
    assert Policy.parse(b"") == Policy(None, (), 500, 14, True)


@pytest.mark.parametrize("is_known", [True, False])
def test_terms_come_back(is_known: bool) -> None:
    terms = InviteTerms(b"i" * 16, E, 1_790_000_000_000, 30, b"t" * 16, is_known)
    assert len(terms.encode()) == 74 + is_known
    assert InviteTerms.parse(terms.encode()) == terms


def test_an_invite_from_a_listing_is_for_one_newcomer() -> None:
    terms = InviteTerms(b"i" * 16, E, 1_790_000_000_000, from_listing=True)
    assert terms.encode()[74:] == b"\x02"
    assert InviteTerms.parse(terms.encode()) == terms
    for other in (replace(terms, uses=2), replace(terms, target=b"t" * 16)):
        assert code_of(partial(InviteTerms.parse, other.encode())) == "log-format"


def test_agreement_key_and_leads_come_back() -> None:
    agreement = Agreement(1, 2, b"h" * 32)
    leads = ((b"n" * 32, X),) * 3
    assert Agreement.parse(agreement.encode()) == agreement
    assert log_payload.parse_fkey(log_payload.encode_fkey(X, 4)) == (X, 4)
    assert log_payload.parse_leads(log_payload.encode_leads(leads)) == leads
    assert log_payload.parse_leads(b"") == ()


@pytest.mark.parametrize("parse", PARSERS)
@given(data=st.binary(max_size=400))
def test_any_bytes_are_a_payload_or_refused(parse: Callable[[bytes], object], data: bytes) -> None:
    assert code_of(lambda: parse(data)) in (None, "log-format")


@given(st.lists(st.tuples(st.integers(0, 7), st.binary(max_size=70)), max_size=6))
def test_any_tlvs_are_a_policy_or_refused(fields: list[tuple[int, bytes]]) -> None:
    data = b"".join(bytes([type_]) + len(value).to_bytes(2, "big") + value for type_, value in fields)
    assert code_of(lambda: Policy.parse(data)) in (None, "log-format")
