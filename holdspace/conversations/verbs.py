"""What the gateway may be asked about items (docs/protocol.md 3 and 4)."""

from typing import Annotated, Any

from msgspec import Meta

from holdspace.conversations import actions, queries
from holdspace.conversations.tails import Tails
from holdspace.groups import access
from holdspace.groups import queries as groups
from holdspace.groups.queries import Member
from holdspace.groups.verbs import Id, Seq
from holdspace.live.verbs import Args, Read, Result, Verb, Write
from holdspace.ui.refused import Refused
from holdspace.ui.statements import ask

PAGE = 50
TAILS = Tails()


class Open(Args, frozen=True):
    """A group, and what the asker holds of it already."""

    group: Id
    log_after: Annotated[int, Meta(ge=-1, le=0xFFFFFFFF)] = -1
    items_after: Seq = 0
    standing_held: Annotated[tuple[Seq, ...], Meta(max_length=1000)] = ()


class Items(Args, frozen=True):
    """A stretch of items: behind `after` or ahead of `before`, one of the two."""

    group: Id
    limit: Annotated[int, Meta(ge=1, le=200)]
    after: Seq | None = None
    before: Seq | None = None


class Past(Args, frozen=True):
    """A stretch of items from before the asker came back, ahead of `before`."""

    group: Id
    before: Seq
    limit: Annotated[int, Meta(ge=1, le=200)]


class Send(Args, frozen=True):
    """A sealed envelope."""

    envelope: bytes


def open_group(account_id: bytes, args: Open) -> Result:
    """Everything a browser needs to show a group, or to catch up with it.

    Items first, then the log with its boxes: what is asked later is at least as new, so an item's epoch is in the log and
    the log's epoch has its box.
    """
    member = access.membership_of(account_id, args.group)
    kept = TAILS.of(member)
    items, more = queries.newest(member, kept, args.items_after, PAGE)
    held = ask(groups.held(member.group_id, member.member_id, args.log_after))
    return {
        "member": member.member_id,
        "epoch": member.epoch,
        "log": held.log,
        "boxes": held.boxes,
        "fkeys": held.fkeys,
        "standing": queries.standing(member, kept, args.standing_held),
        "items": items,
        "more": more,
        "last": member.item_seq,
        "before": member.from_item > 0,
    }


def read_items(account_id: bytes, args: Items) -> Result:
    """A stretch of items the asker may have, oldest first."""
    member = access.membership_of(account_id, args.group)
    items, more = _stretch(member, args)
    return {"items": items, "more": more}


def read_past(account_id: bytes, args: Past) -> Result:
    """A stretch of what was said before the asker came back under new keys, oldest first."""
    member = access.membership_of(account_id, args.group)
    items, more = queries.past(member, args.before, args.limit)
    return {"items": items, "more": more}


def _stretch(member: Member, args: Items) -> tuple[list[Any], bool]:
    if args.after is not None and args.before is None:
        return queries.behind(member, args.after, args.limit)
    if args.before is not None and args.after is None:
        return queries.ahead(member, args.before, args.limit)
    raise Refused("format")


class Withdraw(Args, frozen=True):
    """The last envelope of an item, which says that it is gone."""

    envelope: bytes


VERBS: list[Verb] = [
    Read("open", Open, open_group),
    Read("items", Items, read_items),
    Read("past", Past, read_past),
    Write("send", Send, actions.accept_items, hopeful=actions.accept_hopefully, forget=access.forget_all),
    Write("withdraw", Withdraw, actions.withdraw_items, forget=access.forget_all),
]
