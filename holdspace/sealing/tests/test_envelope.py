"""TV-6 to TV-9: envelopes, and every check of opening in its order."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.sealing import envelope
from holdspace.sealing.codec import to_json
from holdspace.sealing.envelope import Header, Opened, Place, Position, Said
from holdspace.sealing.epoch import find_message_key
from holdspace.sealing.primitives import ae_open
from holdspace.sealing.tests.reading import cases, circle, code_of, prototype, unhex

SEALED, OPENED = cases("envelope"), cases("open")
K_MSG = bytes(range(32))
HEADER = Header(1, b"g" * 16, 3, b"i" * 16, b"a" * 16)
POSITION = Position(7, b"h" * 16)


def _header(case: dict[str, Any]) -> Header:
    place = unhex(case["group"]), case["epoch"], unhex(case["item_id"]), unhex(case["author"])
    return Header(case["kind"], *place, case["revision"], unhex(case["parent"]))


def _place(group: bytes, expect: dict[str, Any]) -> Place:
    fields = {name: it if name == "epoch" else unhex(it) for name, it in expect.items()}
    return Place(**{"group": group} | fields)


def _open(case: dict[str, Any]) -> Opened:
    log = circle(case["entries"])
    held = {int(epoch): unhex(es) for epoch, es in case["held"].items()}
    seen = {unhex(item): (revision, unhex(hash_)) for item, revision, hash_ in case["seen"]}
    return envelope.open_envelope(
        unhex(case["envelope"]),
        expect=_place(log.group, case["expect"]),
        log=log,
        key_of=lambda header: find_message_key(log, unhex(case["me"]), held, header.epoch),
        seen=seen,
    )


@pytest.mark.parametrize("name", SEALED)
def test_sealing_gives_the_very_bytes_and_they_open(name: str) -> None:
    case = SEALED[name]
    said = Said(Position(case["seq"], unhex(case["head16"])), case["sent_ms"], unhex(case["body"]))
    secret = {"frank_key": unhex(case["frank_key"]), "nonce": unhex(case["nonce"])}
    made = envelope.seal_envelope(_header(case), unhex(case["k_msg"]), said, **secret)
    inner = envelope.unseal(envelope.parse_envelope(made), unhex(case["k_msg"]))
    assert made.hex() == case["envelope"]
    assert (inner.position, inner.sent_ms, inner.body) == (said.position, said.sent_ms, said.body)


@pytest.mark.parametrize("number", range(6))
def test_the_prototype_sealed_the_same(number: int) -> None:
    golden, k_msg = prototype("msg")[number], unhex(prototype("epoch")["kmsg"])
    parsed = envelope.parse_envelope(unhex(golden["env"]))
    inner = envelope.unseal(parsed, k_msg)
    said = Said(inner.position, inner.sent_ms, unhex(golden["body"]))
    secret = {"frank_key": unhex(golden["Kf"]), "nonce": unhex(golden["nonce"])}
    assert inner.body == said.body
    assert inner.position.head16.hex() == golden["head"]
    assert envelope.seal_envelope(parsed.header, k_msg, said, **secret).hex() == golden["env"]


@pytest.mark.parametrize("name", OPENED)
def test_an_envelope_opens_or_is_refused_with_the_first_check_that_fails(name: str) -> None:
    case = OPENED[name]
    assert code_of(lambda: _open(case)) == case.get("code")


def test_an_opened_envelope_says_all_it_holds() -> None:
    opened = _open(OPENED["right place"])
    assert opened.body == {"v": 1, "t": "Me too."}
    assert opened.mark[0] == opened.header.revision == 0
    assert len(opened.inner) == 256
    assert _open(OPENED["right place"] | {"seen": [[opened.header.item_id.hex(), 0, opened.mark[1].hex()]]})


def test_every_bit_of_the_124_clear_bytes_is_bound() -> None:
    case = cases("flipped")
    data = unhex(case["envelope"])
    assert code_of(lambda: _open(case)) is None
    for bit in range(124 * 8):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        assert code_of(lambda: _open(case | {"envelope": changed.hex()})) is not None  # noqa: B023


def test_a_salamander_opens_under_two_keys_as_plain_gcm_and_under_none_as_an_envelope() -> None:
    case = cases("salamander")["two keys"]
    parsed = envelope.parse_envelope(unhex(case["envelope"]))
    keys = [unhex(key) for key in case["keys"]]
    plain = [ae_open(key, parsed.nonce, parsed.clear, parsed.sealed) for key in keys]
    assert plain[0] != plain[1]
    assert [code_of(lambda: envelope.unseal(parsed, key)) for key in keys] == [case["code"]] * 2  # noqa: B023


@given(st.text(max_size=600), st.integers(0, 2**53 - 1), st.integers(0, 2**32 - 1))
def test_what_was_sealed_opens(text: str, sent_ms: int, seq: int) -> None:
    said = Said(Position(seq, b"h" * 16), sent_ms, to_json({"v": 1, "t": text}))
    data = envelope.seal_envelope(HEADER, K_MSG, said)
    parsed = envelope.parse_envelope(data)
    inner = envelope.unseal(parsed, K_MSG)
    assert parsed.header == HEADER
    assert Said(inner.position, inner.sent_ms, inner.body) == said


def test_the_same_words_never_make_the_same_envelope() -> None:
    said = Said(POSITION, 1, b'{"v":1,"t":"yes"}')
    made = [envelope.seal_envelope(HEADER, K_MSG, said) for _ in range(10)]
    assert len({data[80:92] for data in made}) == 10
    assert len({envelope.unseal(envelope.parse_envelope(data), K_MSG).frank_key for data in made}) == 10


def test_the_size_of_an_envelope_says_little() -> None:
    sizes = {
        len(envelope.seal_envelope(HEADER, K_MSG, Said(POSITION, 1, b"x" * size))) for size in range(193)
    }
    assert sizes == {396}


def test_an_envelope_above_96_kib_is_not_sealed() -> None:
    longest = envelope.seal_envelope(HEADER, K_MSG, Said(POSITION, 1, b"x" * 96_192))
    assert len(longest) <= envelope.MAX_ENVELOPE
    assert (
        code_of(lambda: envelope.seal_envelope(HEADER, K_MSG, Said(POSITION, 1, b"x" * 96_193)))
        == "too-large"
    )
