"""TV-19: history for somebody who came back under new keys, with wrong secrets among right ones."""

from holdspace.sealing import box, history, log_draft
from holdspace.sealing.codec import u32
from holdspace.sealing.log_entry import LogEntry
from holdspace.sealing.log_payload import FACILITATOR, MEMBER, Policy
from holdspace.sealing.primitives import label
from tests.vectors import reference_hpke
from tests.vectors.accounts import Case, Cases
from tests.vectors.chains import Chain
from tests.vectors.stream import Stream


def history_cases() -> Cases:
    """Amara's two times, before and after she lost her keys; who is owed what, and what comes out of each box."""
    once, twice = returned("ben"), returned("chidi")
    right = {epoch: once.secrets[epoch] for epoch in (2, 3, 4)}
    first, wrong = once.secrets[1], Stream("wrong secret").take(32)
    return {
        "vouched by one": _log(once, "ben") | {"due": [[0, 48], [5, 53]]},
        "vouched by two": _log(twice, "chidi") | {"due": [[0, 0], [5, 0]]},
        "all right": _boxed(once, right, right),
        "wrong ones among right ones": _boxed(once, right | {3: wrong}, {2: right[2], 4: right[4]}),
        "an epoch that was never hers": _boxed(once, {1: first} | right, right),
        "an epoch nobody began": _boxed(once, right | {99: wrong}, right),
        "none is right": _boxed(once, {2: wrong, 3: wrong}, {}),
        "swapped": _boxed(once, {2: right[3], 3: right[2]}, {}),
        "not rising": _plain(once, u32(3) + right[3] + u32(2) + right[2]) | {"code": "damaged"},
        "one twice": _plain(once, (u32(2) + right[2]) * 2) | {"code": "damaged"},
        "cut": _plain(once, u32(2) + right[2][:-1]) | {"code": "damaged"},
        "empty": _plain(once, b"") | {"code": "damaged"},
        "for another return": _plain(once, u32(2) + right[2], seq=once.state.seq - 1) | {"code": "damaged"},
    }


def returned(admitted_by: str) -> Chain:
    """Ben founds; Amara, Eli and Chidi come; Eli goes; Ben vouches for Amara's new keys, and `admitted_by` lets her in."""
    chain = Chain(f"returned by {admitted_by}", Policy())
    chain.found("ben")
    draft, by = log_draft, chain.by
    chain.write("ben", draft.invite(chain.state, by("ben"), chain.terms("open", uses=3)))
    two = [chain.asked("amara", "open"), chain.asked("eli", "open")]
    chain.write("ben", draft.add(chain.state, by("ben"), two, es=chain.next_es()))
    chain.write("ben", draft.add(chain.state, by("ben"), [chain.asked("chidi", "open")], es=chain.next_es()))
    chain.write("ben", draft.set_role(chain.state, by("ben"), chain.person("chidi").id, FACILITATOR))
    eli = [chain.person("eli").id]
    chain.write("ben", draft.remove(chain.state, by("ben"), eli, es=chain.next_es()))
    back = chain.terms("back", target=chain.person("amara").id)
    chain.write("ben", draft.invite(chain.state, by("ben"), back))
    chain.person("amara").gen = 2
    record = chain.asked("amara", "back")
    chain.write(admitted_by, draft.rebind(chain.state, by(admitted_by), record, es=chain.next_es()))
    return chain


def alone() -> Chain:
    """As `returned`, and everybody of the time before is gone: nobody can give it back."""
    chain = returned("ben")
    draft, by = log_draft, chain.by
    for name in ("ben", "chidi"):
        promoted = [each.id for each in chain.state.facilitators()]
        if promoted != [chain.person(name).id]:
            chain.write(name, draft.set_role(chain.state, by(name), chain.person(name).id, MEMBER))
        chain.write(name, draft.leave(chain.state, by(name)))
    return chain


def _back(chain: Chain) -> history.Return:
    return history.find_returns(chain.state, map(LogEntry.parse, chain.entries))[0]


def _log(chain: Chain, admitted_by: str) -> Case:
    """`due`: first seen so many hours after the entry's time -> hours after it from which history is given."""
    back, amara, lonely = _back(chain), chain.person("amara").id, alone()
    return {
        "entries": chain.entries,
        "member": amara,
        "gen": back.member.gen,
        "seq": back.seq,
        "time_ms": back.time_ms,
        "owed": history.owed_epochs(back.member),
        "lost": history.lost_epochs(chain.state, back.member),
        "alone": {
            "entries": lonely.entries,
            "lost": history.lost_epochs(lonely.state, lonely.state.members[amara]),
        },
    }


def _boxed(chain: Chain, secrets: dict[int, bytes], kept: dict[int, bytes]) -> Case:
    plain = b"".join(u32(epoch) + secrets[epoch] for epoch in sorted(secrets))
    return _plain(chain, plain) | {"kept": {str(epoch): es for epoch, es in kept.items()}}


def _plain(chain: Chain, plain: bytes, *, seq: int | None = None) -> Case:
    back, keys = _back(chain), chain.person("amara").keys
    context = history.history_context(chain.group, back.member.id, back.member.gen, seq or back.seq)
    head = box.box_head(box.HISTORY)
    ephemeral = Stream(f"history {plain.hex()[:64]}").take(32)
    sealed = head + reference_hpke.seal(ephemeral, keys.x_pub, label("box") + head + context, plain)
    return {"entries": chain.entries, "x": keys.x, "x_pub": keys.x_pub, "box": sealed}
