"""The coordinators' desk: what waits, what a coordinator sees of a group, and what they decide."""

from dataclasses import replace
from typing import Any

import pytest

from conftest import Browser
from holdspace.accounts.models import Account
from holdspace.directory import queries
from holdspace.directory.actions import own
from holdspace.directory.models import OwnListing, OwnState
from holdspace.directory.tests.own import OFFER, group_of, shown
from holdspace.groups.tests.cast import Circle
from holdspace.ui.ids import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle(ben: Account) -> Circle:
    """Ben's group."""
    return group_of(ben)


@pytest.fixture
def waiting(circle: Circle, ben: Account) -> OwnListing:
    """What Ben asked for."""
    own.write_draft(circle.id, OFFER)
    return own.ask_for_approval(circle.id, ben, 1)


@pytest.fixture
def chidis(browser: Browser, chidi: Account) -> Browser:
    """Chidi's browser."""
    return browser.signed_in_as(chidi)


def decide(browser: Browser, row: OwnListing, **said: Any) -> Any:
    """Send a decision."""
    body = {"csrfmiddlewaretoken": "a" * 32, "seen": row.draft, **said}
    return browser.post(f"/coordinator/groups/{row.key}/", body)


def now_of(row: OwnListing) -> OwnListing:
    """How it is by now."""
    found = queries.own_listing(bytes(row.group_id))
    assert found is not None
    return found


def test_coordinators_alone_have_a_desk(
    waiting: OwnListing, ben: Account, dana: Account, chidi: Account
) -> None:
    for address in ("/coordinator/", f"/coordinator/groups/{waiting.key}/"):
        for account in (ben, dana):
            assert Browser().signed_in_as(account).get(address).status_code == 404
        assert Browser().get(address).status_code == 404
        assert Browser().signed_in_as(chidi).get(address).status_code == 200
    assert decide(Browser().signed_in_as(ben), waiting, do="approve").status_code == 404
    assert now_of(waiting).state == OwnState.WAITING


def test_a_form_from_elsewhere_decides_nothing(waiting: OwnListing, chidis: Browser) -> None:
    answer = chidis.post(f"/coordinator/groups/{waiting.key}/", {"do": "approve", "seen": waiting.draft})
    assert answer.status_code == 403


def test_a_coordinator_shows_it(waiting: OwnListing, chidis: Browser) -> None:
    page = chidis.get("/coordinator/").content.decode()
    assert OFFER.title in page
    assert OFFER.happens in chidis.get(f"/coordinator/groups/{waiting.key}/").content.decode()
    assert decide(chidis, waiting, do="approve").status_code == 303
    assert now_of(waiting).is_found
    assert "No group waits." in chidis.get("/coordinator/").content.decode()


def test_who_says_no_says_why(waiting: OwnListing, chidis: Browser) -> None:
    assert "Please say why." in decide(chidis, waiting, do="send-back").content.decode()
    assert now_of(waiting).state == OwnState.WAITING
    decide(chidis, waiting, do="send-back", reason="Say who greets.")
    assert (now_of(waiting).state, now_of(waiting).reason) == (OwnState.SENT_BACK, "Say who greets.")


def test_a_reason_that_is_too_long_is_kept_in_its_box(waiting: OwnListing, chidis: Browser) -> None:
    page = decide(chidis, waiting, do="send-back", reason="why " * 300).content.decode()
    assert "1000 signs is the most" in page
    assert "why why" in page


def test_what_was_changed_meanwhile_is_not_decided(
    waiting: OwnListing, chidis: Browser, ben: Account
) -> None:
    own.write_draft(bytes(waiting.group_id), replace(OFFER, about="Other words."))
    own.ask_for_approval(bytes(waiting.group_id), ben, 1)
    assert decide(chidis, waiting, do="approve").status_code == 409
    assert not now_of(waiting).is_found


def test_words_that_may_name_somebody_are_pointed_out(circle: Circle, ben: Account, chidis: Browser) -> None:
    own.write_draft(circle.id, replace(OFFER, greets="Call Sam P. 555-123-4567"))
    row = own.ask_for_approval(circle.id, ben, 1)
    assert "may name somebody" in chidis.get(f"/coordinator/groups/{row.key}/").content.decode()


def test_a_draft_nobody_asked_about_is_not_read_by_coordinators(circle: Circle, chidis: Browser) -> None:
    row = own.write_draft(circle.id, replace(OFFER, title="Not yet for others"))
    page = chidis.get("/coordinator/").content.decode()
    assert "Not yet for others" not in page
    assert f"Group {row.code}" in page
    assert text(circle.id) not in page
    assert chidis.get(f"/coordinator/groups/{row.key}/").status_code == 404


def test_new_words_of_a_shown_listing_are_not_read_before_they_are_asked_about(
    circle: Circle, ben: Account, chidi: Account, chidis: Browser
) -> None:
    row = shown(circle.id, ben, chidi)
    own.write_draft(circle.id, replace(OFFER, title="Not yet for others"))
    assert "Not yet" not in chidis.get(f"/coordinator/groups/{row.key}/").content.decode()
    assert OFFER.title in chidis.get("/coordinator/").content.decode()


def test_a_coordinator_takes_it_down_with_a_reason(
    circle: Circle, ben: Account, chidi: Account, chidis: Browser
) -> None:
    row = shown(circle.id, ben, chidi)
    decide(chidis, row, do="take-down")
    assert now_of(row).is_found
    decide(chidis, row, do="take-down", reason="It meets elsewhere now.")
    assert (now_of(row).is_found, now_of(row).reason) == (False, "It meets elsewhere now.")


def test_a_listing_there_is_not_is_not_there(chidis: Browser) -> None:
    assert chidis.get("/coordinator/groups/nothing/").status_code == 404
