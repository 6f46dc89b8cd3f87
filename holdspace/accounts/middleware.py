"""`request.account` and `request.session_row`: who is asking, or None."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from holdspace.accounts import access
from holdspace.accounts.models import Account, Session


class AccountRequest(HttpRequest):
    """What views get: a request that knows who asks."""

    account: Account | None
    session_row: Session | None


class SignedInRequest(AccountRequest):
    """A request behind a check that somebody is signed in."""

    account: Account
    session_row: Session


class CurrentAccount:
    """Looks the session up once for each page; static files never come this far."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Name the asker, then go on."""
        row = access.session_of(request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""))
        request.session_row = row  # type: ignore[attr-defined]
        request.account = row.account if row else None  # type: ignore[attr-defined]
        return self.get_response(request)
