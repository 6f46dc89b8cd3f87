"""Asking to join from a group's listing, without a link: the asker's side and the facilitators' (sealing.md 9.7)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from client import ids
from client.device import Device
from client.group import Group
from client.joining import Wish, make_link, note_for, read_card
from client.trouble import Trouble
from holdspace.sealing.errors import SealError
from holdspace.sealing.invite import Link
from holdspace.sealing.keys import account_keys, new_id
from holdspace.sealing.log_entry import ADD, REBIND
from holdspace.sealing.log_payload import parse_records
from holdspace.sealing.log_state import Member
from holdspace.sealing.request import Note, account_numbers, open_answer, open_note, parse_note

_WORDS = Path(__file__).resolve().parents[1] / "browser" / "vendor" / "eff_large_wordlist.txt"


@dataclass(frozen=True, slots=True)
class Asked:
    """One's own request, as the server tells it."""

    group: bytes
    request: bytes
    state: str
    answer: bytes | None


def ask(device: Device, listing: str, title: str) -> Asked:
    """Ask the group that a listing tells of. What was asked is remembered in the keyring: only an answer to it is opened."""
    request, account_x = new_id(), account_keys(device.account.seed).x_pub
    told = device.ask("ask-listing", listing=listing, request=request, account_x=account_x)
    if told["request"] == request:
        device.requests[told["group"]] = (request, title)
    return Asked(told["group"], told["request"], told["state"], None)


def own_requests(device: Device) -> list[Asked]:
    """Where this member asked and how it stands."""
    told = device.ask("home")["requests"]
    return [Asked(each["group"], each["request"], each["state"], each.get("answer")) for each in told]


def open_answered(device: Device, asked: Asked) -> Link:
    """The invite that answers a request; `answer-foreign` when it is none to this member's own, of that group."""
    own = device.requests.get(asked.group)
    if asked.answer is None or own is None or own[0] != asked.request:
        raise SealError("answer-foreign")
    try:
        keys = account_keys(device.account.seed)
        link = open_answer(asked.answer, keys.x, asked.group, own[0])
        card = read_card(device.server, link)
    except SealError as refused:
        raise SealError("log-invite" if refused.code == "log-invite" else "answer-foreign") from None
    if card.group != asked.group:
        raise SealError("answer-foreign")
    return link


def take_back(device: Device, asked: Asked) -> None:
    """Ask no more."""
    device.ask("take-request-back", request=asked.request)
    device.requests.pop(asked.group, None)


def wishes(group: Group) -> list[Wish]:
    """Who asked from the listing."""
    group.check_facilitator()
    told = group.device.ask("waiting", group=group.id)["requests"]
    return [Wish(each["request"], each["account_x"], each["state"] == "later") for each in told]


def let_come(group: Group, wish: Wish) -> None:
    """Answer with an invite."""
    make_link(group, days=14, wish=wish)


def answer(group: Group, wish: Wish, words: str) -> None:
    """Answer "later" or "declined"."""
    group.check_facilitator()
    group.device.ask("answer-request", group=group.id, request=wish.request, answer=words)


def came_by(group: Group, member: Member) -> bytes | None:
    """Under which invite from the listing a member came in; None for who came otherwise, or was vouched for since."""
    arrivals = [each.draft.payload for each in group.entries if each.draft.type in (ADD, REBIND)]
    records = [record for payload in arrivals for record in parse_records(payload)]
    own = [record.invite_id for record in records if record.member_id == member.id]
    made = group.state.invites.get(own[-1]) if own else None
    return made.terms.invite_id if made and made.terms.from_listing else None


def note_of(group: Group, member: Member) -> Note | None:
    """What facilitators noted about who came from the listing; None without an invite from there.

    `note-missing` when the server has no note that opens: the words are not compared then.
    """
    invite_id = came_by(group, member)
    if invite_id is None:
        return None
    notes = dict(group.device.ask("waiting", group=group.id)["notes"])
    try:
        sealed = notes[invite_id]
        return open_note(sealed, group.fkeys[parse_note(sealed)], group.id, invite_id)
    except (KeyError, SealError):
        raise SealError("note-missing") from None


def compared(group: Group, member: Member) -> None:
    """Note that the words were the same."""
    note, invite_id = note_of(group, member), came_by(group, member)
    if note is None or invite_id is None:
        raise Trouble("not-found")
    sealed = note_for(group, Note(note.account_x, True), invite_id)
    group.device.ask("note-compared", group=group.id, invite=invite_id, note=sealed)


def four_words(account_x: bytes) -> str:
    """The words of a key, to be said aloud."""
    words = _WORDS.read_text("ascii").split()
    return " ".join(words[number % len(words)] for number in account_numbers(account_x))


def told(asked: Asked) -> dict[str, Any]:
    """A request as it is told."""
    return {"group": ids.text(asked.group), "request": ids.text(asked.request), "state": asked.state}
