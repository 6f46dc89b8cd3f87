"""The first visit."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from holdspace.accounts.access import may_set_up


@require_safe
def setup(request: HttpRequest, token: str) -> HttpResponse:
    """Make the network. The address works until that is done."""
    if not may_set_up(token):
        raise Http404
    return render(request, "ops/setup.html", {"token": token})
