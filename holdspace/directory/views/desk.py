"""The coordinators' desk for the directory. To everybody else there is no such page."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from holdspace.accounts.middleware import SignedInRequest
from holdspace.directory import access, queries, showing
from holdspace.directory.actions import own
from holdspace.directory.formats import people
from holdspace.directory.forms.desk import DecisionForm
from holdspace.directory.models import OwnListing, OwnState
from holdspace.directory.offer import FREE, Around, Offer, entry_of
from holdspace.directory.views.forms_of_pages import of_coordinator
from holdspace.meetings.queries import times_of


@require_safe
@of_coordinator
def desk(request: SignedInRequest) -> HttpResponse:
    """What waits."""
    seen = {"waiting": queries.own_listings_waiting(), "others": queries.own_listings()}
    return render(request, "directory/desk.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@of_coordinator
def own_listing(request: SignedInRequest, key: str) -> HttpResponse:
    """One group's listing: read it, and decide."""
    row = access.own_listing(key)
    form = DecisionForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        said = form.cleaned_data
        _DECISIONS[said["do"]](row, said, request)
        return HttpResponseRedirect(reverse("desk"), status=303)
    offer = row.drafted() if row.state == OwnState.WAITING else row.offered() or Offer()
    return render(request, "directory/desk_group.html", {"form": form, **_seen(row, offer)})


def _seen(row: OwnListing, offer: Offer) -> dict[str, Any]:
    times = times_of(bytes(row.group_id))
    entry, now = entry_of(offer, row.key, Around(times)), datetime.now(UTC)
    card = showing.card(row.key, entry, None, None, now)
    words = (getattr(offer, name) for name in FREE)
    doubtful = [each for each in words if isinstance(each, str) and people.names_somebody(each)]
    return {
        **showing.details(entry),
        **showing.of_own(row, offer),
        "card": card,
        "doubtful": doubtful,
    }


def _approve(row: OwnListing, said: dict[str, Any], request: SignedInRequest) -> None:
    own.approve(bytes(row.group_id), said["seen"], request.account)


def _send_back(row: OwnListing, said: dict[str, Any], request: SignedInRequest) -> None:
    own.send_back(bytes(row.group_id), said["seen"], said["reason"], request.account)


def _take_down(row: OwnListing, said: dict[str, Any], request: SignedInRequest) -> None:
    own.take_down(bytes(row.group_id), said["reason"], request.account)


_DECISIONS = {"approve": _approve, "send-back": _send_back, "take-down": _take_down}
