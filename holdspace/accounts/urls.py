"""Addresses of accounts: pages, and the doors of protocol.md 6."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from holdspace.accounts.views import device_doors, doors, leaving, pages, session_doors

urlpatterns = [
    path("", pages.front, name="front"),
    path("sign-up/", pages.sign_up, name="sign_up"),
    path("sign-in/", pages.sign_in, name="sign_in"),
    path("unlock/", pages.unlock, name="unlock"),
    path("recover/", pages.recover, name="recover"),
    path("exit/", leaving.exit_page, name="exit"),
    path("signed-out/", pages.signed_out, name="signed_out"),
    path("account/", pages.account, name="account"),
    path("account/passphrase/", pages.passphrase, name="passphrase"),
    path("account/own-device/", pages.own_device, name="own_device"),
    path("account/sheet/", pages.sheet, name="sheet"),
    # Our pages send no referrer, so a form without a script has no origin to show. It changes nothing but a language.
    path("language/", csrf_exempt(set_language), name="language"),
    path("principles/", pages.the_principles, name="principles"),
    path("seal/prelogin", doors.prelogin, name="seal_prelogin"),
    path("seal/sign-up", doors.sign_up, name="seal_sign_up"),
    path("seal/sign-in", doors.sign_in, name="seal_sign_in"),
    path("seal/unlock", doors.unlock, name="seal_unlock"),
    path("seal/passphrase", doors.change_passphrase, name="seal_change_passphrase"),
    path("seal/recover", doors.recover, name="seal_recover"),
    path("seal/recover/finish", doors.finish_recovery, name="seal_finish_recovery"),
    path("seal/recovery/new", doors.new_sheet, name="seal_new_sheet"),
    path("seal/recovery-confirmed", doors.recovery_confirmed, name="seal_recovery_confirmed"),
    path("seal/session-share", session_doors.session_share, name="seal_session_share"),
    path("seal/session-share/new", session_doors.new_session_share, name="seal_new_session_share"),
    path("seal/lock", session_doors.lock, name="seal_lock"),
    path("seal/exit", leaving.exit_door, name="seal_exit"),
    path("seal/sign-out", session_doors.sign_out, name="seal_sign_out"),
    path("seal/sign-out/everywhere", session_doors.sign_out_everywhere, name="seal_sign_out_everywhere"),
    path("seal/sessions/end", session_doors.end_one_session, name="seal_end_session"),
    path("seal/own-device/new", device_doors.keep_on_device, name="seal_keep_on_device"),
    path("seal/own-device/open", device_doors.open_device, name="seal_open_device"),
    path("seal/own-device/end", device_doors.end_own_device, name="seal_end_own_device"),
    path("seal/keyring", doors.get_keyring, name="seal_keyring"),
    path("seal/keyring/put", doors.put_keyring, name="seal_put_keyring"),
    path("seal/network", doors.network, name="seal_network"),
]
