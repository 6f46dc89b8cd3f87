"""A server that lies about who came back and about what was said before, and a member without a browser."""

import secrets
from typing import Any

import pytest

from client.change import Change
from client.member import Member
from client.tests.conftest import People, Person, let_in, texts
from holdspace.sealing import history, log_draft
from holdspace.sealing.box import HISTORY, seal_box
from holdspace.sealing.codec import u32
from holdspace.sealing.errors import SealError
from holdspace.sealing.invite import Link, ask_to_join, invite_public
from holdspace.sealing.keys import group_keys, new_id, new_seed
from holdspace.sealing.log_entry import LogEntry, sign_entry
from holdspace.sealing.log_payload import InviteTerms, Record
from holdspace.sealing.log_replay import apply
from holdspace.sealing.log_state import LogState
from holdspace.sealing.primitives import ZERO16


def forged_return(ben: Person, group: str, target: bytes, *, swapped: bool) -> list[bytes]:
    """INVITE and REBIND of Amara's place, signed with Ben's key; the invite is for `target`, the keys may be the server's own."""
    found = ben.group(group)
    made, link = (
        Change(found.state, found.member_id, found.keys),
        Link(new_id(), found.state.genesis16, secrets.token_bytes(16)),
    )
    public = invite_public(link.secret, link.invite_id)
    made.sign(log_draft.invite(made.state, made.by, InviteTerms(link.invite_id, public, 2**52, 1, target)))
    known = Link(link.invite_id, link.genesis16, secrets.token_bytes(16)) if swapped else link
    member = found.find("Amara").id
    record = ask_to_join(known, found.id, member, 2, group_keys(new_seed(), found.id, 2)).record
    return [*made.entries, _rebound(made, record)]


def _rebound(made: Change, record: Record) -> bytes:
    return sign_entry(log_draft.rebind(made.state, made.by, record, es=bytes(32)), made.keys.e)


@pytest.mark.parametrize("lie", ["for nobody", "for another", "with other keys"])
def test_a_return_that_nobody_vouched_for_is_refused(
    person: People, ben: Person, amara: Person, together: str, monkeypatch: pytest.MonkeyPatch, lie: str
) -> None:
    let_in(ben, dana := person("dana"), together, "Dana")
    found = ben.group(together)
    targets = {
        "for nobody": ZERO16,
        "for another": found.member_id,
        "with other keys": found.find("Amara").id,
    }
    forged = forged_return(ben, together, targets[lie], swapped=lie == "with other keys")
    ask = dana.server.ask

    def more(verb: str, **args: Any) -> Any:
        answer = ask(verb, **args)
        return answer | {"log": [*answer["log"], *forged]} if verb == "open" else answer

    monkeypatch.setattr(dana.server, "ask", more)
    with pytest.raises(SealError) as refused:
        dana.share(together, "to whom?")
    assert refused.value.code == "log-authority"


def test_a_false_key_among_the_old_ones_takes_nothing_from_the_right_ones(
    person: People, ben: Person, amara: Person, together: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben.share(together, "first")
    let_in(ben, person("dana"), together, "Dana")
    ben.share(together, "second")
    amara.join(ben.bring_back(together, "Amara", spoken=True)["link"], "Amara")
    assert ben.admit(together)["admitted"]
    found = ben.group(together)
    [back] = history.find_returns(found.state, found.entries)
    first, second = history.owed_epochs(back.member)
    given = u32(first) + found.secrets[first] + u32(second) + secrets.token_bytes(32)
    context = history.history_context(found.id, back.member.id, back.member.gen, back.seq)
    sealed = seal_box(HISTORY, context, back.member.x_pub, given)
    with Member(amara.home.folder) as again:
        again.unlock(amara.file)
        ask = again.server.ask

        def lied(verb: str, **args: Any) -> Any:
            answer = ask(verb, **args)
            return answer | {"boxes": [[2, back.seq, sealed]]} if verb == "histories" else answer

        monkeypatch.setattr(again.server, "ask", lied)
        assert texts(again, together) == ["first"]
        told = again.read(together)
        assert (told["stopped"], told["history"]["state"]) == (None, "waiting")


def test_an_entry_follows_only_where_it_was_signed(ben: Person, together: str) -> None:
    """What the tests above forge would be right in every other way."""
    found = ben.group(together)
    entries = forged_return(ben, together, found.find("Amara").id, swapped=False)
    state: LogState = found.state
    for each in entries:
        state = apply(state, LogEntry.parse(each))
    assert state.members[found.find("Amara").id].gen == 2
