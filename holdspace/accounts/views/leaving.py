"""Quick exit: the session is over and the browser forgets. The same for a link without JavaScript and for a page's beacon."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from holdspace.accounts.actions import sessions
from holdspace.accounts.cookies import clear_cache, clear_device, drop_all
from holdspace.accounts.middleware import AccountRequest
from holdspace.ui.origin import is_from_here
from holdspace.ui.refused import Refused


@require_safe
def exit_page(request: AccountRequest) -> HttpResponse:
    """End the session and go to the neutral page. A link on another site leads there too, but ends nothing."""
    answer = HttpResponseRedirect(settings.EXIT_TO)
    if is_from_here(request):
        _leave(request, answer)
    return answer


@csrf_exempt
def exit_door(request: AccountRequest) -> HttpResponse:
    """The same for a page that is already gone: a beacon, which is a form and not JSON.

    It asks for no token: public pages have none, and whoever leaves one of those has a cache to clear too. The browser itself says
    which site's page sent it, as it does for the link above.
    """
    if request.method != "POST":
        raise Refused("not-found")
    if not is_from_here(request):
        raise Refused("foreign-origin")
    answer = HttpResponse(status=204)
    _leave(request, answer)
    return answer


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
