"""The pages of the sealed area: templates to fill in the browser, the same bytes for every group."""

import gzip

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from holdspace.accounts.middleware import AccountRequest
from holdspace.groups.access import membership_of


@require_safe
def shell(request: HttpRequest, page: str) -> HttpResponse:
    """A page that knows nobody's groups: the browser asks `/live`."""
    return _compressed(request, render(request, f"conversations/{page}.html"))


@require_safe
def group(request: AccountRequest, group_id: bytes) -> HttpResponse:
    """A group's page, for its members. To everyone else, signed out or not, there is no such page."""
    if request.account is None:
        raise Http404
    membership_of(request.account.pk, group_id)
    return shell(request, "group")


def _compressed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Without the random padding of Django's own: these pages hold no secret and nothing a request brought (BREACH needs
    both), and they must be the same to the byte for every group."""
    patch_vary_headers(response, ["Accept-Encoding"])
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content = gzip.compress(response.content, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
    return response
