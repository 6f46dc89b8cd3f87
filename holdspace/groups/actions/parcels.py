"""What travels with entries: exactly the boxes that the log calls for, of the right size (sealing.md 4.2).

The server sees who gets a box and how long it is, never what is inside. An entry without all its boxes would leave
somebody outside their own group, so the whole append is refused.
"""

from collections.abc import Iterable

from holdspace.groups.actions.change import Change
from holdspace.groups.actions.requests import open_request
from holdspace.sealing import box, log_entry
from holdspace.sealing.errors import SealError
from holdspace.sealing.invite import parse_card
from holdspace.sealing.log_payload import InviteTerms
from holdspace.sealing.request import ANSWER_SIZE, parse_note
from holdspace.ui.refused import Refused

MAX_NOTICE = 16 * 1024
MAX_CARD = 128 * 1024


def check(change: Change) -> None:
    """`boxes` unless epoch boxes, facilitators' boxes, notices and card are what the entries call for."""
    fits = _fit_boxes(change) and _fit_fkeys(change) and _fit_notices(change) and _fits_card(change)
    if not (fits and _fits_answer(change)):
        raise Refused("boxes")


def is_box(data: bytes, purpose: int, sizes: Iterable[int]) -> bool:
    """Whether this is a box for that purpose, of one of these sizes."""
    try:
        return len(data) in sizes and box.parse_box(data) == purpose
    except SealError:
        return False


def _fit_boxes(change: Change) -> bool:
    given = change.request.args.boxes
    called_for = [member.id for member in change.new.active()] if change.begins_epoch() else []
    to_each = sorted(member_id for member_id, _ in given) == sorted(called_for)
    return to_each and all(is_box(data, box.EPOCH, {box.EPOCH_BOX_SIZE}) for _, data in given)


def _fit_fkeys(change: Change) -> bool:
    """The new generation to each facilitator; older ones may come along for somebody who has just become one."""
    given = change.request.args.fkeys
    if not change.of_type(log_entry.SET_FKEY):
        return not given
    facilitators = {member.id for member in change.new.facilitators()}
    places = [(gen, member_id) for gen, member_id, _ in given]
    newest = {member_id for gen, member_id in places if gen == change.new.fkey.gen}
    is_possible = all(gen <= change.new.fkey.gen and member_id in facilitators for gen, member_id in places)
    is_complete = newest == facilitators and len(set(places)) == len(places)
    return (
        is_possible
        and is_complete
        and all(is_box(data, box.FKEY, {box.FKEY_BOX_SIZE}) for _, _, data in given)
    )


def _fit_notices(change: Change) -> bool:
    given = change.request.args.notices
    to_each = [member_id for member_id, _ in given]
    is_once = len(set(to_each)) == len(to_each) and set(to_each) <= change.removed().keys()
    return is_once and all(is_box(data, box.NOTICE, range(MAX_NOTICE)) for _, data in given)


def _fits_card(change: Change) -> bool:
    card = change.request.args.card
    if card is None:
        return True
    if len(change.of_type(log_entry.INVITE)) != 1 or len(card) > MAX_CARD:
        return False
    parse_card(card)
    return True


def _fits_answer(change: Change) -> bool:
    """An invite from a listing goes to somebody who asked there, sealed, with its note and its card; no other one does."""
    answer = change.request.args.answer
    invites = [InviteTerms.parse(each.draft.payload) for each in change.of_type(log_entry.INVITE)]
    if not any(terms.from_listing for terms in invites):
        return answer is None
    if answer is None or len(invites) != 1 or change.request.args.card is None:
        return False
    request_id, data, note = answer
    parse_note(note)
    if open_request(change.new.group, request_id) is None:
        raise Refused("not-found")
    return is_box(data, box.INVITE, {ANSWER_SIZE})
