"""From a listing to the group it tells of: the way in, and for which listings there is one."""

import pytest
from django.test import Client

from holdspace.accounts.models import Account
from holdspace.directory.models import Listing, Source
from holdspace.directory.tests.own import group_of, shown
from holdspace.directory.verbs import VERBS, AskListing
from holdspace.groups.models import ListingRequest
from holdspace.groups.tests.cast import Circle
from holdspace.live.verbs import Outcome, Request, Write
from holdspace.sealing.keys import new_id
from holdspace.ui.refused import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle(ben: Account) -> Circle:
    return group_of(ben)


@pytest.fixture
def slug(circle: Circle, ben: Account, chidi: Account) -> str:
    """Where Ben's group is found."""
    listing = shown(circle.id, ben, chidi).listing
    assert listing
    return listing.slug


@pytest.fixture
def elsewhere() -> str:
    """A listing of a group that is no group of this network."""
    source = Source.objects.create(slug="a-list")
    told = '{"source":"a-list","key":"1","name":"Elsewhere"}'
    rest = {"title": "Elsewhere", "told": told, "digest": bytes(16), "held_back": False}
    return Listing.objects.create(source=source, key="1", slug="elsewhere", **rest).slug


def ask(account: Account, listing: str) -> Outcome:
    (verb,) = VERBS
    assert isinstance(verb, Write)
    request = Request(bytes(account.pk), AskListing(listing, new_id(), bytes(account.x_pub)))
    return verb.run([request])[0]


def test_a_listing_of_this_network_leads_to_the_ask_and_sets_no_cookie(client: Client, slug: str) -> None:
    page = client.get(f"/find/{slug}/")
    assert f'href="/find/{slug}/ask/"' in page.content.decode()
    assert not page.cookies
    asked = client.get(f"/find/{slug}/ask/")
    assert asked.status_code == 200
    assert "Lantern evening" in asked.content.decode()


def test_a_group_elsewhere_cannot_be_asked_here(client: Client, elsewhere: str, amara: Account) -> None:
    assert "/ask/" not in client.get(f"/find/{elsewhere}/").content.decode()
    assert client.get(f"/find/{elsewhere}/ask/").status_code == 404
    refused = ask(amara, elsewhere)
    assert isinstance(refused, Refused)
    assert refused.code == "not-found"


def test_the_address_says_no_group_and_the_answer_says_which(
    circle: Circle, slug: str, amara: Account
) -> None:
    assert circle.id.hex() not in slug
    told = ask(amara, slug)
    assert isinstance(told, dict)
    assert (told["group"], told["state"]) == (circle.id, "waiting")
    assert ListingRequest.objects.get().account_id == amara.pk


def test_a_listing_that_is_taken_down_hears_nobody(slug: str, amara: Account) -> None:
    Listing.objects.filter(slug=slug).update(held_back=True)
    refused = ask(amara, slug)
    assert isinstance(refused, Refused)
    assert refused.code == "not-found"
