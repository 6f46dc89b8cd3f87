"""Forms of plain pages: they are sent without a script, by somebody who is signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from holdspace.accounts.middleware import AccountRequest
from holdspace.directory import access


def with_origin(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Our pages send no referrer, and a form of such a page has no origin to show. One that changes something has to show it, so
    these pages may say where one comes from, to this server alone."""

    @wraps(page)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = page(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return answer


def of_coordinator(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For those who run the network."""

    @wraps(page)
    def answer(request: AccountRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        access.coordinator(request.account)
        return page(request, *args, **kwargs)

    return with_origin(answer)
