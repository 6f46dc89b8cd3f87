"""TV-16, links, cards, and what is looked at before anybody waits."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.sealing import box, invite, keys, vouching
from holdspace.sealing.codec import to_padded_json
from holdspace.sealing.invite import Link
from holdspace.sealing.log_payload import Record
from holdspace.sealing.primitives import is_signed
from holdspace.sealing.tests.reading import cases, circle, code_of, prototype, unhex
from tests.vectors.chains import DAY
from tests.vectors.chains import circle as write_circle

LINKS, CARDS, REQUESTS = cases("link"), cases("card"), cases("request")


def _link(case: dict[str, str]) -> Link:
    return Link(unhex(case["invite_id"]), unhex(case.get("genesis16", "00" * 16)), unhex(case["secret"]))


@pytest.mark.parametrize("name", LINKS)
def test_a_link_is_read_or_refused(name: str) -> None:
    case = LINKS[name]
    if "code" in case:
        assert code_of(lambda: Link.parse(case["fragment"])) == case["code"]
    else:
        assert Link.parse(case["fragment"]) == _link(case)


def test_a_link_is_written_and_its_key_is_in_the_log() -> None:
    case = LINKS["reads"]
    link = _link(case)
    assert link.fragment() == case["fragment"]
    assert len(link.fragment()) == 72
    assert invite.invite_seed(link.secret, link.invite_id).hex() == case["invite_seed"]
    assert invite.invite_public(link.secret, link.invite_id).hex() == case["invite_public"]
    assert link.secret.hex() not in repr(link)


def test_the_prototypes_invite_has_the_same_key_and_its_record_is_signed() -> None:
    golden, log = prototype("join"), prototype("log")
    public = invite.invite_public(unhex(golden["secret"]), unhex(golden["invite"]))
    record = Record.parse(unhex(golden["rec"]))
    message = vouching.join_message(unhex(log["group"]), unhex(log["genesis16"]), record)
    assert public.hex() == golden["ipk"]
    assert is_signed(public, record.invite_sig, message)


@given(st.text(max_size=100))
def test_any_text_is_a_link_or_refused(text: str) -> None:
    assert code_of(lambda: Link.parse(text)) in (None, "invite-damaged")


@pytest.mark.parametrize("name", CARDS)
def test_a_card_opens_or_is_refused(name: str) -> None:
    case = CARDS[name]
    if "code" in case:
        assert code_of(lambda: invite.open_card(unhex(case["card"]), _link(case))) == case["code"]
    else:
        assert invite.open_card(unhex(case["card"]), _link(case)) == case["body"]


def test_a_card_is_sealed_byte_for_byte() -> None:
    case = CARDS["opens"]
    assert to_padded_json(case["body"]).hex() == case["padded"]
    assert invite.seal_card(case["body"], _link(case), nonce=unhex(case["nonce"])).hex() == case["card"]


def test_a_newcomers_record_is_signed_twice() -> None:
    case = cases("join")["asks"]
    group, link = unhex(case["group"]), Link.parse(case["fragment"])
    pairs = keys.group_keys(unhex(case["seed"]), group, case["gen"])
    asked = invite.ask_to_join(link, group, unhex(case["member_id"]), case["gen"], pairs)
    message = vouching.join_message(group, link.genesis16, asked.record)
    assert message.hex() == case["message"]
    assert [asked.record.encode().hex(), asked.self_sig.hex()] == [case["record"], case["self_sig"]]
    assert is_signed(unhex(case["invite_public"]), asked.record.invite_sig, message)
    assert is_signed(pairs.e_pub, asked.self_sig, message)


@pytest.mark.parametrize("name", REQUESTS)
def test_a_request_is_read_or_refused(name: str) -> None:
    case = REQUESTS[name]
    parse = lambda: invite.parse_join_request(unhex(case["record"]), unhex(case["self_sig"]))  # noqa: E731
    assert code_of(parse) == case.get("code")


def _dana(gen: int = 1) -> tuple[invite.JoinRequest, int]:
    chain = write_circle()
    dana = replace(chain.person("dana"), gen=gen)
    asked = invite.ask_to_join(chain.link("known"), chain.group, dana.id, gen, dana.keys)
    return asked, chain.states[4].time_ms


def test_a_good_request_may_wait() -> None:
    asked, now = _dana()
    invite.check_join_request(circle(5), asked, now)


def test_a_request_under_a_dead_invite_may_not_wait() -> None:
    asked, now = _dana()
    check = invite.check_join_request
    forged = replace(asked, record=replace(asked.record, invite_sig=bytes(64)))
    assert code_of(lambda: check(circle(5), asked, now + 8 * DAY)) == "log-invite"
    assert code_of(lambda: check(circle(7), asked, now)) == "log-invite"
    assert code_of(lambda: check(circle(4), asked, now)) == "log-invite"
    assert code_of(lambda: check(circle(5), forged, now)) == "log-invite"


def test_a_request_with_a_key_that_is_not_theirs_or_taken_may_not_wait() -> None:
    chain = write_circle()
    asked, now = _dana()
    amara = replace(chain.person("amara"), gen=1)
    as_amara = invite.ask_to_join(chain.link("open evening"), chain.group, b"n" * 16, 1, amara.keys)
    unproven = replace(asked, self_sig=bytes(64))
    assert code_of(lambda: invite.check_join_request(circle(5), unproven, now)) == "bad-public-key"
    assert code_of(lambda: invite.check_join_request(circle(6), as_amara, now)) == "bad-public-key"


def test_the_name_of_who_asks_reaches_the_facilitators_alone() -> None:
    pairs = keys.group_keys(b"f" * 32, b"g" * 16, 1)
    context = box.profile_context(b"g" * 16, 1, b"i" * 16, b"m" * 16)
    sealed = invite.seal_profile("\u0623\u0645\u0627\u0631\u0627", pairs.x_pub, context)
    assert invite.open_profile(sealed, pairs.x, context) == "\u0623\u0645\u0627\u0631\u0627"
    assert code_of(lambda: invite.open_profile(sealed, bytes(32), context)) == "damaged"


@pytest.mark.parametrize("name", ["", "n" * 81])
def test_a_name_without_a_sign_or_with_81_is_none(name: str) -> None:
    pairs = keys.group_keys(b"f" * 32, b"g" * 16, 1)
    assert (
        code_of(lambda: invite.open_profile(invite.seal_profile(name, pairs.x_pub, b""), pairs.x, b""))
        == "damaged"
    )
