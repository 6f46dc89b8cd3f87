"""Whatever bytes come, every parser answers or says why not; nothing changed ever opens."""

import hashlib
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.sealing import box, codec, envelope, history, invite, keyring, request, session_seal, wrap
from holdspace.sealing.errors import SENTENCES, SealError
from holdspace.sealing.log_entry import Draft, LogEntry, sign_entry
from holdspace.sealing.log_replay import apply
from holdspace.sealing.stamp import Opening
from holdspace.sealing.tests.reading import cases, circle, code_of, unhex
from tests.vectors.chains import circle as write_circle

LINK = invite.Link(bytes(16), bytes(16), bytes(16))
PARSERS: dict[str, Callable[[bytes], object]] = {
    "envelope": envelope.parse_envelope,
    "header": envelope.Header.parse,
    "inner": envelope.parse_inner,
    "opening": Opening.parse,
    "entry": lambda data: apply(circle(6), LogEntry.parse(data)),
    "genesis": lambda data: apply(None, LogEntry.parse(data)),
    "box": lambda data: box.open_box(1, b"", b"x" * 32, data),
    "wrapped": lambda data: wrap.unwrap_seed(data, bytes(32), bytes(16), 1, (bytes(32), bytes(32))),
    "history": history.parse_history,
    "session": lambda data: session_seal.open_session(data, bytes(16), bytes(32)),
    "keyring": lambda data: keyring.open_keyring(data, bytes(32)),
    "card": lambda data: invite.open_card(data, LINK),
    "request": lambda data: invite.parse_join_request(data[:165], data[165:]),
    "answer": lambda data: request.open_answer(data, b"x" * 32, bytes(16), bytes(16)),
    "note": lambda data: request.open_note(data, bytes(32), bytes(16), bytes(16)),
    "padded JSON": codec.from_padded_json,
}
MAGIC = [
    b"",
    b"HS\x01\x01\x01\0\0\0",
    b"HL\x01\x05",
    b"HB\x01\x01\x01\0",
    b"HW\x01\x01",
    b"HK\x01\0",
    b"HC\x01\0",
    b"HN\x01\0",
]


@pytest.mark.parametrize("name", PARSERS)
@given(magic=st.sampled_from(MAGIC), data=st.binary(max_size=500))
def test_any_bytes_are_read_or_refused_by_a_code(name: str, magic: bytes, data: bytes) -> None:
    assert code_of(lambda: PARSERS[name](magic + data)) in (None, *SENTENCES)


@given(
    type_=st.integers(2, 14),
    payload=st.binary(max_size=400)
    | st.binary(min_size=165, max_size=165)
    | st.binary(min_size=74, max_size=75),
    raises_epoch=st.booleans(),
)
def test_any_signed_payload_follows_or_is_refused_by_a_code_of_the_log(
    type_: int, payload: bytes, raises_epoch: bool
) -> None:
    log, ben = circle(8), replace(write_circle().person("ben"), gen=1)
    epoch, commit = (log.epoch + 1, bytes(32)) if raises_epoch else (log.epoch, log.epoch_commit)
    draft = Draft(type_, log.group, log.seq + 1, log.head, log.time_ms, ben.id, epoch, commit, payload)
    code = code_of(lambda: apply(log, LogEntry.parse(sign_entry(draft, ben.keys.e))))
    assert code is None or code.startswith("log-")


def _mutations(data: bytes, count: int) -> list[bytes]:
    """Bits flipped, bytes set, pieces cut out, doubled or moved; the same ones at each run."""
    made = []
    for number in range(count):
        dice = hashlib.sha256(number.to_bytes(4, "big")).digest()
        at, size = int.from_bytes(dice[:4], "big") % len(data), dice[4] % 40 + 1
        made.append(
            (
                data[:at] + bytes([data[at] ^ (1 << dice[5] % 8)]) + data[at + 1 :],
                data[:at] + dice[:size] + data[at + size :],
                data[:at] + data[at + size :],
                data[: at + size] + data[at:],
                data[at:] + data[:at],
            )[dice[6] % 5]
        )
    return made


def test_of_20000_changed_envelopes_none_opens() -> None:
    case = cases("envelope")["share"]
    good, k_msg = unhex(case["envelope"]), unhex(case["k_msg"])
    opened = 0
    for changed in _mutations(good, 20_000):
        if changed == good:
            continue
        try:
            envelope.unseal(envelope.parse_envelope(changed), k_msg)
            opened += 1
        except SealError:
            pass
    assert opened == 0


def test_of_2000_changed_entries_none_follows() -> None:
    good = unhex(cases("log")["circle"]["entries"][6])
    followed = 0
    for changed in _mutations(good, 2_000):
        if changed == good:
            continue
        try:
            apply(circle(6), LogEntry.parse(changed))
            followed += 1
        except SealError:
            pass
    assert followed == 0
