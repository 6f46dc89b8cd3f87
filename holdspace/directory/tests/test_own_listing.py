"""What a group of this network says of itself: who decides that it is shown, and what has to stand before."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from holdspace.accounts.models import Account
from holdspace.directory import queries, standing
from holdspace.directory.actions import own
from holdspace.directory.models import Listing, OwnListing, OwnState, Slot
from holdspace.directory.tests.own import LEAD, OFFER, group_of, shown
from holdspace.groups.access import facilitator_of
from holdspace.groups.models import SupportGroup
from holdspace.groups.tests.cast import Circle
from holdspace.meetings.actions import set_hours
from holdspace.meetings.times import Times
from holdspace.sealing import log_draft
from holdspace.trail.models import Happening
from holdspace.ui.ids import text
from holdspace.ui.refused import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle(ben: Account) -> Circle:
    """Ben's group."""
    return group_of(ben)


def code_of(act: Callable[[], object]) -> str:
    """What an act is refused with."""
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def test_a_draft_is_found_by_nobody(circle: Circle) -> None:
    own.write_draft(circle.id, OFFER)
    row = queries.own_listing(circle.id)
    assert row is not None
    assert (row.state, row.is_found, row.drafted()) == (OwnState.DRAFT, False, OFFER)
    assert not Listing.objects.exists()


def test_a_group_is_found_once_a_coordinator_approved(circle: Circle, ben: Account, chidi: Account) -> None:
    own.write_draft(circle.id, OFFER)
    waiting = own.ask_for_approval(circle.id, ben, 1)
    assert [bytes(row.group_id) for row in queries.own_listings_waiting()] == [circle.id]
    assert not Slot.objects.exists()
    row = own.approve(circle.id, waiting.draft, chidi)
    assert row.is_found
    assert Slot.objects.filter(topic=0).count() == 1
    assert queries.own_listings_waiting() == []
    noted = Happening.objects.filter(what__startswith="listing").order_by("pk")
    assert [(each.what, each.who, each.about) for each in noted] == [
        ("listing-asked", ben.pk, circle.id),
        ("listing-approved", chidi.pk, circle.id),
    ]


def test_a_listing_leads_to_its_group_and_back_and_its_address_does_not_tell(
    circle: Circle, ben: Account, chidi: Account
) -> None:
    listing = shown(circle.id, ben, chidi).listing
    assert listing is not None
    assert queries.group_of_listing(listing.slug) == circle.id
    row = queries.own_listing(circle.id)
    assert row is not None
    assert row.listing == listing
    told = f"{listing.slug} {listing.key} {listing.told}"
    assert circle.id.hex()[:8] not in told.replace("-", "")
    assert text(circle.id) not in told


@pytest.mark.parametrize(
    ("leads", "agreed", "code"),
    [((), True, "listing-no-lead"), (None, False, "listing-no-agreement")],
    ids=["no lead", "no agreement"],
)
def test_nothing_is_asked_for_before_lead_and_agreement_stand(
    ben: Account, leads: tuple[()] | None, agreed: bool, code: str
) -> None:
    circle = group_of(ben) if leads is None else group_of(ben, leads=leads)
    if not agreed:
        SupportGroup.objects.filter(pk=circle.id).update(agreement_version=0)
    own.write_draft(circle.id, OFFER)
    assert code_of(lambda: own.ask_for_approval(circle.id, ben, 1)) == code


def test_what_no_longer_stands_when_a_coordinator_looks_is_not_approved(
    circle: Circle, ben: Account, chidi: Account
) -> None:
    own.write_draft(circle.id, OFFER)
    waiting = own.ask_for_approval(circle.id, ben, 1)
    SupportGroup.objects.filter(pk=circle.id).update(closed=True)
    assert code_of(lambda: own.approve(circle.id, waiting.draft, chidi)) == "listing-closed"


def test_leads_named_later_count_after_their_three_days(
    ben: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    circle = group_of(ben, leads=())
    begins = circle.people["Ben"]
    circle.append(
        begins, circle.same_epoch(begins, log_draft.set_lead(circle.now, circle.by(begins), (LEAD,)))
    )
    assert not standing.has_lead(circle.id)
    later = int((timezone.now() + timedelta(days=3, minutes=1)).timestamp() * 1000)
    monkeypatch.setattr(standing, "now_ms", lambda: later)
    assert standing.has_lead(circle.id)


def test_a_coordinator_approves_only_what_they_read(circle: Circle, ben: Account, chidi: Account) -> None:
    own.write_draft(circle.id, OFFER)
    read = own.ask_for_approval(circle.id, ben, 1).draft
    own.write_draft(circle.id, replace(OFFER, about="Other words."))
    assert code_of(lambda: own.approve(circle.id, read, chidi)) == "stale"
    own.ask_for_approval(circle.id, ben, 1)
    assert code_of(lambda: own.approve(circle.id, read, chidi)) == "stale"


def test_who_is_sent_back_reads_why_and_can_ask_again(circle: Circle, ben: Account, chidi: Account) -> None:
    own.write_draft(circle.id, OFFER)
    read = own.ask_for_approval(circle.id, ben, 1).draft
    own.send_back(circle.id, read, "Whose phone is this?", chidi)
    row = own.write_draft(circle.id, replace(OFFER, about="Mended."))
    assert (row.state, row.reason) == (OwnState.SENT_BACK, "Whose phone is this?")
    row = own.ask_for_approval(circle.id, ben, 1)
    assert (row.state, row.reason) == (OwnState.WAITING, "")


def test_what_was_taken_down_comes_back_by_a_coordinator_alone(
    circle: Circle, ben: Account, chidi: Account
) -> None:
    shown(circle.id, ben, chidi)
    own.take_down(circle.id, "Whose phone is this?", chidi)
    own.ask_for_approval(circle.id, ben, 1)
    for act in (own.confirm, own.go_on, lambda group_id: own.rest(group_id, None)):
        act(circle.id)
        assert not own.confirm(circle.id).is_found
    OwnListing.objects.update(rests=True, rests_until=timezone.now().date() - timedelta(days=1))
    own.keep_up()
    row = queries.own_listing(circle.id)
    assert row is not None and not row.is_found and not row.rests


def test_one_listing_that_cannot_be_kept_up_does_not_stop_the_others(
    circle: Circle, ben: Account, chidi: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown(circle.id, ben, chidi)
    OwnListing.objects.update(rests=True, rests_until=timezone.now().date() - timedelta(days=1))
    set_hours(facilitator_of(bytes(ben.pk), circle.id), (Times("Europe/Berlin", "19:00", 90, weekday=1),))
    publish = own.publish

    def broken_once(row: OwnListing) -> None:
        monkeypatch.setattr(own, "publish", publish)
        raise Refused("listing-unfinished")

    monkeypatch.setattr(own, "publish", broken_once)
    assert own.keep_up() == 2
    row = queries.own_listing(circle.id)
    assert row is not None and row.is_found and row.rests, (
        "the first broke and changed nothing, the second went on"
    )


def test_choices_stand_at_once_and_words_wait(circle: Circle, ben: Account, chidi: Account) -> None:
    shown(circle.id, ben, chidi)
    full = own.write_draft(circle.id, replace(OFFER, places="none"))
    assert full.state == OwnState.SHOWN
    assert full.listing is not None
    assert full.listing.__class__.objects.get().words().places_left is None
    other = own.write_draft(circle.id, replace(OFFER, title="Another name"))
    assert (other.state, other.is_found) == (OwnState.DRAFT, True)
    assert Listing.objects.get().title == "Lantern evening"


def test_an_approved_change_keeps_the_address(circle: Circle, ben: Account, chidi: Account) -> None:
    before = shown(circle.id, ben, chidi).listing
    after = shown(circle.id, ben, chidi, replace(OFFER, title="Another name")).listing
    assert before is not None
    assert after is not None
    assert (after.slug, Listing.objects.get().title) == (before.slug, "Another name")


def test_what_was_taken_down_is_found_no_more_and_may_come_back(
    circle: Circle, ben: Account, chidi: Account
) -> None:
    listing = shown(circle.id, ben, chidi).listing
    assert listing is not None
    own.take_down(circle.id, "It meets elsewhere now.", chidi)
    assert queries.group_of_listing(listing.slug) is None
    assert not Slot.objects.exists()
    row = queries.own_listing(circle.id)
    assert row is not None
    assert (row.state, row.reason) == (OwnState.ENDED, "It meets elsewhere now.")
    assert shown(circle.id, ben, chidi).listing == listing
    assert queries.group_of_listing(listing.slug) == circle.id


def test_a_closed_groups_listing_goes(circle: Circle, ben: Account, chidi: Account) -> None:
    shown(circle.id, ben, chidi)
    begins = circle.people["Ben"]
    circle.append(begins, circle.same_epoch(begins, log_draft.close(circle.now, circle.by(begins))))
    assert own.keep_up() == 1
    assert own.keep_up() == 0
    row = OwnListing.objects.get()
    assert (row.state, row.is_found) == (OwnState.ENDED, False)


def test_a_group_that_rests_has_no_dates_until_its_rest_is_over(
    circle: Circle, ben: Account, chidi: Account
) -> None:
    shown(circle.id, ben, chidi)
    own.rest(circle.id, timezone.now().date() + timedelta(days=7))
    assert Listing.objects.get().words().status == "paused"
    assert not Slot.objects.exists()
    assert own.keep_up() == 0
    OwnListing.objects.update(rests_until=timezone.now().date() - timedelta(days=1))
    assert own.keep_up() == 1
    assert Listing.objects.get().words().status == "active"
    assert Slot.objects.exists()


def test_a_listing_says_the_hours_its_group_has_by_now(circle: Circle, ben: Account, chidi: Account) -> None:
    shown(circle.id, ben, chidi)
    evening = Times("Europe/London", "19:00", 90, weekday=1)
    set_hours(facilitator_of(ben.pk, circle.id), (evening,))
    assert Listing.objects.get().entry().times == ()
    assert (own.keep_up(), own.keep_up()) == (1, 0)
    assert Listing.objects.get().entry().times == (evening,)
    set_hours(facilitator_of(ben.pk, circle.id), ())
    assert (own.keep_up(), own.keep_up()) == (1, 0)
    assert Listing.objects.get().entry().times == ()
