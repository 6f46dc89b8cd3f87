"""What the gateway may be asked about groups (docs/protocol.md 3 and 4)."""

from collections.abc import Callable
from typing import Annotated, Literal

from msgspec import Meta

from holdspace.groups import access, actions, queries
from holdspace.groups.clock import now_ms
from holdspace.groups.models import INVITED
from holdspace.live.verbs import Args, Read, Request, Result, Verb, Write, one_by_one
from holdspace.ui.statements import ask

_LARGEST = (1 << 53) - 1
Id = Annotated[bytes, Meta(min_length=16, max_length=16)]
Number = Annotated[int, Meta(ge=1, le=0xFFFFFFFF)]
Seq = Annotated[int, Meta(ge=0, le=_LARGEST)]
Sealed = bytes


class Nothing(Args, frozen=True):
    """No arguments."""


class OfGroup(Args, frozen=True):
    """A group."""

    group: Id


class OfNotice(Args, frozen=True):
    """A notice."""

    notice: Id


class Log(Args, frozen=True):
    """A group's log behind a seq."""

    group: Id
    after: Annotated[int, Meta(ge=-1, le=0xFFFFFFFF)]


class Append(Args, frozen=True):
    """Signed entries and what travels with them: (member, box), (fkey_gen, member, box), (member, box), a card,
    (request, box, note) of an invite from the listing."""

    group: Id
    entries: Annotated[list[bytes], Meta(min_length=1, max_length=4)]
    boxes: list[tuple[Id, Sealed]] = []
    fkeys: list[tuple[Number, Id, Sealed]] = []
    notices: list[tuple[Id, Sealed]] = []
    card: Sealed | None = None
    answer: tuple[Id, Sealed, Sealed] | None = None


class Ask(Args, frozen=True):
    """A request to join: the record, the proof of possession, a name for the facilitators."""

    invite: Id
    record: bytes
    self_sig: bytes
    profile: Sealed


class Decline(Args, frozen=True):
    """Somebody who waits."""

    group: Id
    member: Id


class TakeRequestBack(Args, frozen=True):
    """One's own request."""

    request: Id


class AnswerRequest(Args, frozen=True):
    """Somebody who asked from the listing, and what they are told."""

    group: Id
    request: Id
    answer: Literal["later", "declined"]


class NoteCompared(Args, frozen=True):
    """An invite from the listing, and the note about it."""

    group: Id
    invite: Id
    note: Sealed


class NeedBox(Args, frozen=True):
    """An epoch whose key is missing."""

    group: Id
    epoch: Number


class Reseal(Args, frozen=True):
    """The key of an epoch, sealed again to a member."""

    group: Id
    epoch: Number
    member: Id
    box: Sealed


class GiveHistory(Args, frozen=True):
    """Old keys for a member who came back by the entry with this seq."""

    group: Id
    member: Id
    seq: Number
    box: Sealed


class KeepHistory(Args, frozen=True):
    """(epoch, box): old keys, sealed to oneself."""

    group: Id
    boxes: Annotated[list[tuple[Number, Sealed]], Meta(min_length=1, max_length=4096)]


class Listen(Args, frozen=True):
    """Groups to hear."""

    groups: Annotated[list[Id], Meta(max_length=500)]


def home(account_id: bytes, args: Nothing) -> Result:
    """Where the asker belongs and waits."""
    return {
        "groups": [
            {
                "group": each.group_id,
                "member": each.member_id,
                "role": each.role,
                "epoch": each.epoch,
                "closed": bool(each.closed),
            }
            for each in queries.memberships(account_id)
        ],
        "asked": [
            {
                "invite": invite,
                "member": member,
                "group": group,
                "state": "declined" if declined else "waiting",
            }
            for invite, member, group, declined in queries.asks_of(account_id)
        ],
        "requests": _requests_of(account_id),
        "notices": queries.notice_count(account_id),
    }


def _requests_of(account_id: bytes) -> list[Result]:
    """What the asker asked for from listings. An invite that works no more is `missed`: they may ask again."""
    found = []
    for request, group, state, answer, asked, is_usable in queries.requests_of(account_id, now_ms()):
        told = {"request": request, "group": group, "state": actions.REQUEST_STATES[state], "asked": asked}
        if state == INVITED:
            told |= {"answer": answer} if is_usable else {"state": "missed"}
        found.append(told)
    return found


def read_log(account_id: bytes, args: Log) -> Result:
    """The log behind a seq, and all the asker's boxes."""
    member = access.membership_of(account_id, args.group)
    return ask(queries.held(member.group_id, member.member_id, args.after))._asdict()


def waiting(account_id: bytes, args: OfGroup) -> Result:
    """Who waits at the door."""
    group_id = access.facilitator_of(account_id, args.group).group_id
    names = ("invite", "member", "record", "self_sig", "profile", "asked")
    asks = [dict(zip(names, row, strict=True)) for row in queries.asks_in(group_id)]
    requests = [
        {"request": request, "account_x": account_x, "state": actions.REQUEST_STATES[state], "asked": asked}
        for request, account_x, state, asked in queries.requests_in(group_id, now_ms())
    ]
    left_behind = queries.left_behind(group_id)
    return {"asks": asks, "left_behind": left_behind, "requests": requests, "notes": queries.notes(group_id)}


def histories(account_id: bytes, args: OfGroup) -> Result:
    """What was given to the asker, who came back, and who else still waits for something of theirs."""
    me = access.membership_of(account_id, args.group)
    return {
        "boxes": queries.histories(me.group_id, me.member_id),
        "wanted": queries.waiting_for_history(me.group_id, me.member_id),
    }


def notices(account_id: bytes, args: Nothing) -> Result:
    """Words to the asker that outlive a removal."""
    names = ("notice", "group", "member", "gen", "seq", "box", "sent")
    return {"notices": [dict(zip(names, row, strict=True)) for row in queries.notices(account_id)]}


def removal(account_id: bytes, args: OfNotice) -> Result:
    """What shows that a notice is signed by who removed its reader: the log, no further than it was ever theirs."""
    group_id = access.group_of_notice(account_id, args.notice)
    return {"log": queries.entries(group_id, -1)[: access.log_end_of(account_id, group_id)]}


def _write(name: str, takes: type[Args], act: Callable[[Request], Result]) -> Write:
    return Write(name, takes, one_by_one(act), forget=actions.forget_all)


VERBS: list[Verb] = [
    Read("home", Nothing, home),
    Read("log", Log, read_log),
    Read("waiting", OfGroup, waiting),
    Read("notices", Nothing, notices),
    Read("removal", OfNotice, removal),
    Read("histories", OfGroup, histories),
    _write("append", Append, actions.append_entries),
    _write("ask", Ask, actions.ask_to_join),
    _write("decline", Decline, actions.decline_ask),
    _write("take-request-back", TakeRequestBack, actions.take_request_back),
    _write("answer-request", AnswerRequest, actions.answer_request),
    _write("note-compared", NoteCompared, actions.note_compared),
    _write("need-box", NeedBox, actions.ask_for_box),
    _write("reseal", Reseal, actions.reseal_box),
    _write("give-history", GiveHistory, actions.give_history),
    _write("keep-history", KeepHistory, actions.keep_history),
    _write("listen", Listen, actions.listen_to_groups),
]
