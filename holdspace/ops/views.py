"""The first visit, and the page for those who change how pages look."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from holdspace.accounts.access import may_set_up
from holdspace.ops import specimens

# "What is said here stays here", in each script that letters are shipped for.
_LETTERS = {
    "ar": "ما يُقال هنا يبقى هنا.",
    "ru": "Что сказано здесь, остаётся здесь.",
    "pl": "Co tu mówimy, tu zostaje. Żółć, łąka, źródło.",
}
_COLOURS = ("page", "surface", "sunken", "accent", "soft", "care", "lamp", "problem", "ink")


@require_safe
def setup(request: HttpRequest, token: str) -> HttpResponse:
    """Make the network. The address works until that is done."""
    if not may_set_up(token):
        raise Http404
    return render(request, "ops/setup.html", {"token": token})


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """Every part of the pages in every state. There only where `HOLDSPACE_DESIGN` says so."""
    seen = {"letters": _LETTERS, "colours": _COLOURS, "cards": specimens.cards()}
    return render(request, "ops/design.html", seen)
