"""Addresses that break or refuse, for tests."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from holdspace.sealing.errors import SealError
from holdspace.ui.refused import Refused
from holdspace.urls import handler400, handler403, handler404, handler500
from holdspace.urls import urlpatterns as real


def breaks(request: HttpRequest) -> HttpResponse:
    """Our fault, with a word of a person in the exception."""
    raise RuntimeError(f"could not read {request.GET.get('q')}")


def refuses(request: HttpRequest) -> HttpResponse:
    """A refusal."""
    raise Refused("full")


def refuses_by_twin(request: HttpRequest) -> HttpResponse:
    """A refusal of the twin."""
    raise SealError("log-chain")


urlpatterns = [
    *real,
    path("breaks/", breaks),
    path("seal/breaks", breaks),
    path("refuses/", refuses),
    path("seal/refuses", refuses),
    path("seal/refuses-by-twin", refuses_by_twin),
]
__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
