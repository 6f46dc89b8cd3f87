"""The JSON doors of accounts (protocol.md 6): take a checked body, call an action, answer."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import msgspec
from django.conf import settings
from django.http import HttpResponse, JsonResponse

from holdspace.accounts import access, forms, known, principles, queries
from holdspace.accounts.actions import keyring, passphrase, recovery, sessions
from holdspace.accounts.actions import sign_in as signing_in
from holdspace.accounts.actions import sign_up as signing_up
from holdspace.accounts.actions.network import NewNetwork
from holdspace.accounts.actions.slots import Opened
from holdspace.accounts.cookies import keep_mark, keep_session
from holdspace.accounts.middleware import AccountRequest, SignedInRequest
from holdspace.accounts.models import Account
from holdspace.sealing.codec import to_b64url
from holdspace.ui.doors import Nothing, door
from holdspace.ui.refused import Refused

Json = dict[str, Any]
Body = TypeVar("Body")


def signed_in(
    view: Callable[[SignedInRequest, Body], HttpResponse],
) -> Callable[[AccountRequest, Body], HttpResponse]:
    """A door for those with a session."""

    @wraps(view)
    def ask(request: AccountRequest, body: Body) -> HttpResponse:
        if request.account is None or request.session_row is None:
            raise Refused("signed-out")
        return view(request, body)  # type: ignore[arg-type]

    return ask


@door(forms.Prelogin)
def prelogin(request: AccountRequest, body: forms.Prelogin) -> HttpResponse:
    """What a passphrase has to be stretched with."""
    account_id, salt, profile = queries.prelogin(body.name)
    return JsonResponse({"account_id": to_b64url(account_id), "salt": to_b64url(salt), "profile": profile})


@door(forms.SignUp)
def sign_up(request: AccountRequest, body: forms.SignUp) -> HttpResponse:
    """A new account; on the setup page the network too."""
    new = signing_up.NewAccount(**_parts(body, signing_up.NewAccount))
    network = _new_network(body)
    if network:
        account = signing_up.set_up(new, network, of_age=body.of_age, consent=body.consent)
    else:
        account = signing_up.sign_up(new, address_of(request), of_age=body.of_age, consent=body.consent)
    return _begin_session(request, account, {}, body.shared)


@door(forms.SignIn)
def sign_in(request: AccountRequest, body: forms.SignIn) -> HttpResponse:
    """A session and the wrapped seed."""
    mark = request.COOKIES.get(settings.KNOWN_COOKIE_NAME, "")
    opened = signing_in.sign_in(body.name, body.auth_key, address_of(request), mark)
    return _begin_session(request, opened.account, _opened(opened), body.shared)


@door(forms.Unlock)
@signed_in
def unlock(request: SignedInRequest, body: forms.Unlock) -> HttpResponse:
    """The wrapped seed again."""
    return JsonResponse(_opened(signing_in.unlock(request.account, body.auth_key, address_of(request))))


@door(forms.ChangePassphrase)
@signed_in
def change_passphrase(request: SignedInRequest, body: forms.ChangePassphrase) -> HttpResponse:
    """A new passphrase."""
    new = passphrase.NewPassphrase(
        salt=body.salt, profile=body.profile, auth_key=body.new_auth_key, wrapped=body.wrapped
    )
    passphrase.change_passphrase(request.session_row, body.auth_key, new, address_of(request))
    return JsonResponse({})


@door(forms.Recover)
def recover(request: AccountRequest, body: forms.Recover) -> HttpResponse:
    """The seed in the wrapping that the sheet opens."""
    opened = recovery.recover(body.name, body.recovery_auth, address_of(request))
    return JsonResponse(_wrapped(opened))


@door(forms.FinishRecovery)
def finish_recovery(request: AccountRequest, body: forms.FinishRecovery) -> HttpResponse:
    """A new passphrase, a new sheet and a session."""
    new = recovery.NewWay(
        salt=body.salt,
        profile=body.profile,
        auth_key=body.auth_key,
        wrapped=body.wrapped,
        recovery_auth=body.new_recovery_auth,
        recovery_wrapped=body.new_recovery_wrapped,
    )
    account = recovery.finish_recovery(body.name, body.recovery_auth, new, address_of(request))
    return _begin_session(request, account, {}, body.shared)


@door(forms.NewSheet)
@signed_in
def new_sheet(request: SignedInRequest, body: forms.NewSheet) -> HttpResponse:
    """A new recovery sheet."""
    recovery.new_sheet(
        request.account, body.auth_key, body.recovery_auth, body.recovery_wrapped, address_of(request)
    )
    return JsonResponse({})


@door(Nothing)
@signed_in
def recovery_confirmed(request: SignedInRequest, body: Nothing) -> HttpResponse:
    """The sheet was asked back and was right."""
    recovery.confirm_recovery(request.account)
    return JsonResponse({})


@door(Nothing)
@signed_in
def get_keyring(request: SignedInRequest, body: Nothing) -> HttpResponse:
    """The newest keyring; `{}` when there is none yet."""
    return JsonResponse(_keyring(request.account) or {})


@door(forms.PutKeyring)
@signed_in
def put_keyring(request: SignedInRequest, body: forms.PutKeyring) -> HttpResponse:
    """The next version."""
    keyring.put_keyring(request.account, body.counter, body.blob)
    return JsonResponse({})


@door(Nothing)
def network(request: AccountRequest, body: Nothing) -> HttpResponse:
    """What everybody may know about this network."""
    here = queries.network()
    if here is None:
        raise Refused("not-set-up")
    floor = principles.current()
    return JsonResponse(
        {
            "name": here.name,
            "language": here.language,
            "steward": to_b64url(here.steward_pub),
            "leads": [[to_b64url(bytes.fromhex(part)) for part in lead] for lead in here.leads],
            "may_start": here.who_may_start,
            "you_may_start": request.account is not None and access.may_start_group(request.account.id),
            "you_may_have_code": access.may_have_code(request.session_row),
            "recovery_confirmed": request.account is not None
            and request.account.recovery_confirmed is not None,
            "principles": {"version": floor.version, "sha256": floor.sha256.hex()},
        }
    )


def _new_network(body: forms.SignUp) -> NewNetwork | None:
    """The network to make, if the three parts of setup are there; `malformed` for some of them, `not-found` for a wrong token."""
    parts = (body.setup, body.steward, body.network)
    if parts == (None, None, None):
        return None
    if body.setup is None or body.steward is None or body.network is None:
        raise Refused("malformed")
    if not access.may_set_up(body.setup):
        raise Refused("not-found")
    return NewNetwork(body.network.name, body.network.language, body.network.may_start, body.steward)


def _parts(body: msgspec.Struct, of: type) -> Json:
    return {name: getattr(body, name) for name in of.__dataclass_fields__}  # type: ignore[attr-defined]


def _wrapped(opened: Opened) -> Json:
    account = opened.account
    return {
        "wrapped": to_b64url(opened.wrapped),
        "account_id": to_b64url(account.id),
        "gen": account.gen,
        "x_pub": to_b64url(account.x_pub),
        "e_pub": to_b64url(account.e_pub),
    }


def _opened(opened: Opened) -> Json:
    account = opened.account
    return {
        **_wrapped(opened),
        "keyring": _keyring(account),
        "former": former_of(account),
        "name": account.name,
        "recovery_confirmed": account.recovery_confirmed is not None,
        "visits": account.visits,
        "long_away": signing_in.is_long_away(account),
    }


def _keyring(account: Any) -> Json | None:
    newest = queries.newest_keyring(account)
    return {"counter": newest.counter, "blob": to_b64url(bytes(newest.blob))} if newest else None


def former_of(account: Account) -> list[Json]:
    """The seeds that others took the place of, newest first."""
    seeds = account.former_seeds.order_by("-number")
    return [
        {name: to_b64url(bytes(getattr(seed, name))) for name in ("x_pub", "e_pub", "wrapped")}
        for seed in seeds
    ]


def _begin_session(request: AccountRequest, account: Account, answer: Json, shared: bool) -> HttpResponse:
    """A session in the place of the one this browser had, which would live on for weeks with nobody to end it."""
    if request.session_row:
        sessions.end_session(request.session_row)
    response = JsonResponse(answer)
    token = sessions.begin_session(account, shared, request.headers.get("User-Agent", ""))
    keep_session(response, token, shared)
    if not shared:
        keep_mark(response, known.mark_for(account.name_key))
    return response


def address_of(request: AccountRequest) -> str:
    """The network address that asks, to count guesses; it is kept as a keyed hash only."""
    return str(request.META.get("REMOTE_ADDR", ""))
