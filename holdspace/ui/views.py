"""Error pages. The page for "not here" is the same for everybody and everything, so it tells nothing."""

import logging
import secrets

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from holdspace.ui.answers import is_door, refusal
from holdspace.ui.refused import Refused, sentence_of

log = logging.getLogger("holdspace.broken")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, also for what exists and is not yours."""
    if is_door(request):
        return refusal(request, Refused("not-found"))
    return render(request, "ui/not_found.html", status=404)


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: not something a browser of ours sends."""
    return refusal(request, Refused("malformed"))


def not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the CSRF token is missing, so another site may have sent this."""
    return refusal(request, Refused("foreign-origin"))


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault. The reference is in the log beside the trace, and nothing of the request is."""
    reference = secrets.token_hex(4)
    log.error("broken %s", reference)
    if is_door(request):
        return JsonResponse(
            {"code": "broken", "sentence": sentence_of("broken"), "reference": reference}, status=500
        )
    return render(request, "ui/broken.html", {"reference": reference}, status=500)
