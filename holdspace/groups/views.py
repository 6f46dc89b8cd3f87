"""What needs no gateway: an invite's card, and what is done to an account and reaches into its groups."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from holdspace.accounts.access import account_of_reset
from holdspace.accounts.actions.keys import Kept
from holdspace.accounts.actions.sessions import begin_session
from holdspace.accounts.actions.slots import NewKeys
from holdspace.accounts.cookies import drop_session, keep_session
from holdspace.accounts.middleware import AccountRequest, SignedInRequest
from holdspace.groups import access, forms
from holdspace.groups.actions import accounts
from holdspace.sealing.codec import to_b64url
from holdspace.ui.doors import door
from holdspace.ui.refused import Refused


@door(forms.Card)
def card(request: HttpRequest, body: forms.Card) -> JsonResponse:
    """The sealed card of an invite that still opens its door (docs/protocol.md 6)."""
    return JsonResponse({"card": to_b64url(access.card_of(body.invite)), "state": "open"})


@require_safe
def reset(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time address for somebody who lost passphrase and sheet."""
    return render(request, "groups/reset.html", {"account": account_of_reset(token), "token": token})


@require_safe
def somebody_knows(request: AccountRequest) -> HttpResponse:
    """New keys, because somebody may know the passphrase."""
    return _own_page(request, "groups/somebody_knows.html")


@require_safe
def delete(request: AccountRequest) -> HttpResponse:
    """The end of an account."""
    return _own_page(request, "groups/delete.html")


@door(forms.OpenReset)
def open_reset(request: AccountRequest, body: forms.OpenReset) -> HttpResponse:
    """Whose keys this replaces."""
    account = account_of_reset(body.token)
    return JsonResponse({"name": account.name, "account_id": to_b64url(account.id), "gen": account.gen})


@door(forms.FinishReset)
def finish_reset(request: AccountRequest, body: forms.FinishReset) -> HttpResponse:
    """The fresh seed in the place of the lost one, and a session."""
    account = accounts.reset_account(body.token, _new_keys(body))
    answer = JsonResponse({})
    keep_session(answer, begin_session(account), shared=False)
    return answer


@door(forms.RenewKeys)
def renew_keys(asked: AccountRequest, body: forms.RenewKeys) -> HttpResponse:
    """The fresh seed in the place of the one somebody may know; every other browser is signed out."""
    request = _signed_in(asked)
    kept = Kept(dict(body.former), body.counter, body.keyring)
    accounts.renew_keys(request.account, body.auth_key, _new_keys(body), kept, _address(request))
    shared = request.session_row.shared_device
    answer = JsonResponse({})
    keep_session(answer, begin_session(request.account, shared), shared)
    return answer


@door(forms.EndAccount)
def end_account(asked: AccountRequest, body: forms.EndAccount) -> HttpResponse:
    """The end; when the last copy with the keys is gone, for the paper one may keep of it."""
    request = _signed_in(asked)
    told = accounts.end_account(request.account, body.auth_key, body.lost, _address(request))
    answer = JsonResponse({name: int(at.timestamp() * 1000) for name, at in told._asdict().items()})
    drop_session(answer)
    return answer


def _new_keys(body: forms.NewSeed) -> NewKeys:
    return NewKeys(
        salt=body.salt,
        profile=body.profile,
        auth_key=body.new_auth_key,
        x_pub=body.x_pub,
        e_pub=body.e_pub,
        wrapped=body.wrapped,
        recovery_auth=body.new_recovery_auth,
        recovery_wrapped=body.new_recovery_wrapped,
    )


def _own_page(request: AccountRequest, template: str) -> HttpResponse:
    return render(request, template) if request.account else redirect("sign_in")


def _signed_in(request: AccountRequest) -> SignedInRequest:
    if request.account is None or request.session_row is None:
        raise Refused("signed-out")
    return request  # type: ignore[return-value]


def _address(request: AccountRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
