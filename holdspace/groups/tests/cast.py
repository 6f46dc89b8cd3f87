"""The cast with real keys: Amara member, Ben facilitator, Chidi coordinator, Dana of another group, Eli removed.

Sealed material is made with the Python twin, as a browser would, and goes through the verbs, as the gateway would.
"""

import time
from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.utils import timezone

from holdspace.accounts.models import Account, Network
from holdspace.groups.verbs import VERBS as GROUP_VERBS
from holdspace.live.verbs import Outcome, Request, Result, Write
from holdspace.sealing import box, codec, invite, log_draft, log_entry
from holdspace.sealing.envelope import Header, Position, Said, seal_envelope
from holdspace.sealing.epoch import message_key, new_epoch_secret
from holdspace.sealing.keys import KeyPairs, group_keys, new_id, new_seed
from holdspace.sealing.log_draft import By
from holdspace.sealing.log_entry import Draft, LogEntry, sign_entry
from holdspace.sealing.log_payload import FACILITATOR, InviteTerms, Policy, Record
from holdspace.sealing.log_replay import apply
from holdspace.sealing.log_state import LogState
from holdspace.sealing.primitives import ZERO16, e_public
from holdspace.ui.refused import Refused

# What the cast may ask. Apps above groups add their own verbs in their own tests.
VERBS = {verb.name: verb for verb in GROUP_VERBS}
STEWARD_SEED = bytes(range(32))
WEEK_MS = 7 * 24 * 3600 * 1000


def now() -> int:
    """The clock of everybody's browser."""
    return int(time.time() * 1000)


def make_network() -> Network:
    """A network that is set up, with a steward and no leads."""
    return Network.objects.create(
        name="Riverside", language="en", steward_pub=e_public(STEWARD_SEED), set_up=timezone.now()
    )


@dataclass(eq=False)
class Person:
    """Somebody with an account. Their group keys follow from the seed."""

    name: str
    id: bytes = field(default_factory=new_id)
    seed: bytes = field(default_factory=new_seed)

    @classmethod
    def named(cls, name: str, *, is_coordinator: bool = False) -> "Person":
        """A person whose account is in the database."""
        person = cls(name)
        at = timezone.now()
        Account.objects.create(
            id=person.id,
            name=name,
            name_key=name.casefold(),
            salt=bytes(16),
            profile=1,
            x_pub=bytes(32),
            e_pub=bytes(32),
            is_coordinator=is_coordinator,
            of_age=at,
            made=at,
        )
        return person

    def keys(self, group: bytes, gen: int = 1) -> KeyPairs:
        """Their keys in a group."""
        return group_keys(self.seed, group, gen)

    def ask(self, verb: str, **args: Any) -> Result:
        """What a verb answers; raises Refused or Http404."""
        return ask(self.id, verb, args)[0]

    def news(self, verb: str, **args: Any) -> list[Any]:
        """What a write would announce, in order."""
        return ask(self.id, verb, args)[1]


def ask(account_id: bytes, name: str, args: dict[str, Any]) -> tuple[Result, list[Any]]:
    """Ask a verb as the gateway does, without the gateway."""
    verb = VERBS[name]
    given = msgspec.convert(args, verb.takes)
    if not isinstance(verb, Write):
        return verb.run(account_id, given), []
    request = Request(account_id, given)
    (outcome,) = verb.run([request])
    return granted(outcome), request.effects


def granted(outcome: Outcome) -> Result:
    """The result of an outcome; a refusal is raised."""
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


@dataclass
class Circle:
    """A group as its members hold it: the replayed state, every epoch's secret, who is which member."""

    id: bytes = field(default_factory=new_id)
    ids: dict[str, bytes] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    secrets: dict[int, bytes] = field(default_factory=dict)
    fkey: bytes = field(default_factory=new_seed)
    links: dict[str, invite.Link] = field(default_factory=dict)
    state: LogState | None = None

    def join_as(self, person: Person) -> bytes:
        """The member id somebody has here."""
        self.people[person.name] = person
        return self.ids.setdefault(person.name, new_id())

    @property
    def now(self) -> LogState:
        """The state; there is one."""
        assert self.state is not None
        return self.state

    def by(self, person: Person) -> By:
        """Somebody acting now."""
        return By(self.ids[person.name], now())

    def sign(self, person: Person, draft: Draft, gen: int = 1) -> bytes:
        """An entry signed with somebody's key."""
        return sign_entry(draft, person.keys(self.id, gen).e)

    # Parcels

    def boxes(self, state: LogState, es: bytes) -> list[tuple[bytes, bytes]]:
        """A box for each active member."""
        return [(member.id, self.box_for(state, member.id, es)) for member in state.active()]

    def box_for(self, state: LogState, member_id: bytes, es: bytes) -> bytes:
        """The epoch's key sealed to one member."""
        member = state.members[member_id]
        context = box.epoch_context(self.id, state.epoch, member.id, member.gen)
        return box.seal_box(box.EPOCH, context, member.x_pub, es)

    def fkeys(self, state: LogState) -> list[tuple[int, bytes, bytes]]:
        """The facilitators' key for each facilitator."""
        found = []
        for member in state.facilitators():
            context = box.fkey_context(self.id, state.fkey.gen, member.id, member.gen)
            found.append(
                (state.fkey.gen, member.id, box.seal_box(box.FKEY, context, member.x_pub, self.fkey))
            )
        return found

    def after(self, *entries: bytes) -> LogState:
        """The state with more entries, by the rules of the log."""
        state = self.state
        for entry in entries:
            state = apply(state, LogEntry.parse(entry))
        assert state is not None
        return state

    # Beginnings

    def genesis(self, founder: Person, *, policy: Policy | None = None) -> dict[str, Any]:
        """What a founder's browser appends first."""
        member_id, es = self.join_as(founder), new_epoch_secret()
        keys = founder.keys(self.id)
        record = Record(member_id, 1, keys.x_pub, keys.e_pub, role=FACILITATOR)
        policy = policy or Policy(steward=e_public(STEWARD_SEED), member_cap=60)
        entries = [self.sign(founder, log_draft.genesis(self.id, record, policy, es=es, now_ms=now()))]
        entries.append(
            self.sign(founder, log_draft.agree(self.after(*entries), self.by(founder), 2, bytes(32)))
        )
        public = group_keys(self.fkey, self.id, 1).x_pub
        entries.append(self.sign(founder, log_draft.set_fkey(self.after(*entries), self.by(founder), public)))
        state = self.after(*entries)
        self.secrets[1] = es
        return {
            "group": self.id,
            "entries": entries,
            "boxes": self.boxes(state, es),
            "fkeys": self.fkeys(state),
        }

    def start(self, founder: Person) -> "Circle":
        """Found the group."""
        self.append(founder, self.genesis(founder))
        return self

    def append(self, person: Person, args: dict[str, Any]) -> list[Any]:
        """Append and, when it was taken, move on. Gives the announcements."""
        _, effects = ask(person.id, "append", args)
        self.state = self.after(*args["entries"])
        return effects

    def notice(self, person: Person, seq: int) -> tuple[bytes, bytes]:
        """Words for somebody who is removed by the entry `seq`."""
        member = self.now.members[self.ids[person.name]]
        context = box.notice_context(self.id, member.id, member.gen, seq)
        words = codec.to_padded_json({"v": 1, "t": "Not here, not now."})
        return member.id, box.seal_box(box.NOTICE, context, member.x_pub, words)

    # Drafts of later steps

    def same_epoch(self, person: Person, draft: Draft) -> dict[str, Any]:
        """An append of one entry that begins no epoch."""
        return {"group": self.id, "entries": [self.sign(person, draft)]}

    def new_epoch(self, person: Person, draft: Draft, es: bytes) -> dict[str, Any]:
        """An append of one entry that begins an epoch, with its boxes."""
        entry = self.sign(person, draft)
        state = self.after(entry)
        self.secrets[state.epoch] = es
        return {"group": self.id, "entries": [entry], "boxes": self.boxes(state, es)}

    def invitation(self, by: Person, label: str, **terms: Any) -> dict[str, Any]:
        """An append of an INVITE; the link is kept under `label`."""
        link = invite.Link(new_id(), self.now.genesis16, invite.new_secret())
        self.links[label] = link
        public = invite.invite_public(link.secret, link.invite_id)
        made = InviteTerms(link.invite_id, public, **{"expires_ms": now() + WEEK_MS} | terms)
        card = invite.seal_card({"v": 1, "name": "Tuesday circle"}, link)
        return self.same_epoch(by, log_draft.invite(self.now, self.by(by), made)) | {"card": card}

    def request(self, person: Person, label: str, gen: int = 1) -> dict[str, Any]:
        """What somebody's browser asks with."""
        link, member_id = self.links[label], self.join_as(person)
        asked = invite.ask_to_join(link, self.id, member_id, gen, person.keys(self.id, gen))
        context = box.profile_context(self.id, self.now.fkey.gen, link.invite_id, member_id)
        profile = invite.seal_profile(person.name, self.now.fkey.public, context)
        return {
            "invite": link.invite_id,
            "record": asked.record.encode(),
            "self_sig": asked.self_sig,
            "profile": profile,
        }

    def admission(self, by: Person, *records: bytes) -> dict[str, Any]:
        """An append of an ADD."""
        es = new_epoch_secret()
        parsed = [Record.parse(record) for record in records]
        return self.new_epoch(by, log_draft.add(self.now, self.by(by), parsed, es=es), es)

    def admit(self, by: Person, *people: Person) -> "Circle":
        """Invite, ask and admit, all the way."""
        records = []
        for person in people:
            self.append(by, self.invitation(by, person.name))
            request = self.request(person, person.name)
            person.ask("ask", **request)
            records.append(request["record"])
        self.append(by, self.admission(by, *records))
        return self

    def removal(self, by: Person, *people: Person) -> dict[str, Any]:
        """An append of a REMOVE."""
        es, gone = new_epoch_secret(), [self.ids[person.name] for person in people]
        return self.new_epoch(by, log_draft.remove(self.now, self.by(by), gone, es=es), es)

    def leaving(self, person: Person) -> dict[str, Any]:
        """An append of a LEAVE."""
        return self.same_epoch(person, log_draft.leave(self.now, self.by(person)))

    def rekeying(self, person: Person) -> dict[str, Any]:
        """An append of a REKEY."""
        es = new_epoch_secret()
        return self.new_epoch(person, log_draft.rekey(self.now, self.by(person), es=es), es)

    def promotion(self, by: Person, person: Person) -> dict[str, Any]:
        """An append that makes somebody a facilitator and gives them the key."""
        draft = log_draft.set_role(self.now, self.by(by), self.ids[person.name], FACILITATOR)
        entries = [self.sign(by, draft)]
        public = group_keys(self.fkey, self.id, self.now.fkey.gen + 1).x_pub
        entries.append(self.sign(by, log_draft.set_fkey(self.after(*entries), self.by(by), public)))
        return {"group": self.id, "entries": entries, "fkeys": self.fkeys(self.after(*entries))}

    # Words

    def envelope(self, person: Person, text: str = "Still here.", **header: Any) -> bytes:
        """A sealed share, or what `header` says."""
        state = self.now
        defaults: dict[str, Any] = {
            "kind": 1,
            "group": self.id,
            "epoch": state.epoch,
            "item_id": new_id(),
            "author": self.ids[person.name],
            "parent": ZERO16,
        }
        nonce = header.pop("nonce", None)
        made = Header(**defaults | header)
        es = self.secrets.get(made.epoch, bytes(32))
        said = Said(Position(state.seq, state.head16), now(), msgspec.json.encode({"v": 1, "t": text}))
        return seal_envelope(made, message_key(self.id, made.epoch, es), said, nonce=nonce)

    def say(self, person: Person, text: str = "Still here.", **header: Any) -> Result:
        """Send a sealed share."""
        return person.ask("send", envelope=self.envelope(person, text, **header))


def item_id(envelope: bytes) -> bytes:
    """The id of the item an envelope belongs to."""
    return envelope[28:44]


__all__ = ["Circle", "Person", "ask", "granted", "item_id", "log_entry", "make_network", "now"]


def bens_circle() -> Circle:
    """A network, and in it Ben's group with Amara, who came in epoch 2, and Eli, who was removed. Now epoch 3."""
    make_network()
    ben = Person.named("Ben")
    circle = Circle().start(ben).admit(ben, Person.named("Amara"), Person.named("Eli"))
    circle.append(ben, circle.removal(ben, circle.people["Eli"]))
    return circle
