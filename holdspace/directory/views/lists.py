"""The coordinators' desk for lists of others: send one, read its report, take it; what is held back, old, or there twice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from holdspace.accounts.middleware import SignedInRequest
from holdspace.directory import access, queries, showing
from holdspace.directory.actions import list_work, rows, sent_lists
from holdspace.directory.entry import Entry
from holdspace.directory.formats.duplicates import Where
from holdspace.directory.formats.seen import pairs_among, places_of
from holdspace.directory.formats.types import PROGRAMS
from holdspace.directory.forms.desk import FORMATS, ListForm, RowForm
from holdspace.directory.models import Listing
from holdspace.directory.views.forms_of_pages import of_coordinator

# Most lists are read by then, so that one sees the report at once.
WAIT_SECONDS = 3.0
PAGE = 20


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@of_coordinator
def lists(request: SignedInRequest) -> HttpResponse:
    """Where listings of others come from, and a form for a new list."""
    # The token comes with the file, and only this page takes files: so it is looked at after the way of taking them is chosen.
    request.upload_handlers = [TemporaryFileUploadHandler(request)]
    return _lists(request)


@csrf_protect
def _lists(request: SignedInRequest) -> HttpResponse:
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else None
    if form is not None and form.is_valid():
        data = form.data_of()
        if data is not None:
            said = form.cleaned_data
            sent = sent_lists.send(request.account, data, form.told(), said["written_in"], part=said["part"])
            list_work.work_on_list(sent.key, WAIT_SECONDS)
            return HttpResponseRedirect(reverse("desk_list", args=[sent.key]), status=303)
    seen = {
        "form": form or ListForm(initial={"source": request.GET.get("source", "")}),
        "sources": queries.sources_with_rows(),
        "sent": queries.sent_lists(),
        "formats": FORMATS.items(),
        "programs": PROGRAMS.items(),
    }
    return render(request, "directory/desk_lists.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@of_coordinator
def sent_list(request: SignedInRequest, key: str) -> HttpResponse:
    """One list that was sent: how far it is, its report, and whether to take it."""
    sent = access.sent_list(key)
    if request.method != "POST":
        return render(request, "directory/desk_list.html", {"sent": sent, **_report(sent.report)})
    if request.POST.get("do") == "take":
        sent_lists.approve_list(key, request.account, accept_shrink=bool(request.POST.get("accept_shrink")))
        list_work.work_on_list(key, WAIT_SECONDS)
        return HttpResponseRedirect(reverse("desk_list", args=[key]), status=303)
    sent_lists.throw_away(key)
    return HttpResponseRedirect(reverse("desk_lists"), status=303)


def _report(report: dict[str, Any]) -> dict[str, Any]:
    entries = [msgspec.convert(each, Entry) for each in report.get("first", [])]
    return {
        "first": [(entry, [showing.rhythm(times) for times in entry.times]) for entry in entries],
        "more_lines": report.get("refused", 0) - len(report.get("lines", [])),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@of_coordinator
def source(request: SignedInRequest, slug: str) -> HttpResponse:
    """One source: words that are held back, rows nobody confirmed for long, and its end."""
    row = access.source(slug)
    if request.method == "POST":
        return _done(request, slug)
    after = request.GET.get("after", "")
    held = queries.held(slug, int(after) if after.isascii() and after.isdigit() else 0, PAGE + 1)
    before = datetime.now(UTC) - timedelta(days=showing.STALE_DAYS)
    seen = {
        "source": row,
        "held": [(each, each.words()) for each in held[:PAGE]],
        "after": held[PAGE - 1].pk if len(held) > PAGE else None,
        "stale": queries.stale(slug, before, PAGE),
    }
    return render(request, "directory/desk_source.html", seen)


def _done(request: SignedInRequest, slug: str) -> HttpResponse:
    """Release or drop one row, or take the whole down."""
    if request.POST.get("do") == "take-down":
        is_all = rows.take_down_source(slug, request.account)
        where = reverse("desk_lists") if is_all else reverse("desk_source", args=[slug])
        return HttpResponseRedirect(where, status=303)
    said = _said(request)
    found = access.row_of_source(slug, said["listing"])
    {"release": rows.release, "drop": rows.drop}[said["do"]](found, request.account)
    return HttpResponseRedirect(f"{reverse('desk_source', args=[slug])}#held", status=303)


def _said(request: SignedInRequest) -> dict[str, Any]:
    """Which row, and what shall become of it."""
    form = RowForm(request.POST)
    if not form.is_valid():
        raise Http404
    return form.cleaned_data


@require_http_methods(["GET", "HEAD", "POST"])
@of_coordinator
def twins(request: SignedInRequest) -> HttpResponse:
    """Pairs of the same day, time and place, whichever lists they come from. A person decides."""
    if request.method == "POST":
        rows.drop(access.twin(_said(request)["listing"]), request.account)
        return HttpResponseRedirect(reverse("desk_twins"), status=303)
    listed = {row.pk: row for row in queries.all_to_compare()}
    pairs = pairs_among(where for row in listed.values() for where in _places(row))
    shown = [[(listed[key], listed[key].words()) for key in pair] for pair in pairs[:PAGE]]  # type: ignore[index]
    seen = {
        "pairs": shown,
        "is_more": len(pairs) > PAGE,
        "are_too_many": queries.how_many() > queries.MOST_COMPARED,
    }
    return render(request, "directory/desk_twins.html", seen)


def _places(row: Listing) -> Iterator[Where]:
    return (replace(where, key=row.pk) for where in places_of(row.entry()))
