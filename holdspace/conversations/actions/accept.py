"""Accepting what is said (sealing.md 8.1): the checks in that order, the first that fails answers.

Called by the one writer with everything that arrived together. A batch costs the same few statements whatever its size.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.db import IntegrityError, connection

from holdspace.conversations.actions.past import Known, Past
from holdspace.conversations.actions.rates import give_back, may_say
from holdspace.conversations.models import ENTRY, PROFILE, REPLY, SHARE, STANDING
from holdspace.conversations.topics import ITEM
from holdspace.groups.access import Standing, forget, standing
from holdspace.groups.clock import now_ms
from holdspace.groups.models import FACILITATOR
from holdspace.groups.queries import Member, rows
from holdspace.live.topics import Room
from holdspace.live.verbs import Outcome, Request, Result
from holdspace.sealing.envelope import MAX_ENVELOPE, Envelope, parse_envelope
from holdspace.sealing.errors import SealError
from holdspace.sealing.primitives import ZERO16
from holdspace.sealing.stamp import stamp
from holdspace.ui.refused import Refused

KINDS = frozenset({SHARE, REPLY, STANDING, PROFILE, ENTRY})
# Every newcomer is sent everybody's profile at once, so a name must not be a book.
MAX_PROFILE = 4096


class Draft(NamedTuple):
    """An envelope on its way in, with what the checks look at."""

    account_id: bytes
    data: bytes
    envelope: Envelope
    member: Member
    group: Standing
    past: Past
    known: list[Known]


def accept_items(requests: list[Request]) -> list[Outcome]:
    """Store and stamp what passes; announce it. One outcome for each request, in order."""
    parsed = [_parse(request.args.envelope) for request in requests]
    return Batch(Past.of(_envelopes(parsed))).run(requests, parsed)


def accept_hopefully(requests: list[Request]) -> list[Outcome]:
    """The same as if every first envelope were new, which it nearly always is: then nothing of the past is asked about
    it, and the database's constraints say otherwise (IntegrityError). If a check fails that the past might explain (it
    may be a copy of something accepted long ago), everything is asked after all.
    """
    parsed = [_parse(request.args.envelope) for request in requests]
    batch = Batch(Past.that_is_named(_envelopes(parsed)), is_hopeful=True)
    try:
        return batch.run(requests, parsed)
    except IntegrityError:
        batch.undo()
        raise
    except Doubt:
        batch.undo()
    for request in requests:
        request.effects.clear()
    return accept_items(requests)


def _parse(data: bytes) -> Envelope | Refused:
    try:
        return parse_envelope(data)
    except SealError as error:
        return Refused(error.code)


def _envelopes(parsed: list[Envelope | Refused]) -> list[Envelope]:
    return [each for each in parsed if isinstance(each, Envelope)]


class Doubt(Exception):
    """Whether to refuse depends on what was not asked."""


class Batch:
    """The envelopes that arrived together."""

    def __init__(self, past: Past, *, is_hopeful: bool = False) -> None:
        self._is_hopeful = is_hopeful
        self._past = past
        self._received = now_ms()
        self._stamp_key: bytes = settings.SEAL_STAMP_KEYS[0]
        self._rows: list[tuple[int | bytes, ...]] = []
        self._results: dict[tuple[bytes, int], tuple[bytes, Result]] = {}
        self._groups: dict[bytes, Standing] = {}
        self._spoke: list[bytes] = []

    def run(self, requests: list[Request], parsed: list[Envelope | Refused]) -> list[Outcome]:
        """Take each in order, write what was taken."""
        outcomes = [
            self.take(request, each) if isinstance(each, Envelope) else each
            for request, each in zip(requests, parsed, strict=True)
        ]
        self.store()
        return outcomes

    def undo(self) -> None:
        """What was taken is not in the database: nobody remembers it, and it counts for nobody's rate."""
        for group_id in self._groups:
            forget(group_id)
        for account_id in self._spoke:
            give_back(account_id)

    def take(self, request: Request, envelope: Envelope) -> Outcome:
        """One outcome. Nothing is remembered of what is refused."""
        group = standing(envelope.header.group)
        member = group.members.get(request.account_id) if group else None
        if group is None or member is None:
            return Refused("not-found")
        header = envelope.header
        if header.author != member.member_id:
            return Refused("author")
        known = self._past.revisions(header.group, header.item_id)
        draft = Draft(request.account_id, request.args.envelope, envelope, member, group, self._past, known)
        first = self._first_result(draft)
        if first is not None:
            return first
        for check in CHECKS:
            code = check(draft)
            if code is not None:
                return self._refuse(code)
        return self._accept(request, draft)

    def store(self) -> None:
        """Write what was accepted."""
        if not self._rows:
            return
        with connection.cursor() as cursor:
            cursor.executemany(_INSERT, self._rows)
            cursor.executemany(
                "UPDATE groups_supportgroup SET item_seq = %s WHERE id = %s",
                [(group.item_seq, group_id) for group_id, group in self._groups.items()],
            )

    def _refuse(self, code: str) -> Refused:
        if self._is_hopeful:
            raise Doubt
        return Refused(code)

    def _first_result(self, draft: Draft) -> Result | None:
        """What the very same envelope was answered before. Asked ahead of the epoch: an answer that was lost on the way
        must not turn into "re-seal", or the same words would be said twice."""
        header = draft.envelope.header
        for known in draft.known:
            if known.revision == header.revision and known.nonce == draft.envelope.nonce:
                return self._result_at(header.group, known.seq, draft.data)
        return None

    def _result_at(self, group_id: bytes, seq: int, data: bytes) -> Result | None:
        if (group_id, seq) in self._results:
            envelope, result = self._results[group_id, seq]
        else:
            envelope, result = _stored(group_id, seq)
        return result if envelope == data else None

    def _accept(self, request: Request, draft: Draft) -> Result:
        header, group, received = draft.envelope.header, draft.group, self._received
        group.item_seq += 1
        seq = group.item_seq
        stamped = stamp(self._stamp_key, draft.data, received)
        fields = header.item_id, header.revision, header.kind, header.author, header.epoch
        sealed = draft.envelope.nonce, header.parent, draft.data, received, stamped
        self._rows.append((header.group, seq, *fields, *sealed))
        self._groups[header.group] = group
        self._spoke.append(request.account_id)
        self._past.add(seq, draft.envelope)
        row = (seq, draft.data, received, stamped)
        request.announce(ITEM, Room(header.group, header.epoch), {"group": header.group, "row": row})
        result: Result = {"seq": seq, "received": received, "stamp": stamped}
        self._results[header.group, seq] = draft.data, result
        return result


def _stored(group_id: bytes, seq: int) -> tuple[bytes, Result]:
    sql = "SELECT envelope, received, stamp FROM conversations_item WHERE group_id = %s AND seq = %s"
    envelope, received, stamped = rows(sql, [group_id, seq])[0]
    return envelope, {"seq": seq, "received": received, "stamp": stamped}


_INSERT = """
    INSERT INTO conversations_item
        (group_id, seq, item_id, revision, kind, author, epoch, nonce, parent, envelope, received, stamp)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


def is_stale(draft: Draft) -> str | None:
    """No grace window: what is said now is sealed to those who are here now."""
    return None if draft.envelope.header.epoch == draft.group.epoch else "stale-epoch"


def is_out_of_place(draft: Draft) -> str | None:
    """The kind, for this role and this group."""
    kind = draft.envelope.header.kind
    if kind not in KINDS or draft.group.closed:
        return "kind"
    return "kind" if kind == STANDING and draft.member.role != FACILITATOR else None


def is_not_next(draft: Draft) -> str | None:
    """A new item, or the next revision of one's own: same kind, same author, no gap and no second first."""
    header = draft.envelope.header
    if not draft.known:
        return "exists" if header.revision else None
    last = draft.known[-1]
    follows = header.revision == last.revision + 1 and (header.author, header.kind) == (
        last.author,
        last.kind,
    )
    return None if follows else "exists"


def is_astray(draft: Draft) -> str | None:
    """A reply answers a share that its author can see; an entry may answer one; a revision stays where it was."""
    header = draft.envelope.header
    if draft.known and draft.known[-1].parent != header.parent:
        return "parent"
    if header.parent == ZERO16:
        return "parent" if header.kind == REPLY else None
    return None if header.kind in {REPLY, ENTRY} and _sees_share(draft, header.parent) else "parent"


def _sees_share(draft: Draft, item_id: bytes) -> bool:
    known = draft.past.revisions(draft.envelope.header.group, item_id)
    return bool(known) and known[-1].kind == SHARE and known[-1].epoch >= draft.member.from_epoch


def is_nonce_used(draft: Draft) -> str | None:
    """A broken random generator becomes an error here, and not two texts under one key stream."""
    return "nonce" if draft.past.has_nonce(draft.envelope) else None


def is_too_many(draft: Draft) -> str | None:
    """The account's rate."""
    return None if may_say(draft.account_id) else "too-many"


def is_too_large(draft: Draft) -> str | None:
    """The envelope's size."""
    most = MAX_PROFILE if draft.envelope.header.kind == PROFILE else MAX_ENVELOPE
    return None if len(draft.data) <= most else "too-large"


CHECKS: tuple[Callable[[Draft], str | None], ...] = (
    is_stale,
    is_out_of_place,
    is_not_next,
    is_astray,
    is_nonce_used,
    is_too_large,
    is_too_many,
)
