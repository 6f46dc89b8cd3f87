"""Membership logs for the vectors: the cast, and a chain that has every type of entry (TV-5, TV-11)."""

from dataclasses import dataclass, field
from functools import cache

from holdspace.sealing import invite, log_draft
from holdspace.sealing.keys import KeyPairs, group_keys
from holdspace.sealing.log_draft import By
from holdspace.sealing.log_entry import Draft, LogEntry, sign_entry
from holdspace.sealing.log_payload import FACILITATOR, MEMBER, InviteTerms, Lead, Policy, Record
from holdspace.sealing.log_replay import LogState, apply
from holdspace.sealing.primitives import ZERO16, e_public, sha, x_public
from tests.vectors.accounts import Case
from tests.vectors.stream import Stream

START = 1_790_000_000_000
HOUR = 3_600_000
DAY = 24 * HOUR


@dataclass
class Person:
    """One of the cast with what they hold in this group."""

    name: str
    group: bytes
    gen: int = 1

    @property
    def id(self) -> bytes:
        """Member id."""
        return Stream(f"id of {self.name}").id()

    @property
    def keys(self) -> KeyPairs:
        """Key pairs of the current generation."""
        return group_keys(Stream(f"seed of {self.name}").take(32), self.group, self.gen)

    def record(self, role: int) -> Record:
        """A record without an invite, as founders and key updates have it."""
        return Record(self.id, self.gen, self.keys.x_pub, self.keys.e_pub, role)


@dataclass
class Chain:
    """A log that is being written. Each step signs a draft and applies it: mistakes fail at once."""

    name: str
    policy: Policy
    entries: list[bytes] = field(default_factory=list)
    states: list[LogState] = field(default_factory=list)
    secrets: dict[int, bytes] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    links: dict[str, invite.Link] = field(default_factory=dict)
    clock: int = START

    @property
    def group(self) -> bytes:
        """The group's id."""
        return Stream(f"group {self.name}").id()

    @property
    def state(self) -> LogState:
        """After the last entry."""
        return self.states[-1]

    def person(self, name: str) -> Person:
        """Somebody of the cast."""
        return self.people.setdefault(name, Person(name, self.group))

    def by(self, name: str) -> By:
        """Somebody acting now."""
        return By(self.person(name).id, self.clock)

    def es(self, epoch: int) -> bytes:
        """The secret of an epoch."""
        return self.secrets.setdefault(epoch, Stream(f"{self.name} epoch {epoch}").take(32))

    def next_es(self) -> bytes:
        """The secret of the epoch that would begin now."""
        return Stream(f"{self.name} epoch {self.state.epoch + 1}").take(32)

    def write(self, who: str, draft: Draft, *, key: bytes | None = None) -> None:
        """Signs as somebody and applies."""
        data = sign_entry(draft, key or self.person(who).keys.e)
        self.states.append(apply(self.states[-1] if self.states else None, LogEntry.parse(data)))
        self.entries.append(data)
        self.es(draft.epoch)
        self.clock += HOUR

    def found(self, who: str) -> None:
        """GENESIS, AGREEMENT, SET_FKEY."""
        founder = self.person(who).record(FACILITATOR)
        self.write(who, log_draft.genesis(self.group, founder, self.policy, es=self.es(1), now_ms=self.clock))
        self.write(who, log_draft.agree(self.state, self.by(who), 2, sha(b"What is said here stays here.")))
        self.write(who, log_draft.set_fkey(self.state, self.by(who), self.fkey_public(1)))

    def fkey_public(self, gen: int) -> bytes:
        """The facilitators' public key of a generation."""
        return x_public(Stream(f"{self.name} fkey {gen}").take(32))

    def link(self, name: str) -> invite.Link:
        """The link of an invite."""
        stream = Stream(f"{self.name} invite {name}")
        return self.links.setdefault(name, invite.Link(stream.id(), self.state.genesis16, stream.id()))

    def terms(
        self, name: str, *, uses: int = 1, target: bytes = ZERO16, is_known: bool = False
    ) -> InviteTerms:
        """The terms of an invite for seven days."""
        link = self.link(name)
        public = invite.invite_public(link.secret, link.invite_id)
        return InviteTerms(link.invite_id, public, self.clock + 7 * DAY, uses, target, is_known)

    def asked(self, name: str, link: str) -> Record:
        """Somebody's record under an invite."""
        person = self.person(name)
        return invite.ask_to_join(self.link(link), self.group, person.id, person.gen, person.keys).record


def leads(count: int, name: str = "lead") -> tuple[Lead, ...]:
    """Safeguarding leads."""
    streams = [Stream(f"{name} {number}") for number in range(count)]
    return tuple((stream.take(32), x_public(stream.take(32))) for stream in streams)


def steward_seed() -> bytes:
    """The steward's Ed25519 seed."""
    return Stream("steward").take(32)


def policy() -> Policy:
    """Every TLV."""
    return Policy(e_public(steward_seed()), leads(2), member_cap=5, report_days=21, rebind_history=False)


@cache
def circle() -> Chain:
    """A group's whole life, each type of entry once or more; Ben founds it."""
    chain = Chain("circle", policy())
    chain.found("ben")
    _people_come(chain)
    _people_go(chain)
    _keys_change(chain)
    _the_end(chain)
    return chain


def _people_come(chain: Chain) -> None:
    ben = chain.by
    chain.write("ben", log_draft.invite(chain.state, ben("ben"), chain.terms("open evening", uses=3)))
    chain.write("ben", log_draft.invite(chain.state, ben("ben"), chain.terms("known", is_known=True)))
    two = [chain.asked("amara", "open evening"), chain.asked("eli", "open evening")]
    chain.write("ben", log_draft.add(chain.state, ben("ben"), two, es=chain.next_es()))
    third = [chain.asked("chidi", "known")]
    chain.write("ben", log_draft.add(chain.state, ben("ben"), third, es=chain.next_es()))
    promote = log_draft.set_role(chain.state, ben("ben"), chain.person("chidi").id, FACILITATOR)
    chain.write("ben", promote)


def _people_go(chain: Chain) -> None:
    eli = chain.person("eli").id
    chain.write("chidi", log_draft.remove(chain.state, chain.by("chidi"), [eli], es=chain.next_es()))
    chain.write("amara", log_draft.leave(chain.state, chain.by("amara")))
    chain.write("ben", log_draft.rekey(chain.state, chain.by("ben"), es=chain.next_es()))
    chain.write("ben", log_draft.revoke(chain.state, chain.by("ben"), chain.link("open evening").invite_id))
    back = chain.terms("back", target=chain.person("amara").id)
    chain.write("ben", log_draft.invite(chain.state, chain.by("ben"), back))
    chain.person("amara").gen = 2
    record = chain.asked("amara", "back")
    chain.write("ben", log_draft.rebind(chain.state, chain.by("ben"), record, es=chain.next_es()))


def _keys_change(chain: Chain) -> None:
    old = chain.person("ben").keys.e
    chain.person("ben").gen = 2
    record = chain.person("ben").record(FACILITATOR)
    draft = log_draft.update_key(chain.state, chain.by("ben"), record, es=chain.next_es())
    chain.write("ben", draft, key=old)
    chain.write("ben", log_draft.set_fkey(chain.state, chain.by("ben"), chain.fkey_public(2)))
    chain.write("ben", log_draft.set_lead(chain.state, chain.by("ben"), leads(1, "new lead")))


def _the_end(chain: Chain) -> None:
    chain.write("ben", log_draft.agree(chain.state, chain.by("ben"), 1, sha(b"Second text.")))
    chain.clock += 3 * DAY
    chain.write("chidi", log_draft.set_role(chain.state, chain.by("chidi"), chain.person("chidi").id, MEMBER))
    chain.write("ben", log_draft.close(chain.state, chain.by("ben")))


def stewarded() -> Chain:
    """Ben is gone for good: the steward promotes Amara at once, and demotes Ben after 72 hours."""
    chain = Chain("stewarded", policy())
    chain.found("ben")
    chain.write("ben", log_draft.invite(chain.state, chain.by("ben"), chain.terms("open", uses=3)))
    both = [chain.asked("amara", "open"), chain.asked("eli", "open")]
    chain.write("ben", log_draft.add(chain.state, chain.by("ben"), both, es=chain.next_es()))
    steward(chain, "amara", FACILITATOR)
    steward(chain, "ben", MEMBER)
    return chain


def steward(chain: Chain, name: str, role: int) -> None:
    """The steward sets a role."""
    draft = log_draft.steward_sets_role(chain.state, chain.clock, chain.person(name).id, role)
    chain.write("", draft, key=steward_seed())


def summary(state: LogState) -> Case:
    """What a log adds up to, flat enough for both twins to compare."""
    agreement = state.agreement
    return {
        "seq": state.seq,
        "head": state.head,
        "epoch": state.epoch,
        "commit": state.epoch_commit,
        "active": [member.id for member in state.active()],
        "facilitators": [member.id for member in state.facilitators()],
        "leavers": [member.id for member in state.leavers()],
        "members": [_member(state, member_id) for member_id in state.members],
        "agreement": [agreement.version, agreement.model, agreement.sha256] if agreement else None,
        "fkey": [state.fkey.public, state.fkey.gen],
        "leads": [list(lead) for lead in state.leads],
        "uses_left": [0 if each.is_revoked else each.uses_left for each in state.invites.values()],
        "pending_leads_ms": state.pending_leads.due_ms if state.pending_leads else None,
        "pending_demotions": [[who, each.due_ms] for who, each in state.pending_demotions.items()],
        "closed": state.is_closed,
    }


def _member(state: LogState, member_id: bytes) -> Case:
    member = state.members[member_id]
    spans = [[span.first, span.last] for span in member.spans]
    return {"id": member.id, "gen": member.gen, "role": member.role, "status": member.status, "spans": spans}
