"""What the gateway may be asked about listings: to come to the group one of them tells of (docs/protocol.md 4)."""

from typing import Annotated

from msgspec import Meta

from holdspace.directory import access
from holdspace.groups import actions
from holdspace.groups.verbs import Id
from holdspace.live.verbs import Args, Request, Result, Verb, Write, one_by_one

Key = Annotated[bytes, Meta(min_length=32, max_length=32)]
Slug = Annotated[str, Meta(min_length=1, max_length=80)]


class AskListing(Args, frozen=True):
    """The last part of a listing's address; the request's id and the account's key, made by the asker's browser."""

    listing: Slug
    request: Id
    account_x: Key


def ask_listing(request: Request) -> Result:
    """Ask to join the group that a listing tells of, without a link."""
    return actions.ask_from_listing(request, access.group_at(request.args.listing))


VERBS: list[Verb] = [Write("ask-listing", AskListing, one_by_one(ask_listing), forget=actions.forget_all)]
