"""The pages of the sealed area: templates to fill in the browser, the same bytes for every group."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from holdspace.accounts.middleware import AccountRequest
from holdspace.groups.access import membership_of
from holdspace.ui.compressed import compressed


@require_safe
def shell(request: HttpRequest, page: str) -> HttpResponse:
    """A page that knows nobody's groups: the browser asks `/live`."""
    return compressed(request, render(request, f"conversations/{page}.html"))


@require_safe
def group(request: AccountRequest, group_id: bytes) -> HttpResponse:
    """A group's page, for its members. To everyone else, signed out or not, there is no such page."""
    if request.account is None:
        raise Http404
    membership_of(request.account.pk, group_id)
    return shell(request, "group")
