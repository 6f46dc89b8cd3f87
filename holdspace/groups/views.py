"""The one question about groups that needs no session: what an invite shows of itself."""

from django.http import HttpRequest, JsonResponse

from holdspace.groups import access
from holdspace.groups.forms import Card
from holdspace.sealing.codec import to_b64url
from holdspace.ui.doors import door


@door(Card)
def card(request: HttpRequest, body: Card) -> JsonResponse:
    """The sealed card of an invite that still opens its door (docs/protocol.md 6)."""
    return JsonResponse({"card": to_b64url(access.card_of(body.invite)), "state": "open"})
