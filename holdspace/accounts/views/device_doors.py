"""The JSON doors of a device of one's own (protocol.md 6): a code of six digits in the place of the passphrase."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse

from holdspace.accounts import forms
from holdspace.accounts.actions import own_device
from holdspace.accounts.cookies import keep_session
from holdspace.accounts.middleware import SignedInRequest
from holdspace.accounts.views.doors import address_of, signed_in
from holdspace.sealing.codec import to_b64url
from holdspace.ui.doors import Nothing, door


@door(forms.KeepOnDevice)
@signed_in
def keep_on_device(request: SignedInRequest, body: forms.KeepOnDevice) -> HttpResponse:
    """A code for this device from now on; its session lives as long."""
    wish = own_device.NewDevice(device=body.device, code_auth=body.code_auth, share=body.share)
    own_device.keep_on_device(request.session_row, body.auth_key, wish, address_of(request))
    answer = JsonResponse({})
    keep_session(answer, request.COOKIES[settings.SESSION_COOKIE_NAME], shared=False)
    return answer


@door(forms.OpenDevice)
@signed_in
def open_device(request: SignedInRequest, body: forms.OpenDevice) -> HttpResponse:
    """The server's half for the right code."""
    share = own_device.open_device(request.session_row, body.device, body.code_auth)
    return JsonResponse({"share": to_b64url(share)})


@door(Nothing)
@signed_in
def end_own_device(request: SignedInRequest, body: Nothing) -> HttpResponse:
    """Only the passphrase again."""
    own_device.end_own_device(request.session_row)
    return JsonResponse({})
