"""The pages of the directory. They need no sign-in and no JavaScript, set no cookie, and write down nothing of what is looked for."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from holdspace.directory import access, choices, places, queries, search, showing
from holdspace.directory.forms import FindForm


def without_cookie(page: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page that changes nothing and remembers nobody: it takes a form from anywhere and hands out no token (ui/middleware.py)."""

    @csrf_exempt
    @wraps(page)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return page(request, *args, **kwargs)

    return answer


@without_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Look for a group. The form is posted, so that no address holds what somebody looked for; a link to a search is a GET."""
    said: QueryDict = request.POST if request.method == "POST" else request.GET
    form = FindForm(said)
    seen: dict[str, Any] = {"form": form, "choices": choices.of(said), "knows_places": places.are_known()}
    if said and form.is_valid():
        seen |= _found(form)
    elif not said:
        seen["is_empty"] = not queries.is_anything_there()
    return render(request, "directory/find.html", seen)


def _found(form: FindForm) -> dict[str, Any]:
    now = datetime.now(UTC)
    query = form.query()
    page = search.search(query, now)
    rows = queries.listings(row.listing for row in page.found)
    shown = list(showing.cards(page.found, rows, form.zone(), now, query.near))
    cards, drawn = showing.on_a_map(shown, query.near, form.place.name if form.place else "")
    return {
        "searched": True,
        "cards": cards,
        "map": drawn,
        "closer": max((km for km in choices.KILOMETRES if query.near and km < query.near.km), default=None),
        "wider": min(
            (km for km in choices.KILOMETRES if query.near and 0 < query.near.km < km), default=None
        ),
        "next_page": query.page + 1 if page.more else None,
        "page": query.page,
        "mended": page.mended,
        "place": form.place,
        "wish_hints": [(name, form.data.get(name, "")) for name in ("topic", "where", "near", "language")],
        "km": round(query.near.km) if query.near else None,
        "link": form.link(),
        "zone": showing.place_of(form.zone()),
        "tz": form.zone() if form.zone() != "UTC" else "",
        "has_zone": bool(form.cleaned_data["tz"] or form.place),
    }


@without_cookie
@require_safe
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """One group."""
    now, entry = datetime.now(UTC), access.listing(slug).entry()
    zone = FindForm({"tz": request.GET.get("tz", "")})
    chosen = zone.cleaned_data["tz"] if zone.is_valid() else ""
    shown_in = chosen or (entry.times[0].zone if entry.times else "UTC")
    dates = showing.next_dates(entry.times, shown_in, now) if entry.status == "active" else []
    seen = {"card": showing.card(slug, entry, dates[0] if dates else None, None, now), "dates": dates}
    seen["map"] = showing.map_of(entry)
    own = queries.own_listing_at(slug)
    told = showing.of_own(own) if own else {}
    return render(request, "directory/listing.html", seen | showing.details(entry) | told)
