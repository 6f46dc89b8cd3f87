"""The part of a group's page about its hours, and a member's calendar: its page, its doors, and what calendar programs get."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from holdspace.accounts.middleware import AccountRequest
from holdspace.accounts.models import Account
from holdspace.meetings import access, actions, appointments, queries
from holdspace.ui.compressed import compressed
from holdspace.ui.doors import Nothing, door
from holdspace.ui.refused import Refused


@require_safe
def meeting(request: HttpRequest) -> HttpResponse:
    """Templates, styles and modules for the part of a group's page about its hours: the same bytes for every group."""
    return compressed(request, render(request, "meetings/meeting.html"))


@require_safe
def calendar_page(request: AccountRequest) -> HttpResponse:
    """Make, renew or end the address of one's calendar."""
    if request.account is None:
        return redirect("sign_in")
    return render(request, "meetings/calendar.html", {"calendar": queries.calendar_of(request.account.pk)})


@door(Nothing)
def new_calendar(request: AccountRequest, body: Nothing) -> JsonResponse:
    """The secret of a new address, this once."""
    return JsonResponse({"secret": actions.make_calendar(_account(request))})


@door(Nothing)
def end_calendar(request: AccountRequest, body: Nothing) -> JsonResponse:
    """The address shows nothing any more."""
    actions.end_calendar(_account(request))
    return JsonResponse({})


def _account(request: AccountRequest) -> Account:
    if request.account is None:
        raise Refused("signed-out")
    return request.account


@csrf_exempt
@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """What a calendar program gets. Whoever has the address may: it is kept like a key, and never stays in a cache."""
    written = appointments.written(access.calendar_at(secret), datetime.now(UTC))
    return HttpResponse(written, content_type="text/calendar; charset=utf-8")
