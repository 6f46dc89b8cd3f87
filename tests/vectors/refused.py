"""Entries a log must not take, each written to follow a good chain (TV-11, TV-12, TV-13)."""

from collections.abc import Callable
from dataclasses import replace

from holdspace.sealing import invite, log_draft
from holdspace.sealing.log_draft import By
from holdspace.sealing.log_entry import Draft, sign_entry
from holdspace.sealing.log_payload import FACILITATOR, MEMBER, Record
from holdspace.sealing.log_replay import LogState
from holdspace.sealing.primitives import ZERO16
from tests.vectors import chains
from tests.vectors.accounts import Case, Cases
from tests.vectors.chains import DAY, HOUR, Chain
from tests.vectors.stream import Stream

# How much of `circle` is in force: both invites stand; Amara and Eli are in; Chidi facilitates; Amara has
# left; she is back with new keys.
INVITED, TWO_IN, THREE_IN, LEFT, BACK = 5, 6, 8, 10, 14

Make = Callable[["Trial"], Draft]


class Trial:
    """A chain cut after some entries, to write one more."""

    def __init__(self, chain: Chain, after: int) -> None:
        self.chain = chain
        self.after = after
        self.state: LogState = chain.states[after - 1]
        self.now = self.state.time_ms + HOUR
        self.es = Stream("refused").take(32)

    def by(self, name: str) -> By:
        """Somebody acting now."""
        return By(self.chain.person(name).id, self.now)

    def id(self, name: str) -> bytes:
        """Somebody's member id."""
        return self.chain.person(name).id

    def asked(self, name: str, link: str, gen: int = 1) -> Record:
        """Somebody's record under an invite, with keys of a generation."""
        person = chains.Person(name, self.chain.group, gen)
        return invite.ask_to_join(self.chain.link(link), self.chain.group, person.id, gen, person.keys).record

    def add(self, *records: Record, who: str = "ben") -> Draft:
        """An ADD of these."""
        return log_draft.add(self.state, self.by(who), list(records), es=self.es)

    def case(self, make: Make, signer: str, code: str, gen: int = 1) -> Case:
        """The refused entry as a case."""
        key = chains.steward_seed() if signer == "steward" else None
        key = key or chains.Person(signer, self.chain.group, gen).keys.e
        return {"after": self.after, "entry": sign_entry(make(self), key), "code": code}


def circle_cases(chain: Chain) -> Cases:
    """Everything that must not follow the circle's entries."""
    return _chain(chain) | _newcomers(chain) | _authority(chain) | _own_keys(chain)


def _chain(chain: Chain) -> Cases:
    trial = Trial(chain, TWO_IN)
    leave, rekey = _leave("amara"), _rekey("amara")
    change: dict[str, Callable[[Draft], Draft]] = {
        "seq skipped": lambda d: replace(d, seq=d.seq + 1),
        "seq again": lambda d: replace(d, seq=d.seq - 1),
        "prev of another entry": lambda d: replace(d, prev=chain.states[3].head),
        "another group": lambda d: replace(d, group=Stream("elsewhere").id()),
        "time runs back": lambda d: replace(d, time_ms=trial.state.time_ms - 1),
        "a second genesis": lambda d: replace(d, type=1),
    }
    cases = {name: trial.case(_then(leave, each), "amara", "log-chain") for name, each in change.items()}
    epochs: dict[str, Callable[[Draft], Draft]] = {
        "leaving raises the epoch": lambda d: replace(d, epoch=d.epoch + 1),
        "leaving changes the commit": lambda d: replace(d, commit=Stream("other commit").take(32)),
    }
    cases |= {name: trial.case(_then(leave, each), "amara", "log-epoch") for name, each in epochs.items()}
    cases["epoch skipped"] = trial.case(
        _then(rekey, lambda d: replace(d, epoch=d.epoch + 1)), "amara", "log-epoch"
    )
    cases["epoch kept"] = trial.case(
        _then(rekey, lambda d: replace(d, epoch=d.epoch - 1)), "amara", "log-epoch"
    )
    cases["signed by somebody else"] = trial.case(leave, "eli", "log-signature")
    ended = Trial(chain, len(chain.entries))
    cases["after the end"] = ended.case(rekey, "amara", "log-authority", 2)
    return cases


def _leave(who: str) -> Make:
    return lambda trial: log_draft.leave(trial.state, trial.by(who))


def _rekey(who: str) -> Make:
    return lambda trial: log_draft.rekey(trial.state, trial.by(who), es=trial.es)


def _remove(who: str, *names: str) -> Make:
    return lambda trial: log_draft.remove(
        trial.state, trial.by(who), [trial.id(name) for name in names], es=trial.es
    )


def _role(who: str, name: str, role: int) -> Make:
    return lambda trial: log_draft.set_role(trial.state, trial.by(who), trial.id(name), role)


def _then(make: Make, change: Callable[[Draft], Draft]) -> Make:
    return lambda trial: change(make(trial))


def _newcomers(chain: Chain) -> Cases:
    early, invited, two, later = (Trial(chain, after) for after in (1, INVITED, TWO_IN, LEFT))
    late = Trial(chain, INVITED)
    late.now += 8 * DAY
    swapped = chains.Person("dana", chain.group).keys
    asked = invited.asked("amara", "open evening")
    swap, forge = replace(asked, x_pub=swapped.x_pub), replace(asked, invite_sig=bytes(64))
    again = replace(two.asked("eli", "known"), member_id=two.id("dana"))
    return {
        "before the agreement": early.case(lambda t: t.add(t.asked("dana", "known")), "ben", "log-authority"),
        "a member adds": two.case(
            lambda t: t.add(t.asked("dana", "known"), who="amara"), "amara", "log-authority"
        ),
        "key swapped": invited.case(lambda t: t.add(swap), "ben", "log-invite"),
        "invite forged": invited.case(lambda t: t.add(forge), "ben", "log-invite"),
        "invite expired": late.case(lambda t: t.add(t.asked("amara", "open evening")), "ben", "log-invite"),
        "invite unknown": invited.case(lambda t: t.add(t.asked("amara", "nobody's")), "ben", "log-invite"),
        "invite used twice at once": invited.case(
            lambda t: t.add(t.asked("amara", "known"), t.asked("eli", "known")), "ben", "log-invite"
        ),
        "invite used up": Trial(chain, THREE_IN).case(
            lambda t: t.add(t.asked("dana", "known")), "ben", "log-invite"
        ),
        "invite revoked": Trial(chain, 12).case(
            lambda t: t.add(t.asked("dana", "open evening")), "ben", "log-invite"
        ),
        "invite of somebody who returns": Trial(chain, 13).case(
            lambda t: t.add(t.asked("dana", "back")), "ben", "log-invite"
        ),
        "as facilitator": invited.case(
            lambda t: t.add(replace(t.asked("amara", "known"), role=FACILITATOR)), "ben", "log-authority"
        ),
        "a member again": two.case(lambda t: t.add(t.asked("eli", "known", gen=2)), "ben", "log-authority"),
        "who left, by a plain invite": later.case(
            lambda t: t.add(t.asked("amara", "open evening", 2)), "ben", "log-authority"
        ),
        "somebody's key under another id": two.case(lambda t: t.add(again), "ben", "log-authority"),
        "the same record twice": invited.case(
            lambda t: t.add(t.asked("amara", "open evening"), t.asked("amara", "open evening")),
            "ben",
            "log-authority",
        ),
    }


def _authority(chain: Chain) -> Cases:
    two, three, left, back = (Trial(chain, after) for after in (TWO_IN, THREE_IN, LEFT, BACK))
    of = "log-authority"
    return {
        "a member removes": two.case(_remove("amara", "eli"), "amara", of),
        "a facilitator is removed": three.case(_remove("ben", "chidi"), "ben", of),
        "one person removed twice": three.case(_remove("ben", "eli", "eli"), "ben", of),
        "who left is removed": left.case(_remove("ben", "amara"), "ben", of),
        "somebody unknown is removed": three.case(_remove("ben", "dana"), "ben", of),
        "who left leaves again": left.case(_leave("amara"), "amara", of),
        "who left re-keys": left.case(_rekey("amara"), "amara", of),
        "who was removed re-keys": left.case(_rekey("eli"), "eli", of),
        "old keys after coming back": back.case(_leave("amara"), "amara", "log-signature"),
        "a stranger re-keys": two.case(_rekey("dana"), "dana", of),
        "a member invites": two.case(
            lambda t: log_draft.invite(t.state, t.by("amara"), chain.terms("x")), "amara", of
        ),
        "an invite id again": two.case(
            lambda t: log_draft.invite(t.state, t.by("ben"), chain.terms("known")), "ben", of
        ),
        "an invite for nobody known": two.case(
            lambda t: log_draft.invite(t.state, t.by("ben"), chain.terms("x", target=t.id("dana"))), "ben", of
        ),
        "a member revokes": two.case(
            lambda t: log_draft.revoke(t.state, t.by("amara"), chain.link("known").invite_id), "amara", of
        ),
        "an unknown invite revoked": two.case(
            lambda t: log_draft.revoke(t.state, t.by("ben"), Stream("no invite").id()), "ben", "log-invite"
        ),
        "a member promotes": two.case(_role("amara", "eli", FACILITATOR), "amara", of),
        "a member promotes themself": two.case(_role("amara", "amara", FACILITATOR), "amara", of),
        "a facilitator demotes another": three.case(_role("ben", "chidi", MEMBER), "ben", of),
        "promoting who facilitates": three.case(_role("ben", "chidi", FACILITATOR), "ben", of),
        "promoting who left": left.case(_role("ben", "amara", FACILITATOR), "ben", of),
        "a member sets the facilitators' key": two.case(
            lambda t: log_draft.set_fkey(t.state, t.by("amara"), chain.fkey_public(2)), "amara", of
        ),
        "facilitators' key, generation skipped": two.case(
            lambda t: replace(
                log_draft.set_fkey(t.state, t.by("ben"), chain.fkey_public(2)),
                payload=chain.fkey_public(2) + b"\0\0\0\x03",
            ),
            "ben",
            of,
        ),
        "a member sets leads": two.case(
            lambda t: log_draft.set_lead(t.state, t.by("amara"), ()), "amara", of
        ),
        "a member sets the agreement": two.case(
            lambda t: log_draft.agree(t.state, t.by("amara"), 1, bytes(32)), "amara", of
        ),
        "agreement, version again": two.case(
            lambda t: replace(
                log_draft.agree(t.state, t.by("ben"), 1, bytes(32)), payload=b"\0\0\0\x01\x01" + bytes(32)
            ),
            "ben",
            of,
        ),
        "a member closes": two.case(lambda t: log_draft.close(t.state, t.by("amara")), "amara", of),
    }


def _own_keys(chain: Chain) -> Cases:
    two, three, invited_back = Trial(chain, TWO_IN), Trial(chain, THREE_IN), Trial(chain, 13)

    def update(name: str, gen: int, role: int = MEMBER) -> Make:
        record = chains.Person(name, chain.group, gen).record(role)
        return lambda t: log_draft.update_key(t.state, t.by("amara"), record, es=t.es)

    def rebind(record: Record, who: str = "ben") -> Make:
        return lambda t: log_draft.rebind(t.state, t.by(who), record, es=t.es)

    back = invited_back.asked("amara", "back", 2)
    with_invite = replace(chains.Person("amara", chain.group, 2).record(MEMBER), invite_id=Stream("x").id())
    of = "log-authority"
    return {
        "key update skips a generation": two.case(update("amara", 3), "amara", of),
        "key update without a new key": two.case(
            _then(
                update("amara", 2),
                lambda d: replace(
                    d, payload=d.payload[:20] + three.asked("amara", "known").encode()[20:85] + bytes(80)
                ),
            ),
            "amara",
            of,
        ),
        "key update to facilitator": two.case(update("amara", 2, FACILITATOR), "amara", of),
        "key update of somebody else": two.case(update("eli", 2), "amara", of),
        "key update with an invite": two.case(
            lambda t: log_draft.update_key(t.state, t.by("amara"), with_invite, es=t.es),
            "amara",
            "log-format",
        ),
        "a member rebinds": two.case(rebind(two.asked("eli", "open evening", 2), "amara"), "amara", of),
        "rebind of somebody unknown": invited_back.case(
            rebind(invited_back.asked("dana", "back", 2)), "ben", of
        ),
        "rebind of a facilitator": three.case(rebind(three.asked("chidi", "known", 2)), "ben", of),
        "rebind skips a generation": invited_back.case(
            rebind(invited_back.asked("amara", "back", 3)), "ben", of
        ),
        "rebind to facilitator": invited_back.case(rebind(replace(back, role=FACILITATOR)), "ben", of),
        "rebind by a plain invite": two.case(
            rebind(two.asked("amara", "open evening", 2)), "ben", "log-invite"
        ),
        "rebind of somebody else's invite": invited_back.case(
            rebind(invited_back.asked("eli", "back", 2)), "ben", "log-invite"
        ),
    }


def steward_cases(chain: Chain) -> Cases:
    """What the steward may not, and what Ben may no more."""
    members, all_ = Trial(chain, 5), Trial(chain, len(chain.entries))
    due = chain.state.pending_demotions[chain.person("ben").id].due_ms

    def steward(name: str, role: int) -> Make:
        return lambda t: log_draft.steward_sets_role(t.state, t.now, t.id(name), role)

    after = Trial(chain, len(chain.entries))
    after.now = due
    of = "log-authority"
    return {
        "the steward removes": members.case(
            lambda t: log_draft.remove(t.state, By(ZERO16, t.now), [t.id("eli")], es=t.es), "steward", of
        ),
        "the steward re-keys": members.case(
            lambda t: log_draft.rekey(t.state, By(ZERO16, t.now), es=t.es), "steward", of
        ),
        "not the steward's key": members.case(steward("amara", FACILITATOR), "ben", "log-signature"),
        "the steward promotes a stranger": members.case(steward("dana", FACILITATOR), "steward", of),
        "the steward demotes a member": members.case(steward("eli", MEMBER), "steward", of),
        "the steward promotes who facilitates": members.case(steward("ben", FACILITATOR), "steward", of),
        "the steward demotes twice": all_.case(steward("ben", MEMBER), "steward", of),
        "demoted, 72 hours later": after.case(lambda t: log_draft.close(t.state, t.by("ben")), "ben", of),
    }
