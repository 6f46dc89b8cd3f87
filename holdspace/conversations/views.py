"""The pages of the sealed area: templates to fill in the browser, the same bytes for every group and for none."""

import gzip

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe


@require_safe
def shell(request: HttpRequest, page: str, group_id: bytes | None = None) -> HttpResponse:
    """Whether there is such a group, and whether it is the asker's, this page does not know: the browser asks `/live`."""
    return _compressed(request, render(request, f"conversations/{page}.html"))


def _compressed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Without the random padding of Django's own: these pages hold no secret and nothing a request brought (BREACH needs
    both), and they must be the same to the byte for a group that is there and for one that is not."""
    patch_vary_headers(response, ["Accept-Encoding"])
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content = gzip.compress(response.content, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
    return response
