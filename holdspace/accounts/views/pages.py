"""Pages of accounts. What they do happens in the browser's modules, which speak to the doors (`doors.py`)."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from holdspace.accounts import principles, queries
from holdspace.accounts.middleware import AccountRequest, SignedInRequest


def signed_in(page: Callable[[SignedInRequest], HttpResponse]) -> Callable[[AccountRequest], HttpResponse]:
    """Send the signed-out to sign in; where they wanted to go stays in their tab, never in an address."""

    @wraps(page)
    def look(request: AccountRequest) -> HttpResponse:
        return page(request) if request.account else redirect("sign_in")  # type: ignore[arg-type]

    return look


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What this is."""
    return render(request, "ui/home/landing.html", {"network": queries.network()})


@require_safe
def sign_up(request: HttpRequest) -> HttpResponse:
    """Make an account."""
    return render(request, "accounts/sign_up.html", {"network": queries.network()})


@require_safe
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in."""
    return render(request, "accounts/sign_in.html")


@require_safe
def recover(request: HttpRequest) -> HttpResponse:
    """Back in with the recovery sheet."""
    return render(request, "accounts/recover.html")


@require_safe
@signed_in
def unlock(request: SignedInRequest) -> HttpResponse:
    """Signed in, and the keys are locked."""
    return render(request, "accounts/unlock.html", {"device": queries.own_device_of(request.session_row)})


@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    """Signed out, and whether what was begun here should stay."""
    return render(request, "accounts/signed_out.html")


@require_safe
@signed_in
def account(request: SignedInRequest) -> HttpResponse:
    """What this network keeps of me."""
    return render(request, "accounts/account.html", {"kept": queries.kept_of(request.account)})


@require_safe
@signed_in
def sheet(request: SignedInRequest) -> HttpResponse:
    """Try the recovery sheet, or make a new one."""
    return render(request, "accounts/sheet.html")


@require_safe
@signed_in
def own_device(request: SignedInRequest) -> HttpResponse:
    """A code for this device, in the place of the passphrase."""
    return render(request, "accounts/own_device.html", {"device": queries.own_device_of(request.session_row)})


@require_safe
@signed_in
def passphrase(request: SignedInRequest) -> HttpResponse:
    """A new passphrase."""
    return render(request, "accounts/passphrase.html")


@require_safe
def the_principles(request: HttpRequest) -> HttpResponse:
    """The fixed floor of every group."""
    return render(
        request,
        "accounts/principles.html",
        {"principles": principles.current(), "signed": principles.signed()},
    )
