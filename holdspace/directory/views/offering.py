"""The page on which facilitators write what everybody may read of their group. To everyone else there is no such page."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from holdspace.accounts import principles
from holdspace.accounts.middleware import AccountRequest, SignedInRequest
from holdspace.directory import choices, queries
from holdspace.directory.actions import own
from holdspace.directory.forms.offer import OfferForm
from holdspace.directory.forms.rest import RestForm
from holdspace.directory.models import OwnListing
from holdspace.directory.standing import what_is_lacking
from holdspace.directory.views.forms_of_pages import with_origin
from holdspace.groups.access import facilitator_of
from holdspace.ui.refused import sentence_of

# After so long the facilitators are asked whether it is all still true.
ASK_AGAIN = timedelta(days=120)


def of_facilitator(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a group's facilitators alone."""

    @wraps(page)
    def answer(request: AccountRequest, group_id: bytes) -> HttpResponse:
        if request.account is None:
            raise Http404
        facilitator_of(request.account.pk, group_id)
        return page(request, group_id)

    return with_origin(answer)


@require_http_methods(["GET", "HEAD", "POST"])
@of_facilitator
def offering(request: SignedInRequest, group_id: bytes) -> HttpResponse:
    """Write, keep, ask. `do` is `save` or `ask`; programs say Accept: application/json (docs/protocol.md)."""
    if request.method != "POST":
        return _page(request, group_id)
    form = OfferForm(request.POST)
    if not form.is_valid():
        return _answer(request, group_id, form)
    row = own.write_draft(group_id, form.offer())
    if request.POST.get("do") != "ask" or row.is_settled:
        return _answer(request, group_id, form)
    if not request.POST.get("principles"):
        return _answer(request, group_id, form, "listing-principles")
    if not form.is_whole():
        return _answer(request, group_id, form, "listing-unfinished")
    lacking = what_is_lacking(group_id)
    if not lacking:
        own.ask_for_approval(group_id, request.account, principles.current().version)
    return _answer(request, group_id, form, lacking)


def _answer(request: SignedInRequest, group_id: bytes, form: OfferForm, code: str = "") -> HttpResponse:
    """To a POST: the same page anew, or what does not fit yet."""
    row = queries.own_listing(group_id)
    is_well = not code and not form.errors
    if request.headers.get("Accept", "").startswith("application/json"):
        told: dict[str, Any] = {"state": row.state if row else ""}
        if not is_well:
            told |= {"code": code or "malformed", "sentence": sentence_of(code), "problems": form.errors}
        return JsonResponse(told, status=200 if is_well else 422)
    if is_well:
        return HttpResponseRedirect(f"{reverse('offering', args=[group_id])}#kept", status=303)
    return _page(request, group_id, form, sentence_of(code))


def _page(
    request: HttpRequest, group_id: bytes, form: OfferForm | None = None, sentence: str = ""
) -> HttpResponse:
    """With what is kept, or with what was just sent."""
    row = queries.own_listing(group_id)
    form = form or OfferForm(offer=row.drafted() if row else None)
    lacking = what_is_lacking(group_id)
    seen = {
        "form": form,
        "own": row,
        # The page also stands under `act/`, after something there that did not fit.
        "here": reverse("offering", args=[group_id]),
        "choices": choices.of_offer(form),
        "sentence": sentence,
        "lacking": sentence_of(lacking),
        "agreed": "principles" in form.data or bool(row and row.principles == principles.current().version),
        "is_due": bool(row and _is_due(row)),
    }
    return render(request, "directory/offering.html", seen)


def _is_due(row: OwnListing) -> bool:
    return row.is_found and (row.confirmed is None or row.confirmed < timezone.now() - ASK_AGAIN)


@require_POST
@of_facilitator
def offering_act(request: SignedInRequest, group_id: bytes) -> HttpResponse:
    """What is done to a listing as a whole: it rests, goes on, is still true, is taken down."""
    words = _words_beside(request, group_id)
    do = request.POST.get("do", "")
    if do == "rest":
        form = RestForm(request.POST)
        if not form.is_valid():
            return _page(request, group_id, words, " ".join(map(str, form.errors["until"])))
        own.rest(group_id, form.cleaned_data["until"])
    elif do == "take-down":
        own.take_down_own(group_id, request.account)
    elif do in _ACTS:
        _ACTS[do](group_id)
    else:
        raise Http404
    if words is not None:
        return _page(request, group_id, words)
    return HttpResponseRedirect(reverse("offering", args=[group_id]), status=303)


def _words_beside(request: SignedInRequest, group_id: bytes) -> OfferForm | None:
    """Keep what was being written when something beside it was pressed (browser/directory/offering.js). The form, where it does not fit
    yet: it is shown again, and what was pressed is done all the same."""
    row, words = queries.own_listing(group_id), OfferForm(request.POST)
    if row is None or "title" not in request.POST:
        return None
    if not words.is_valid():
        return words
    # The same words again would take a draft that waits back from the coordinators.
    if words.offer() != row.drafted():
        own.write_draft(group_id, words.offer())
    return None


_ACTS: dict[str, Callable[[bytes], object]] = {"go-on": own.go_on, "still-true": own.confirm}
