"""Log entries: bytes, hash, signature."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.sealing.errors import SealError
from holdspace.sealing.log_entry import Draft, LogEntry, sign_entry
from holdspace.sealing.primitives import e_public
from holdspace.sealing.tests.reading import cases, code_of, prototype, unhex

CIRCLE = cases("log")["circle"]
SEED = b"e" * 32
DRAFT = Draft(5, b"g" * 16, 1, b"p" * 32, 1_790_000_000_000, b"a" * 16, 2, b"c" * 32)


@pytest.mark.parametrize("at", range(len(CIRCLE["entries"])))
def test_an_entry_comes_back_byte_for_byte(at: int) -> None:
    data = unhex(CIRCLE["entries"][at])
    entry = LogEntry.parse(data)
    assert entry.draft.encode() + entry.signature == data
    assert entry.hash.hex() == CIRCLE["after"][at]["head"]


def test_the_prototype_hashed_the_same() -> None:
    golden = prototype("log")
    heads = [LogEntry.parse(unhex(data)).hash.hex() for data in golden["entries"]]
    assert heads == golden["heads"]
    assert heads[0][:32] == golden["genesis16"]


def test_a_signature_covers_every_byte_before_it() -> None:
    data = sign_entry(DRAFT, SEED)
    public = e_public(SEED)
    assert LogEntry.parse(data).is_signed_by(public)
    for at in range(len(data)):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        try:
            is_accepted = LogEntry.parse(changed).is_signed_by(public)
        except SealError:
            is_accepted = False
        assert not is_accepted


def test_an_entry_is_184_bytes_and_its_payload() -> None:
    assert len(sign_entry(replace(DRAFT, payload=b"x" * 165), SEED)) == 349
    assert len(sign_entry(DRAFT, SEED)) == 184


def test_an_entry_above_128_kib_is_none() -> None:
    data = sign_entry(replace(DRAFT, payload=bytes(128 * 1024)), SEED)
    assert code_of(lambda: LogEntry.parse(data)) == "log-format"


@given(st.binary(max_size=600))
def test_any_bytes_are_an_entry_or_refused(data: bytes) -> None:
    assert code_of(lambda: LogEntry.parse(data)) in (None, "log-format")
