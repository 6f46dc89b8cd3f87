"""The JSON doors of sessions (protocol.md 6): the server's half of the seal, locking, signing out, here and everywhere."""

from django.http import HttpResponse, JsonResponse

from holdspace.accounts import forms
from holdspace.accounts.actions import sessions
from holdspace.accounts.cookies import clear_device, drop_session
from holdspace.accounts.middleware import AccountRequest, SignedInRequest
from holdspace.accounts.views.doors import former_of, signed_in
from holdspace.sealing.codec import to_b64url
from holdspace.ui.doors import Nothing, door


@door(Nothing)
@signed_in
def session_share(request: SignedInRequest, body: Nothing) -> HttpResponse:
    """The server's half of the session seal."""
    share = sessions.take_share(request.session_row)
    account = request.account
    who = {"account_id": to_b64url(account.id), "name": account.name, "former": former_of(account)}
    return JsonResponse({"share": to_b64url(share)} | who)


@door(Nothing)
@signed_in
def new_session_share(request: SignedInRequest, body: Nothing) -> HttpResponse:
    """A fresh half, right after unlocking."""
    share = to_b64url(sessions.new_share(request.session_row))
    return JsonResponse({"share": share, "former": former_of(request.account)})


@door(Nothing)
@signed_in
def lock(request: SignedInRequest, body: Nothing) -> HttpResponse:
    """Forget the half."""
    sessions.lock(request.session_row)
    return JsonResponse({})


@door(Nothing)
def sign_out(request: AccountRequest, body: Nothing) -> HttpResponse:
    """End this session; signed out already is as good."""
    if request.session_row:
        sessions.end_session(request.session_row)
    return _signed_out(request)


@door(Nothing)
@signed_in
def sign_out_everywhere(request: SignedInRequest, body: Nothing) -> HttpResponse:
    """End every session of the account, this one too."""
    sessions.end_all_sessions(request.account)
    return _signed_out(request)


@door(forms.EndSession)
@signed_in
def end_one_session(request: SignedInRequest, body: forms.EndSession) -> HttpResponse:
    """End one session of the account, wherever it is."""
    sessions.end_one_session(request.account, body.session)
    return JsonResponse({})


def _signed_out(request: AccountRequest) -> HttpResponse:
    answer = JsonResponse({})
    drop_session(answer)
    if request.session_row and request.session_row.shared_device:
        clear_device(answer)
    return answer
