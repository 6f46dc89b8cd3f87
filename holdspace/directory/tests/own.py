"""Groups of this network for tests of their listings: with real logs, and accounts one can sign in with."""

from typing import Any

from holdspace.accounts.models import Account, Network
from holdspace.directory.actions import own
from holdspace.directory.models import OwnListing
from holdspace.directory.offer import Offer
from holdspace.groups.tests.cast import STEWARD_SEED, Circle, Person
from holdspace.sealing.keys import new_seed
from holdspace.sealing.log_payload import Policy
from holdspace.sealing.primitives import e_public, x_public

LEAD = (bytes(range(32)), x_public(new_seed()))
OFFER = Offer(
    title="Lantern evening",
    host="Friends by the river",
    topics=("grief",),
    about="For people who lost somebody.",
    happens="We light a lamp. Each who wants to speaks for five minutes.",
    greets="Somebody in a green scarf stands at the door.",
    never="You need not speak.",
    online=True,
    languages=("en",),
    places="few",
)


def person(account: Account) -> Person:
    """Somebody with keys, for an account that is there."""
    return Person(account.name, id=bytes(account.pk))


def group_of(founder: Account, *members: Account, leads: tuple[Any, ...] = (LEAD,)) -> Circle:
    """A group with a first agreement, founded when the network had these leads."""
    Network.objects.update(leads=[[part.hex() for part in lead] for lead in leads])
    policy = Policy(steward=e_public(STEWARD_SEED), member_cap=60, leads=leads)
    circle, begins = Circle(), person(founder)
    circle.append(begins, circle.genesis(begins, policy=policy))
    return circle.admit(begins, *map(person, members)) if members else circle


def shown(group: bytes, who: Account, coordinator: Account, offer: Offer = OFFER) -> OwnListing:
    """A listing that a coordinator approved."""
    own.write_draft(group, offer)
    asked = own.ask_for_approval(group, who, 1)
    return own.approve(group, asked.draft, coordinator)
