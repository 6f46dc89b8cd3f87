"""What happens to every answer: headers on pages, and the one place where a refusal becomes an answer."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token

from holdspace.sealing.errors import SealError
from holdspace.ui import full_disk
from holdspace.ui.answers import refusal
from holdspace.ui.headers import PAGE_HEADERS
from holdspace.ui.refused import Refused

Next = Callable[[HttpRequest], HttpResponseBase]


class PageHeaders:
    """Puts the page headers on everything that is not a static file; a view may have chosen its own Cache-Control."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then dress the answer."""
        answer = self.get_response(request)
        if not answer.headers.get("Content-Security-Policy"):
            for name, value in PAGE_HEADERS.items():
                answer.headers.setdefault(name, value)
        return answer

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Every page sets the CSRF cookie, so a module on any page can speak to `/seal/`; but for those that take forms without."""
        if request.method == "GET" and not getattr(view, "csrf_exempt", False):
            get_token(request)


class Refusals:
    """Turns `Refused`, the twin's `SealError` and a full disk into an answer, so views hold no try and except."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing on the way in."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        """An answer for a refusal; None leaves the rest to Django (404) or to the broken page."""
        if full_disk.is_full(trouble):
            full_disk.tell_host()
            return refusal(request, Refused("disk-full"))
        if isinstance(trouble, SealError):
            return refusal(request, Refused(trouble.code))
        return refusal(request, trouble) if isinstance(trouble, Refused) else None
