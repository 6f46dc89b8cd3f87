"""Saying "I would come" without an account, looking back at it, and what those read who would start a group."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from holdspace.accounts.middleware import AccountRequest
from holdspace.directory import access, choices, languages, places, queries, wishing
from holdspace.directory.actions import wishes
from holdspace.directory.forms.wish import WishForm
from holdspace.directory.topic_list import topics
from holdspace.directory.views.pages import without_cookie
from holdspace.directory.wishing import LASTS_DAYS, Said, Together, hash_of, new_code
from holdspace.ui.origin import is_from_here
from holdspace.ui.refused import Refused


@without_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: HttpRequest) -> HttpResponse:
    """The form; with `say` it is kept. A search that found nothing sends what it looked for here, so that no address holds it."""
    if request.method == "POST" and "say" in request.POST:
        return _say(request)
    given = {name: request.POST.get(name, "") for name in ("topic", "where", "near", "language")}
    return _form(request, WishForm(None), {**given, "code": new_code()})


def _say(request: HttpRequest) -> HttpResponse:
    if not is_from_here(request):
        raise Refused("foreign-origin")
    form = WishForm(request.POST)
    if not form.is_valid():
        given = {name: request.POST.get(name, "") for name in form.fields}
        return _form(request, form, given | {"code": new_code()})
    said = form.said()
    if not wishes.say_wish(form.cleaned_data["code"], said, request.META.get("REMOTE_ADDR", "")):
        raise Refused("too-many")
    seen = {"code": request.POST["code"], "wish": _told(said), "ends": _ends(datetime.now(UTC).date())}
    return render(request, "directory/wish_said.html", seen)


def _form(request: HttpRequest, form: WishForm, given: dict[str, str]) -> HttpResponse:
    seen: dict[str, Any] = {"form": form, "given": given, "knows_places": places.are_known()}
    seen["topics"] = choices.topics_by_name()
    seen["languages"] = choices.every_language()
    seen["hours"] = list(wishing.HOURS.items())
    return render(request, "directory/wish.html", seen)


@without_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def wish_mine(request: HttpRequest) -> HttpResponse:
    """A wish, for who has its code; with `back` it is taken back."""
    typed = request.POST.get("code", "")
    code_hash = hash_of(typed)
    found = queries.wish(code_hash) if code_hash else None
    seen: dict[str, Any] = {"code": typed, "is_asked": bool(typed), "is_back": False}
    if found is not None and "back" in request.POST:
        if not is_from_here(request):
            raise Refused("foreign-origin")
        wishes.take_wish_back(found.code_hash)
        seen["is_back"] = True
    elif found is not None:
        said = Said(found.topic, found.town, found.country, found.language, found.hours)
        seen |= {"wish": _told(said), "ends": _ends(found.day)}
    return render(request, "directory/wish_mine.html", seen)


@require_safe
def wishes_together(request: AccountRequest) -> HttpResponse:
    """What at least five wish for."""
    access.wishes_for(request.account)
    found = wishing.together(queries.wishes_before(datetime.now(UTC).date()))
    return render(request, "directory/wishes_together.html", {"wishes": [_told(each) for each in found]})


def _ends(day: Any) -> Any:
    return day + timedelta(days=LASTS_DAYS)


def _told(said: Said | Together) -> dict[str, Any]:
    """In words."""
    topic, parts = topics().get(said.topic), said.hours if isinstance(said, Together) else (said.hours,)
    return {
        "topic": said.topic,
        "about": topic.name(get_language() or "en") if topic else said.topic,
        "town": said.town,
        "country": said.country,
        "language": said.language,
        "tongue": languages.name_of(said.language) if said.language else "",
        "hours": [wishing.HOURS[each] for each in parts if each in wishing.HOURS],
        "at_least": said.at_least if isinstance(said, Together) else 0,
    }
