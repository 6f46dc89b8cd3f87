"""Accepting what is said (sealing.md 8.1): the checks in that order, the first that fails answers.

Called by the one writer with everything that arrived together. A batch costs the same few statements whatever its size.
"""

from django.conf import settings
from django.db import IntegrityError, connection

from holdspace.conversations.actions.checks import CHECKS, Draft
from holdspace.conversations.actions.past import Known, Past
from holdspace.conversations.actions.rates import give_back
from holdspace.conversations.actions.storing import insert_items
from holdspace.conversations.models import PRESENCE
from holdspace.conversations.topics import ITEM
from holdspace.groups.access import Standing, forget, standing
from holdspace.groups.actions.turns import take_turn
from holdspace.groups.clock import now_ms
from holdspace.live.topics import Person, Room
from holdspace.live.verbs import Outcome, Request, Result
from holdspace.sealing.envelope import CLEAR_SIZE, Envelope, parse_envelope
from holdspace.sealing.errors import SealError
from holdspace.sealing.stamp import stamp
from holdspace.ui.refused import Refused
from holdspace.ui.statements import rows


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


def withdraw_items(requests: list[Request]) -> list[Outcome]:
    """The same for envelopes that are the last of their items."""
    parsed = [_parse(request.args.envelope) for request in requests]
    return Batch(Past.of(_envelopes(parsed)), is_withdrawing=True).run(requests, parsed)


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

    def __init__(self, past: Past, *, is_hopeful: bool = False, is_withdrawing: bool = False) -> None:
        self._is_hopeful = is_hopeful
        self._is_withdrawing = is_withdrawing
        self._past = past
        self._received = now_ms()
        self._stamp_key: bytes = settings.SEAL_STAMP_KEYS[0]
        self._rows: list[tuple[int | bytes, ...]] = []
        self._placed: list[tuple[int | bytes | None, ...]] = []
        self._replaced: list[tuple[int, bytes, int]] = []
        self._results: dict[tuple[bytes, int], tuple[bytes, Result]] = {}
        self._groups: dict[bytes, Standing] = {}
        self._spoke: list[bytes] = []

    def run(self, requests: list[Request], parsed: list[Envelope | Refused]) -> list[Outcome]:
        """Take each in order, write what was taken."""
        take_turn(each.header.group for each in _envelopes(parsed))
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
        header, past = envelope.header, self._past
        group = standing(header.group)
        member = group.members.get(request.account_id) if group else None
        if group is None or member is None:
            return Refused("not-found")
        if header.author != member.member_id:
            return Refused("author")
        known = past.revisions(header.group, header.item_id)
        what = request.account_id, request.args.envelope, header, envelope.nonce
        draft = Draft(*what, member, group, past, known[-1] if known else None, self._is_withdrawing)
        first = self._first_result(draft, known) if known else None
        if first is not None:
            return first
        for check in CHECKS:
            code = check(draft)
            if code is not None:
                return self._refuse(code)
        return self._accept(request, draft)

    def store(self) -> None:
        """Write what was accepted."""
        if not self._groups:
            return
        with connection.cursor() as cursor:
            if self._rows:
                insert_items(cursor, self._rows)
            if self._placed:
                cursor.executemany(_INSERT_PLACED, self._placed)
            if self._replaced:
                cursor.executemany(_REPLACE, self._replaced)
            cursor.executemany(
                "UPDATE groups_supportgroup SET item_seq = %s WHERE id = %s",
                [(group.item_seq, group_id) for group_id, group in self._groups.items()],
            )

    def _refuse(self, code: str) -> Refused:
        if self._is_hopeful:
            raise Doubt
        return Refused(code)

    def _first_result(self, draft: Draft, known: list[Known]) -> Result | None:
        """What the very same envelope was answered before. Asked ahead of the epoch: an answer that was lost on the way
        must not turn into "re-seal", or the same words would be said twice."""
        header = draft.header
        for each in known:
            if each.revision == header.revision and each.nonce == draft.nonce:
                return self._result_at(header.group, each.seq, draft.data)
        return None

    def _result_at(self, group_id: bytes, seq: int, data: bytes) -> Result | None:
        if (group_id, seq) in self._results:
            envelope, result = self._results[group_id, seq]
        else:
            envelope, result = _stored(group_id, seq)
        return result if _is_copy(data, envelope, result) else None

    def _accept(self, request: Request, draft: Draft) -> Result:
        kind, group_id, epoch, item_id, author, revision, parent = draft.header
        data, nonce, received, group = draft.data, draft.nonce, self._received, draft.group
        group.item_seq = seq = group.item_seq + 1
        stamped = stamp(self._stamp_key, data, received)
        sealed = nonce, parent, data, received, stamped
        fields = (group_id, seq, item_id, revision, kind, author, epoch, *sealed)
        place = draft.last.place if draft.last else (0, 0)
        if draft.last is None and kind != PRESENCE:
            self._rows.append(fields)
        else:
            self._keep_placed(draft, (*fields, *place))
        row = seq, data, received, stamped
        self._announce(request, draft, (*row, *place) if draft.last else row)
        self._groups[group_id] = group
        self._spoke.append(request.account_id)
        who = kind, author, parent, epoch, nonce
        self._past.add(draft.header, Known(seq, revision, *who, received, *place, draft.is_withdrawal))
        result: Result = {"seq": seq, "received": received, "stamp": stamped}
        self._results[group_id, seq] = data, result
        return result

    def _keep_placed(self, draft: Draft, fields: tuple[int | bytes, ...]) -> None:
        """A revision, which takes the place of the one before, or a presence, which is for two."""
        if draft.last is not None:
            self._replaced.append((self._received, draft.header.group, draft.last.seq))
        self._placed.append((*fields, draft.is_withdrawal, draft.recipient))

    def _announce(self, request: Request, draft: Draft, row: tuple[int | bytes, ...]) -> None:
        header, group = draft.header, draft.group
        payload: Result = {"group": header.group, "row": row}
        if draft.recipient is not None:
            for account_id in (request.account_id, group.account_of(draft.recipient)):
                if account_id is not None:
                    request.announce(ITEM, Person(account_id), payload)
            return
        if group.room_seq != group.item_seq - 1:
            payload["after"] = group.room_seq
        group.room_seq = group.item_seq
        # Of a revision, those who could read the one before: nobody else has anything to be told of.
        request.announce(ITEM, Room(header.group, draft.last.epoch if draft.last else header.epoch), payload)


def _stored(group_id: bytes, seq: int) -> tuple[bytes, Result]:
    sql = "SELECT envelope, received, stamp FROM conversations_item WHERE group_id = %s AND seq = %s"
    envelope, received, stamped = rows(sql, [group_id, seq])[0]
    return envelope, {"seq": seq, "received": received, "stamp": stamped}


def _is_copy(data: bytes, envelope: bytes, result: Result) -> bool:
    """Byte for byte; of what was destroyed since, by its stamp."""
    if len(envelope) > CLEAR_SIZE:
        return data == envelope
    stamps = (stamp(key, data, result["received"]) for key in settings.SEAL_STAMP_KEYS)
    return result["stamp"] in stamps


_INSERT_PLACED = """
    INSERT INTO conversations_item
        (group_id, seq, item_id, revision, kind, author, epoch, nonce, parent, envelope, received, stamp,
         first_seq, first_received, is_withdrawal, recipient)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_REPLACE = "UPDATE conversations_item SET replaced = %s WHERE group_id = %s AND seq = %s"
