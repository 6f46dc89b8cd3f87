"""A group as this device believes it: the replayed log, the keys it vouches for, the names people gave themselves.

The server is asked and never trusted: who belongs comes from the signed log alone, a key counts only when the log
holds its commit (rule K1), and a log that is shorter or other than the one seen before stops everything but reading.
"""

from collections.abc import Iterable
from typing import Any

from client import ids
from client.device import Device
from client.disputes import Dispute, Disputes
from client.home import Mark
from client.names import Names
from client.trouble import Trouble
from holdspace.sealing import box, log_entry
from holdspace.sealing.envelope import (
    PRESENCE,
    PROFILE,
    REPLY,
    SHARE,
    STANDING,
    Header,
    Opened,
    Place,
    Position,
    open_envelope,
    parse_envelope,
    unseal,
)
from holdspace.sealing.epoch import check_epoch_secret, find_message_key
from holdspace.sealing.errors import SealError
from holdspace.sealing.keys import KeyPairs
from holdspace.sealing.log_entry import LogEntry
from holdspace.sealing.log_payload import records_of
from holdspace.sealing.log_replay import apply, check_genesis, check_pin
from holdspace.sealing.log_state import LogState, Member
from holdspace.sealing.pair import find_pair_key
from holdspace.sealing.primitives import x_public

NO_ITEMS = 2**53 - 1
FALSE_KEY = "epoch-unlogged"
Row = list[Any]


class Group:
    """One group on one device. `stopped` says why it can only be read, and is None when all is well."""

    def __init__(self, device: Device, group_id: bytes) -> None:
        self.device, self.id = device, group_id
        self.member_id = bytes(16)
        self.entries: list[LogEntry] = []
        self.secrets: dict[int, bytes] = {}
        self.fkeys: dict[int, bytes] = {}
        self.fkey_holders: set[bytes] = set()
        self._own_public: dict[int, bytes] = {}
        self._named_at: dict[bytes, int] = {}
        self._fkeys_named: dict[int, bytes] = {}
        self._facilitators_ever: set[bytes] = set()
        self.names = Names()
        self._wrong: SealError | None = None
        self._disputes = Disputes()
        self._is_other_list = False
        self.before = False
        self._state: LogState | None = None
        self._marks = device.home.marks(group_id)
        self._seen: dict[bytes, Mark] = dict(self._marks)
        self._authors: dict[bytes, bytes] = {}
        self._asked_in_vain = (0, 0)

    @property
    def state(self) -> LogState:
        """What the log says now."""
        if self._state is None:
            raise self._wrong or SealError("log-format")
        return self._state

    @property
    def me(self) -> Member:
        """This member in the log."""
        return self.state.members[self.member_id]

    @property
    def keys(self) -> KeyPairs:
        """This member's current keys."""
        return self.own_keys(self.me.gen)

    def own_keys(self, gen: int) -> KeyPairs:
        """This member's keys of a generation, from whichever of the account's seeds made those that the log names."""
        made = self.device.account.every_keys(self.id, gen)
        shown = self._own_public.get(gen)
        return next((each for each in made if each.x_pub == shown), made[0])

    @property
    def position(self) -> Position:
        """Where in the log this device stands: what goes into every envelope."""
        return Position(self.state.seq, self.state.head16)

    @property
    def _known(self) -> tuple[int, int]:
        return len(self.entries), len(self.secrets)

    def sync(self, items_after: int = NO_ITEMS) -> dict[str, Any]:
        """Ask for what is new, check it, take it in; the answer, for its items."""
        if self._state is None:
            self.take_log(self.device.home.log(self.id))
        answer = self.device.ask(
            "open", group=self.id, log_after=len(self.entries) - 1, items_after=items_after
        )
        self.take_log(answer["log"])
        if any(epoch > self.state.epoch for epoch, _, _ in answer["boxes"]):
            # Somebody re-keyed while the server wrote its answer, or the server offers a key of its own.
            answer |= self.device.ask("log", group=self.id, after=len(self.entries) - 1)
            self.take_log(answer["log"])
        self._take_keys(answer)
        self.before = answer.get("before", self.before)
        for row in answer["standing"]:
            self.take_standing(row)
        return answer

    def take_log(self, datas: Iterable[bytes]) -> None:
        """Replay further entries; at the first bad one the group stays as it was, read-only."""
        known = len(self.entries)
        try:
            for data in datas:
                self._take_entry(LogEntry.parse(data))
            self._check_pin()
        except SealError as refused:
            # To somebody with a link, "log-invite" speaks of the link; here it is about an entry of the list.
            self.stop(SealError("log-authority") if refused.code == "log-invite" else refused)
        if self._state is not None and len(self.entries) > known and self.is_undisputed:
            self.device.home.keep_log(self.id, [entry.data for entry in self.entries])
            self.device.pin(self.id, (self.state.seq, self.state.head16))
            if self.state.epoch in self.secrets:
                self._leave_false_key()

    @property
    def disputes(self) -> list[Dispute]:
        """Who is here and claims another list."""
        return self._disputes.standing(self._state) if self._state else []

    @property
    def stopped(self) -> SealError | None:
        """Why nothing is said here any more."""
        if self.disputes and not self.is_list_wrong:
            return SealError(self.disputes[0].code)
        return self._wrong

    @property
    def is_list_wrong(self) -> bool:
        """Whether something is wrong with the list itself.

        Whoever begins an epoch makes its key. A member who gives the others a false one would silence them for good,
        the facilitators too, if the next epoch could not be begun without it. So a false key is nothing of the list's.
        """
        return self._wrong is not None and self._wrong.code != FALSE_KEY

    @property
    def is_undisputed(self) -> bool:
        """Whether the list is in order and nobody claims another one."""
        return not self.is_list_wrong and not self.disputes

    def check_list(self, removing: bytes | None = None, *, closed_too: bool = False) -> None:
        """Raise what is wrong with the list, or that the group is over, before anything is signed in it.

        While somebody claims another list, they can be removed, and nothing else is written.
        """
        disputing = {each.author for each in self.disputes}
        if self.stopped and (self.is_list_wrong or (disputing and removing not in disputing)):
            raise self.stopped
        if not self.me.is_active or (self.state.is_closed and not closed_too):
            raise Trouble("not-found")

    def check_usable(self, *, closed_too: bool = False) -> None:
        """Raise what stopped this group, or that it is over, before anything is said in it. Words can be taken back in a
        closed one, too."""
        if self.stopped:
            raise self.stopped
        self.check_list(closed_too=closed_too)
        if self.state.epoch not in self.secrets:
            self.device.ask("need-box", group=self.id, epoch=self.state.epoch)
            raise SealError("no-epoch-box")

    def check_facilitator(self, removing: bytes | None = None) -> None:
        """Raise unless this member may do what facilitators do."""
        self.check_list(removing)
        if not self.me.is_facilitator:
            raise Trouble("not-facilitator")

    def open(self, envelope: bytes) -> Opened:
        """The words of an envelope after every check; once more with a fresher log when the sender knew more."""
        try:
            return self._open(envelope)
        except SealError as refused:
            if refused.code == "fork":
                self._claimed(envelope, refused)
            if refused.code not in ("stale-log", "no-epoch-box") or self._known == self._asked_in_vain:
                raise
        # A server that withholds an entry or a box is asked once, not once an item, and not from within its answer.
        self._asked_in_vain = self._known
        self.sync()
        try:
            return self._open(envelope)
        except SealError as refused:
            if refused.code != "stale-log":
                raise
        # Its sender saw entries that the server does not show here.
        withheld = SealError("log-rollback")
        self._claimed(envelope, withheld)
        raise withheld

    def take_standing(self, row: Row) -> None:
        """Take in who goes by which name; what does not open is left out, and what stands from no facilitator."""
        try:
            opened = self.open(row[1])
        except SealError:
            return
        if row[0] < self._named_at.get(opened.header.author, 0):
            return  # an older one, read again: the newest name counts
        if opened.header.kind != STANDING or opened.header.author in self._facilitators_ever:
            self.names.take(opened, self.state)
        if opened.header.kind == PROFILE:
            self._named_at[opened.header.author] = row[0]

    def key_of(self, epoch: int) -> bytes:
        """What seals an epoch's envelopes, if it is this member's to have."""
        return find_message_key(self.state, self.member_id, self.secrets, epoch)

    def key_for(self, header: Header) -> bytes:
        """What seals this envelope: the epoch's key, or of a presence the key of its two."""
        if header.kind != PRESENCE:
            return self.key_of(header.epoch)
        said_by = self.said_by(header.parent)
        other = said_by if header.author == self.member_id else header.author
        if other is None or (other == header.author and said_by not in (None, self.member_id)):
            raise SealError("context")
        return find_pair_key(self.state, (self.member_id, other), self._own_x, self.secrets, header.epoch)

    def said_by(self, item: bytes) -> bytes | None:
        """The author of a share or reply that was opened here."""
        return self._authors.get(item)

    def name_of(self, member_id: bytes) -> str | None:
        """What somebody is called here, if that is known."""
        return self.names.of(member_id)

    def find(self, who: str) -> Member:
        """The active member of that id or, when only one goes by it, that name."""
        found = [m for m in self.state.active() if who in (ids.text(m.id), self.name_of(m.id))]
        if len(found) != 1:
            raise Trouble("who")
        return found[0]

    def stop(self, refused: SealError) -> None:
        """From here on the group can only be read; the first reason stays, unless it was only a key."""
        if not self.is_list_wrong:
            self._wrong = refused

    def _claimed(self, envelope: bytes, refused: SealError) -> None:
        """Words claim another list.

        Those of an epoch that is not here could not be opened, so nobody vouches that their author wrote them: a server
        alone can make such, a member alone cannot. And our own words do not lie: it is the host that shows another list.
        """
        claimed = parse_envelope(envelope)
        author, epoch = claimed.header.author, claimed.header.epoch
        if epoch > self.state.epoch or author == self.member_id:
            self.stop(refused)
        else:
            position = unseal(claimed, self.key_for(claimed.header)).position
            self._disputes.add(Dispute(author, epoch, refused.code, position))

    def _take_entry(self, entry: LogEntry) -> None:
        if self._state is None:
            pin = self.device.pins.get(self.id)
            genesis16 = pin[1] if pin and pin[0] == 0 else None
            check_genesis(entry, group=self.id, genesis16=genesis16)
        self._state = apply(self._state, entry)
        self.entries.append(entry)
        facilitators = {each.id for each in self._state.facilitators()}
        self._facilitators_ever |= facilitators
        if entry.draft.type == log_entry.SET_FKEY:
            self.fkey_holders = facilitators
            self._fkeys_named[self._state.fkey.gen] = self._state.fkey.public

    def _check_pin(self) -> None:
        pin = self.device.pins.get(self.id)
        if pin and self._state is not None and pin[0] < len(self.entries):
            check_pin(self._state, *pin)

    def _take_keys(self, answer: dict[str, Any]) -> None:
        self.member_id = answer.get("member", self.member_id)
        self.note_own_keys()
        try:
            if (pin := self.device.pins.get(self.id)) is not None:
                check_pin(self.state, *pin)
            self._check_me()
        except SealError as refused:
            self.stop(refused)
            self._is_other_list = True
            return
        self._leave_false_key()  # what is offered now tells anew
        for epoch, gen, sealed in answer["boxes"]:
            self._take_box(epoch, gen, sealed)
        for fkey_gen, gen, sealed in answer["fkeys"]:
            self._take_fkey(fkey_gen, gen, sealed)

    def _leave_false_key(self) -> None:
        """A new epoch left it behind, and words may be said again."""
        if not self.is_list_wrong:
            self._wrong = None

    def note_own_keys(self) -> None:
        """Which keys the log names for this member, of every generation."""
        own = records_of(self.entries, self.member_id)
        self._own_public = {each.gen: each.x_pub for each in own}

    def _check_me(self) -> None:
        """The record in the log must hold our own keys, or somebody else stands there in our place."""
        me = self.state.members.get(self.member_id)
        if me is None:
            raise SealError("key-mismatch")
        own = self.own_keys(me.gen)
        if (own.x_pub, own.e_pub) != (me.x_pub, me.e_pub):
            # Keys that were never ours: lost and replaced, until a facilitator vouches for the new ones. Or a false list.
            is_known = self.device.gens.get(self.id, NO_ITEMS) <= me.gen
            raise SealError("key-mismatch" if is_known else "no-keys")

    def _take_box(self, epoch: int, gen: int, sealed: bytes) -> None:
        if epoch in self.secrets:
            return
        context = box.epoch_context(self.id, epoch, self.member_id, gen)
        try:
            secret = box.open_box(box.EPOCH, context, self.own_keys(gen).x, sealed)
        except SealError:
            return  # no box for us: `no-epoch-box` asks for another
        try:
            check_epoch_secret(self.state, epoch, secret)
        except SealError as refused:
            if epoch >= self.state.epoch:
                self.stop(refused)
            return  # of an epoch before: nothing is sealed to it any more
        self.secrets[epoch] = secret

    def _take_fkey(self, fkey_gen: int, gen: int, sealed: bytes) -> None:
        if fkey_gen in self.fkeys:
            return
        context = box.fkey_context(self.id, fkey_gen, self.member_id, gen)
        try:
            private = box.open_box(box.FKEY, context, self.own_keys(gen).x, sealed)
        except SealError:
            return
        if x_public(private) == self._fkeys_named.get(fkey_gen):
            self.fkeys[fkey_gen] = private

    def _open(self, envelope: bytes) -> Opened:
        if self._is_other_list and self._wrong:
            # A server can make a whole false group around a member, with every signature in it right.
            raise self._wrong
        opened = open_envelope(
            envelope, expect=Place(self.id), log=self.state, key_of=self.key_for, seen=self._seen
        )
        self._take_in(opened)
        return opened

    def _take_in(self, opened: Opened) -> None:
        """Remember who said what, and never believe in an older revision than one seen, after a restart either."""
        header = opened.header
        self._seen[header.item_id] = opened.mark
        if header.kind in (SHARE, REPLY):
            self._authors.setdefault(header.item_id, header.author)
        if header.revision and self._marks.get(header.item_id) != opened.mark:
            self._marks[header.item_id] = opened.mark
            self.device.home.keep_marks(self.id, self._marks)

    def _own_x(self, gen: int) -> bytes:
        return self.own_keys(gen).x
