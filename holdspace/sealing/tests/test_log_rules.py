"""Rules that need a state of their own: caps, several records, what waits."""

from dataclasses import replace

import pytest

from holdspace.sealing import log_draft
from holdspace.sealing.log_draft import By
from holdspace.sealing.log_entry import Draft, LogEntry, sign_entry
from holdspace.sealing.log_payload import FACILITATOR, MEMBER, InviteTerms, Policy, Record
from holdspace.sealing.log_replay import LogState, apply
from holdspace.sealing.log_state import THREE_DAYS_MS
from holdspace.sealing.primitives import ZERO16
from holdspace.sealing.tests.reading import code_of
from tests.vectors.chains import HOUR, Chain, leads, policy, steward

ES = b"e" * 32


def _chain(cap: int = 5, people: tuple[str, ...] = ("amara", "eli")) -> Chain:
    chain = Chain("rules", replace(policy(), member_cap=cap))
    chain.found("ben")
    _invite(chain, "open", uses=30)
    chain.write(
        "ben", log_draft.add(chain.state, chain.by("ben"), _asked(chain, *people), es=chain.next_es())
    )
    return chain


def _invite(chain: Chain, name: str, uses: int = 1, target: bytes = ZERO16) -> None:
    terms: InviteTerms = chain.terms(name, uses=uses, target=target)
    chain.write("ben", log_draft.invite(chain.state, chain.by("ben"), terms))


def _asked(chain: Chain, *people: str) -> list[Record]:
    return [chain.asked(name, "open") for name in people]


def _refused(chain: Chain, draft: Draft, who: str) -> str | None:
    entry = LogEntry.parse(sign_entry(draft, chain.person(who).keys.e))
    return code_of(lambda: apply(chain.state, entry))


def test_a_group_takes_as_many_as_its_cap() -> None:
    chain = _chain(cap=4)
    more = log_draft.add(chain.state, chain.by("ben"), _asked(chain, "chidi", "dana"), es=ES)
    one = log_draft.add(chain.state, chain.by("ben"), _asked(chain, "chidi"), es=ES)
    assert _refused(chain, more, "ben") == "log-authority"
    assert _refused(chain, one, "ben") is None


def test_who_left_makes_room() -> None:
    chain = _chain(cap=3)
    one = _asked(chain, "chidi")
    assert _refused(chain, log_draft.add(chain.state, chain.by("ben"), one, es=ES), "ben") == "log-authority"
    chain.write("eli", log_draft.leave(chain.state, chain.by("eli")))
    assert _refused(chain, log_draft.add(chain.state, chain.by("ben"), one, es=ES), "ben") is None


def test_coming_back_needs_room_too() -> None:
    chain = _chain(cap=3)
    chain.write("eli", log_draft.leave(chain.state, chain.by("eli")))
    chain.write(
        "ben", log_draft.add(chain.state, chain.by("ben"), _asked(chain, "chidi"), es=chain.next_es())
    )
    _invite(chain, "back", target=chain.person("eli").id)
    chain.person("eli").gen = 2
    draft = log_draft.rebind(chain.state, chain.by("ben"), chain.asked("eli", "back"), es=ES)
    assert _refused(chain, draft, "ben") == "log-authority"


def test_no_group_is_larger_than_500() -> None:
    assert Policy.parse(b"").member_cap == 500


def test_a_member_whose_keys_are_lost_is_bound_again_while_still_in() -> None:
    chain = _chain()
    _invite(chain, "back", target=chain.person("amara").id)
    chain.person("amara").gen = 2
    record = chain.asked("amara", "back")
    before = chain.state.epoch
    chain.write("ben", log_draft.rebind(chain.state, chain.by("ben"), record, es=chain.next_es()))
    amara = chain.state.members[record.member_id]
    assert [(span.first, span.last) for span in amara.spans] == [(2, before), (before + 1, None)]
    assert (amara.gen, amara.x_pub, amara.is_active) == (2, record.x_pub, True)


def test_a_steward_calls_a_demotion_off() -> None:
    chain = _chain()
    steward(chain, "ben", MEMBER)
    steward(chain, "ben", FACILITATOR)
    chain.clock += 2 * THREE_DAYS_MS
    assert chain.state.at(chain.clock).is_last_facilitator(chain.person("ben").id)


def test_a_demotion_is_forgotten_when_the_person_demotes_themself_first() -> None:
    chain = _chain()
    amara = chain.person("amara").id
    chain.write("ben", log_draft.set_role(chain.state, chain.by("ben"), amara, FACILITATOR))
    steward(chain, "amara", MEMBER)
    chain.write("amara", log_draft.set_role(chain.state, chain.by("amara"), amara, MEMBER))
    chain.write("ben", log_draft.set_role(chain.state, chain.by("ben"), amara, FACILITATOR))
    assert chain.state.pending_demotions == {}
    assert chain.state.at(chain.clock + 2 * THREE_DAYS_MS).members[amara].is_facilitator


def test_a_demotion_is_forgotten_when_the_person_leaves() -> None:
    chain = _chain()
    steward(chain, "ben", MEMBER)
    chain.write("ben", log_draft.leave(chain.state, chain.by("ben")))
    assert chain.state.pending_demotions == {}


def test_without_a_steward_nobody_acts_as_one() -> None:
    chain = Chain("no steward", Policy())
    chain.found("ben")
    draft = log_draft.steward_sets_role(chain.state, chain.clock, chain.person("ben").id, MEMBER)
    assert _refused(chain, draft, "ben") == "log-authority"


def test_leads_change_after_72_hours_and_the_last_choice_counts() -> None:
    chain = _chain()
    chain.write("ben", log_draft.set_lead(chain.state, chain.by("ben"), leads(1, "first choice")))
    chain.write("ben", log_draft.set_lead(chain.state, chain.by("ben"), leads(3, "second choice")))
    due = chain.state.time_ms + THREE_DAYS_MS
    assert chain.state.at(due - 1).leads == leads(2)
    assert chain.state.at(due).leads == leads(3, "second choice")
    assert chain.state.at(due).pending_leads is None


def test_one_wrong_clock_does_not_make_the_list_run_backwards() -> None:
    chain = _chain()
    late: LogState = chain.state
    draft = log_draft.leave(late, By(chain.person("amara").id, late.time_ms - HOUR))
    assert draft.time_ms == late.time_ms
    assert _refused(chain, draft, "amara") is None


@pytest.mark.parametrize("gen", [2, 9])
def test_a_newcomer_may_bring_a_later_generation(gen: int) -> None:
    chain = _chain()
    chain.person("dana").gen = gen
    draft = log_draft.add(chain.state, chain.by("ben"), _asked(chain, "dana"), es=ES)
    assert _refused(chain, draft, "ben") is None
