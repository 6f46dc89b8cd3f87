"""Asking without a link, by the vectors: what answers it, the note about it, the words of a key."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.sealing import request
from holdspace.sealing.invite import Link
from holdspace.sealing.keys import account_keys
from holdspace.sealing.log_payload import InviteTerms
from holdspace.sealing.request import Note
from holdspace.sealing.tests.reading import cases, code_of, unhex

ANSWERS, NOTES, WORDS, TERMS = cases("answer"), cases("note"), cases("words"), cases("terms")
ids = st.binary(min_size=16, max_size=16)
seeds = st.binary(min_size=32, max_size=32)


def opened(case: Any) -> Link:
    keys = account_keys(unhex(case["seed"]))
    return request.open_answer(unhex(case["answer"]), keys.x, unhex(case["group"]), unhex(case["request"]))


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_opens_or_is_refused(name: str) -> None:
    case = ANSWERS[name]
    if "code" in case:
        assert code_of(lambda: opened(case)) == case["code"]
    else:
        link = opened(case)
        assert [part.hex() for part in (link.invite_id, link.genesis16, link.secret)] == [
            case[part] for part in ("invite_id", "genesis16", "secret")
        ]
        assert len(unhex(case["answer"])) == request.ANSWER_SIZE == 103


def read_note(case: Any) -> Note:
    group, invite_id = unhex(case["group"]), unhex(case["invite_id"])
    return request.open_note(unhex(case["note"]), unhex(case["fkey"]), group, invite_id)


@pytest.mark.parametrize("name", NOTES)
def test_a_note_opens_or_is_refused(name: str) -> None:
    case = NOTES[name]
    if "code" in case:
        assert code_of(lambda: read_note(case)) == case["code"]
        return
    assert read_note(case) == Note(unhex(case["account_x"]), case["compared"])
    place = (case["gen"], unhex(case["fkey"])), unhex(case["group"]), unhex(case["invite_id"])
    made = request.seal_note(read_note(case), *place, nonce=unhex(case["nonce"]))
    assert (made.hex(), len(made), request.parse_note(made)) == (case["note"], request.NOTE_SIZE, case["gen"])


@pytest.mark.parametrize("name", WORDS)
def test_a_key_has_four_words(name: str) -> None:
    assert list(request.account_numbers(unhex(WORDS[name]["account_x"]))) == WORDS[name]["numbers"]


@pytest.mark.parametrize("name", TERMS)
def test_an_invite_says_where_it_comes_from(name: str) -> None:
    case = TERMS[name]
    if "code" in case:
        assert code_of(lambda: InviteTerms.parse(unhex(case["terms"]))) == case["code"]
        return
    terms = InviteTerms.parse(unhex(case["terms"]))
    assert (terms.is_known, terms.from_listing) == (case["known"], case["from_listing"])
    assert terms.encode().hex() == case["terms"]


@given(seeds, seeds, ids, ids, ids, st.booleans(), st.integers(0, 2**32 - 1))
def test_what_is_sealed_opens_in_its_place_alone(
    seed: bytes, other: bytes, group: bytes, asked: bytes, secret: bytes, compared: bool, gen: int
) -> None:
    keys, link = account_keys(seed), Link(asked, group, secret)
    sealed = request.seal_answer(link, keys.x_pub, group, asked)
    assert request.open_answer(sealed, keys.x, group, asked) == link
    note = request.seal_note(Note(keys.x_pub, compared), (gen, other), group, asked)
    assert request.open_note(note, other, group, asked) == Note(keys.x_pub, compared)
    if group != asked:
        assert code_of(lambda: request.open_answer(sealed, keys.x, asked, group)) == "damaged"
        assert code_of(lambda: request.open_note(note, other, asked, group)) == "damaged"
    if seed != other:
        stranger = account_keys(other)
        assert code_of(lambda: request.open_answer(sealed, stranger.x, group, asked)) == "damaged"


def test_nothing_is_sealed_to_a_key_of_small_order() -> None:
    link = Link(bytes(16), bytes(16), bytes(16))
    for act in (
        lambda: request.seal_answer(link, bytes(32), bytes(16), bytes(16)),
        lambda: request.seal_note(Note(bytes(32)), (1, bytes(32)), bytes(16), bytes(16)),
    ):
        assert code_of(act) == "bad-public-key"
