"""The shapes of answers that are not a page of their own: JSON for `/seal/`, a plain page with one sentence elsewhere."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from holdspace.ui.refused import Refused, status_of


def is_door(request: HttpRequest) -> bool:
    """True for the JSON addresses of protocol.md 6."""
    return request.path_info.startswith("/seal/")


def refusal(request: HttpRequest, refused: Refused, status: int = 0) -> HttpResponse:
    """The answer to a refusal; `status` only where it is not the code's own."""
    status = status or status_of(refused.code)
    if is_door(request):
        return JsonResponse(_in_json(refused), status=status, headers=_headers(refused))
    return render(request, "ui/refused.html", {"sentence": refused.sentence}, status=status)


def _in_json(refused: Refused) -> dict[str, object]:
    wait = {"wait": refused.wait} if refused.wait else {}
    return {"code": refused.code, "sentence": refused.sentence, **wait}


def _headers(refused: Refused) -> dict[str, str]:
    return {"Retry-After": str(refused.wait)} if refused.wait else {}
