"""What was said before somebody came back under new keys: given by those who were there, kept by the one who came back.

The two days are looked at here by the time at which the entry reached us, and again by each giver's own device.
"""

from django.http import Http404

from holdspace.groups import access, queries
from holdspace.groups.actions import states
from holdspace.groups.actions.parcels import is_box
from holdspace.groups.clock import now_ms
from holdspace.groups.models import EpochBox, HistoryBox, Membership
from holdspace.groups.queries import Member
from holdspace.groups.topics import HISTORY
from holdspace.live.topics import Person
from holdspace.live.verbs import Request, Result
from holdspace.sealing import box, history
from holdspace.sealing.history import MOST_EPOCHS, Return
from holdspace.sealing.log_entry import LogEntry
from holdspace.ui.refused import Refused

_SIZES = range(box.OVERHEAD + 36, box.OVERHEAD + 36 * MOST_EPOCHS + 1, 36)


def give_history(request: Request) -> Result:
    """Keep a box with old keys for somebody who came back; `too-early` in the first two days unless two vouched."""
    args = request.args
    giver = access.membership_of(request.account_id, args.group)
    back, received = _return_of(args.group, args.member)
    if giver.member_id == args.member or back.seq != args.seq:
        raise Http404
    if now_ms() < back.due_ms(received):
        raise Refused("too-early")
    if not is_box(args.box, box.HISTORY, _SIZES):
        raise Refused("boxes")
    HistoryBox.objects.update_or_create(
        group_id=args.group,
        member_id=args.member,
        sender=giver.member_id,
        defaults={"gen": back.member.gen, "seq": back.seq, "box": args.box},
    )
    account = Membership.objects.get(group=args.group, member_id=args.member).account_id
    if account is not None:
        request.announce(HISTORY, Person(account), {"group": args.group})
    return {}


def keep_history(request: Request) -> Result:
    """Keep old epochs' keys that somebody who came back has checked and sealed to themself, as if they had never been away."""
    args = request.args
    me = access.membership_of(request.account_id, args.group)
    logged = states.state_of(args.group).members[me.member_id]
    owed = history.owed_epochs(logged)
    epochs = [epoch for epoch, _ in args.boxes]
    is_fitting = all(is_box(data, box.EPOCH, {box.EPOCH_BOX_SIZE}) for _, data in args.boxes)
    if not is_fitting or len(set(epochs)) != len(epochs) or not set(epochs) <= set(owed):
        raise Refused("boxes")
    for epoch, data in args.boxes:
        _keep(me, logged.gen, epoch, data)
    if EpochBox.objects.filter(group=args.group, member_id=me.member_id, epoch__in=owed).count() == len(owed):
        _is_whole(me)
    return {}


def _return_of(group_id: bytes, member_id: bytes) -> tuple[Return, int]:
    """How somebody came back who still waits, and when that reached us; 404 for everybody else."""
    found = queries.returned(group_id, member_id)
    if found is None:
        raise Http404
    seq, received = found
    entry = LogEntry.parse(queries.entry(group_id, seq))
    [back] = history.find_returns(states.state_of(group_id), [entry])
    return back, received


def _keep(me: Member, gen: int, epoch: int, data: bytes) -> None:
    EpochBox.objects.update_or_create(
        group_id=me.group_id, member_id=me.member_id, epoch=epoch, defaults={"gen": gen, "box": data}
    )


def _is_whole(me: Member) -> None:
    """Nothing is missing any more: nobody needs to give, and what was given has done its work."""
    Membership.objects.filter(group=me.group_id, member_id=me.member_id).update(rebind_seq=None)
    HistoryBox.objects.filter(group=me.group_id, member_id=me.member_id).delete()
