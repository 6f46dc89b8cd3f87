"""The same search for programs."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from holdspace.directory import queries, search, showing
from holdspace.directory.forms import FindForm
from holdspace.directory.showing import Card
from holdspace.directory.views.pages import without_cookie

# Public words: a page of another site may read them. It comes with nobody's cookie, and none is set.
FOR_ALL = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


@without_cookie
@require_safe
def find_json(request: HttpRequest) -> JsonResponse:
    """`{"results": [...], "next": address or null}`, or 400 with the parameters that don't fit (docs/protocol.md)."""
    form = FindForm(split(request))
    if not form.is_valid():
        wrong = {name: [str(each) for each in troubles] for name, troubles in form.errors.items()}
        return JsonResponse({"code": "format", "parameters": wrong}, status=400, headers=FOR_ALL)
    now, query = datetime.now(UTC), form.query()
    page = search.search(query, now)
    rows = queries.listings(row.listing for row in page.found)
    cards = list(showing.cards(page.found, rows, form.zone(), now))
    following = None
    if page.more:
        following = request.build_absolute_uri(f"{reverse('find_json')}?{form.link()}&page={query.page + 1}")
    results = [_told(request, card) for card in cards]
    return JsonResponse({"results": results, "next": following}, headers=FOR_ALL)


def split(request: HttpRequest) -> Any:
    """`days=mon,tue` is as good as `days=mon&days=tue`."""
    said = request.GET.copy()
    for name in ("days", "access"):
        said.setlist(name, [part for value in said.getlist(name) for part in value.split(",") if part])
    return said


def _told(request: HttpRequest, card: Card) -> dict[str, Any]:
    entry, when = card.entry, card.when
    return {
        "name": entry.name,
        "url": request.build_absolute_uri(reverse("listing", args=[card.slug])),
        "host": entry.host,
        "topics": list(entry.topics),
        "languages": list(entry.languages),
        "in_person": entry.in_person,
        "online": entry.online,
        "phone": entry.phone,
        "venue": entry.venue,
        "city": entry.city,
        "country": entry.country,
        "km": card.km,
        "access": list(entry.access),
        "openness": entry.openness,
        "cost": entry.cost,
        "structure": entry.structure,
        "start": when.start.isoformat() if when else None,
        "end": when.end.isoformat() if when else None,
        "going_on": bool(when and when.is_on),
        "confirmed": card.confirmed.isoformat() if card.confirmed else None,
        "source": entry.source,
    }
