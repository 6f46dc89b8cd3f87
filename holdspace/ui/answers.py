"""The shapes of answers that are not a page of their own: JSON for `/seal/`, a plain page with one sentence elsewhere."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from holdspace.ui.refused import Refused, status_of


def is_door(request: HttpRequest) -> bool:
    """True for the JSON addresses of protocol.md 6."""
    return request.path_info.startswith("/seal/")


def refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The answer to a refusal."""
    status = status_of(refused.code)
    if is_door(request):
        return JsonResponse({"code": refused.code, "sentence": refused.sentence}, status=status)
    return render(request, "ui/refused.html", {"sentence": refused.sentence}, status=status)
