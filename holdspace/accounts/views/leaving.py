"""Quick exit: the session is over and the browser forgets. The same for a link without JavaScript and for a page's beacon."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from holdspace.accounts.actions import sessions
from holdspace.accounts.cookies import clear_cache, clear_device, drop_all
from holdspace.accounts.middleware import AccountRequest
from holdspace.ui.refused import Refused


@require_safe
def exit_page(request: AccountRequest) -> HttpResponse:
    """End the session and go to the neutral page. A link on another site leads there too, but ends nothing."""
    answer = HttpResponseRedirect(settings.EXIT_TO)
    if _is_ours(request):
        _leave(request, answer)
    return answer


def exit_door(request: AccountRequest) -> HttpResponse:
    """The same for a page that is already gone: a beacon, which is a form and not JSON."""
    if request.method != "POST":
        raise Refused("not-found")
    if not _is_ours(request):
        raise Refused("foreign-origin")
    answer = HttpResponse(status=204)
    _leave(request, answer)
    return answer


def _is_ours(request: HttpRequest) -> bool:
    """ "none" is an address typed or kept by the person. Browsers too old to say send no cookie along from elsewhere (SameSite)."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}


def _leave(request: AccountRequest, answer: HttpResponse) -> None:
    is_shared = request.session_row is not None and request.session_row.shared_device
    if request.session_row:
        sessions.end_session(request.session_row)
    drop_all(answer)
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = False  # else the token would be given anew
    if is_shared:
        clear_device(answer)
    else:
        clear_cache(answer)
