"""When a member lacks the key of an epoch they belong to: they ask, and anybody who has it seals it to them again."""

from collections import OrderedDict

from holdspace.groups import access
from holdspace.groups.actions.parcels import is_box
from holdspace.groups.actions.turns import take_turn
from holdspace.groups.models import EpochBox
from holdspace.groups.queries import Member
from holdspace.groups.topics import NEED_BOX
from holdspace.live.topics import Room
from holdspace.live.verbs import Request, Result
from holdspace.sealing import box
from holdspace.ui.refused import Refused

_MOST_NEEDS = 10_000
# Who asked for which box. Only those are replaced: otherwise a member could take another's good key away with noise.
_needs: OrderedDict[tuple[bytes, int, bytes], None] = OrderedDict()


def ask_for_box(request: Request) -> Result:
    """Tell the others' devices that this member has no key of an epoch."""
    args = request.args
    member = access.membership_of(request.account_id, args.group)
    _check_epoch(member, args.epoch)
    _needs[args.group, args.epoch, member.member_id] = None
    if len(_needs) > _MOST_NEEDS:
        _needs.popitem(last=False)
    payload = {"group": args.group, "epoch": args.epoch, "member": member.member_id}
    request.announce(NEED_BOX, Room(args.group, args.epoch), payload)
    return {}


def reseal_box(request: Request) -> Result:
    """Keep a box for a member who asked. What is inside proves itself to them by the log's commit (rule K1)."""
    args = request.args
    take_turn([args.group])
    _check_epoch(access.membership_of(request.account_id, args.group), args.epoch)
    other = _asker(args.group, args.member)
    if (args.group, args.epoch, args.member) not in _needs:
        raise Refused("not-found")
    if not is_box(args.box, box.EPOCH, {box.EPOCH_BOX_SIZE}):
        raise Refused("boxes")
    EpochBox.objects.update_or_create(
        group_id=args.group,
        member_id=args.member,
        epoch=args.epoch,
        defaults={"gen": other.gen, "box": args.box},
    )
    del _needs[args.group, args.epoch, args.member]
    return {}


def _check_epoch(member: Member, epoch: int) -> None:
    if not member.from_epoch <= epoch <= member.epoch:
        raise Refused("not-found")


def _asker(group_id: bytes, member_id: bytes) -> Member:
    group = access.standing(group_id)
    for member in group.members.values() if group else ():
        if member.member_id == member_id:
            return member
    raise Refused("not-found")
