"""The pages of the sealed area: templates to fill in the browser, the same bytes for every group and for none."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def shell(request: HttpRequest, page: str, group_id: bytes | None = None) -> HttpResponse:
    """Whether there is such a group, and whether it is the asker's, this page does not know: the browser asks `/live`."""
    return render(request, f"conversations/{page}.html")
