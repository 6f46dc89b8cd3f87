"""The lists others read: Meeting Guide, BMLT, HSDS and calendars. Public listings only, for any site, without a cookie.

Each says which edition of the directory it is of. Who has it already and asks whether there is news (ETag, Last-Modified) hears 304.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import wraps
from hashlib import blake2b
from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from holdspace.directory import access, kept, queries, search
from holdspace.directory.entry import Entry
from holdspace.directory.forms import FindForm
from holdspace.directory.models import Listing
from holdspace.directory.publishing import bmlt, calendar, hsds, meeting_guide, schema
from holdspace.directory.publishing.bmlt import Asked, whole
from holdspace.directory.topic_list import topics
from holdspace.directory.views.pages import without_cookie
from holdspace.directory.views.programs import FOR_ALL, split
from holdspace.meetings.occurrence import upcoming

MOST_OF_PAGE = 100
_CALLBACK = re.compile(r"[A-Za-z_$][\w$.]{0,127}")
_HOURLY = FOR_ALL | {"Cache-Control": "public, max-age=3600", "Content-Security-Policy": "default-src 'none'"}


# A calendar of a search holds so many pages of it.
_PAGES_OF_CALENDAR = 10
_JUST_NOW = timedelta(seconds=2)
View = Callable[..., HttpResponseBase]


def of_an_edition(is_daily: bool) -> Callable[[View], View]:
    """An answer that stays the same until the directory changes, or until tomorrow where it `is_daily`."""

    def decorated(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            since, tag = _since(is_daily), _tag(request, is_daily)
            known = get_conditional_response(request, etag=tag, last_modified=int(since.timestamp()))
            told = known or view(request, *args, **kwargs)
            if told.status_code in (200, 304):
                for name, value in (_HOURLY | {"ETag": tag}).items():
                    told.headers[name] = value
                # The clock of HTTP has seconds: what changed in this one may change again.
                if since < datetime.now(UTC) - _JUST_NOW:
                    told.headers["Last-Modified"] = http_date(since.timestamp())
            return told

        return answer

    return decorated


def _since(is_daily: bool) -> datetime:
    since = queries.edition().since
    return max(since, _today()) if is_daily else since


def _today() -> datetime:
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _tag(request: HttpRequest, is_daily: bool) -> str:
    day = f"{_today():%Y-%m-%d}" if is_daily else ""
    words = f"{queries.edition().number} {day} {request.build_absolute_uri()}"
    return f'"{blake2b(words.encode(), digest_size=12).hexdigest()}"'


def _page(request: HttpRequest, row: Listing) -> str:
    return request.build_absolute_uri(reverse("listing", args=[row.slug]))


# Meeting Guide --------------------------------------------------------------------------------------------------------


@without_cookie
@require_safe
@of_an_edition(is_daily=False)
def meeting_guide_json(request: HttpRequest) -> HttpResponseBase:
    """Every listing, or those of `source` or `topic`. Written while it is read: a long list is never whole in memory."""
    source, topic = request.GET.get("source", ""), request.GET.get("topic", "")

    def made() -> Iterator[bytes]:
        rows = queries.published(source, topic)
        return _json_list(
            line for row in rows for line in meeting_guide.rows_of(row.entry(), row.slug, _page(request, row))
        )

    name = f"meeting-guide {_root(request)} {source}"
    is_kept = not topic and (not source or source in {each.slug for each in queries.sources()})
    told = kept.feed(queries.edition().number, name, made) if is_kept else made()
    return StreamingHttpResponse(told, content_type="application/json")


def _json_list(rows: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    before = b"["
    for row in rows:
        yield before + json.dumps(row, ensure_ascii=False).encode()
        before = b",\n"
    yield b"[]" if before == b"[" else b"]"


# BMLT -----------------------------------------------------------------------------------------------------------------


@without_cookie
@require_safe
@of_an_edition(is_daily=False)
def bmlt_answer(request: HttpRequest, form: str) -> HttpResponse:
    """`switcher` says which question; `callback` names the function of an answer in JSONP."""
    answer = _SWITCHES.get(request.GET.get("switcher", ""))
    callback = request.GET.get("callback", "")
    if answer is None or (form == "jsonp" and not _CALLBACK.fullmatch(callback)):
        return JsonResponse({"code": "format"}, status=400, headers=FOR_ALL)
    told = answer(request)
    if form == "json":
        return JsonResponse(told, safe=False)
    # The comment keeps what follows from being taken for anything but a script.
    words = json.dumps(told).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return HttpResponse(f"/**/{callback}({words});", content_type="text/javascript")


def _root(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _asked(request: HttpRequest) -> Asked:
    """`weekdays[]=1&weekdays[]=2`, `weekdays[0]=1` and `weekdays=1` are the same."""
    many: dict[str, list[str]] = {}
    for name in request.GET:
        many.setdefault(name.partition("[")[0], []).extend(request.GET.getlist(name))
    return Asked({name: values[-1] for name, values in many.items()}, many)


def _search_results(request: HttpRequest) -> Any:
    root, asked = _root(request), _asked(request)
    found = bmlt.select((row | {"root_server_uri": root} for row in _bmlt_rows()), asked)
    if "get_used_formats" not in asked.one:
        return found
    used = {key for row in found for key in row.get("formats", "").split(",")}
    formats = [each for each in bmlt.formats(root) if each["key_string"] in used]
    return (
        {"formats": formats} if "get_formats_only" in asked.one else {"meetings": found, "formats": formats}
    )


def _bmlt_rows() -> Iterator[bmlt.Row]:
    """The rows of every listing, a line of JSON each where they are kept."""

    def made() -> Iterator[bytes]:
        rows = (line for row in queries.published() for line in bmlt.rows_of(row.entry(), row.pk, ""))
        return (msgspec.json.encode(row) + b"\n" for row in rows)

    left = b""
    for piece in kept.feed(queries.edition().number, "bmlt", made):
        *lines, left = (left + piece).split(b"\n")
        yield from (msgspec.json.decode(line, type=dict[str, str]) for line in lines)


def _formats(request: HttpRequest) -> Any:
    return bmlt.formats(_root(request), _asked(request).many.get("key_strings", ()))


def _bodies(request: HttpRequest) -> Any:
    found = bmlt.bodies([source.slug for source in queries.sources()], _root(request))
    wanted = _asked(request).many.get("services", [])
    return [body for body in found if not wanted or body["id"] in wanted]


def _server_info(request: HttpRequest) -> Any:
    return [
        {
            "version": bmlt.VERSION,
            "versionInt": "3000000",
            "langs": "en",
            "nativeLang": "en",
            "centerLongitude": "0",
            "centerLatitude": "0",
            "centerZoom": "2",
            "available_keys": "",
            "changesPerMeeting": "0",
            "meeting_states_and_provinces": "",
            "meeting_counties_and_sub_provinces": "",
            "google_api_key": "",
            "dbVersion": "1",
            "dbPrefix": "",
            "meeting_time_zones_enabled": "1",
            "phpVersion": "",
        }
    ]


_SWITCHES: dict[str, Callable[[HttpRequest], Any]] = {
    "GetSearchResults": _search_results,
    "GetFormats": _formats,
    "GetServiceBodies": _bodies,
    "GetServerInfo": _server_info,
}


# HSDS -----------------------------------------------------------------------------------------------------------------


@without_cookie
@require_safe
def hsds_about(request: HttpRequest) -> JsonResponse:
    """What this is and which version it speaks."""
    address = request.build_absolute_uri(reverse("hsds_services"))
    told = {
        "version": "3.0",
        "profile": "https://docs.openreferral.org/en/v3.0.1/",
        "openapi_url": "",
        "services": address,
    }
    return JsonResponse(told, headers=_HOURLY)


@without_cookie
@require_safe
@of_an_edition(is_daily=True)
def hsds_services(request: HttpRequest) -> JsonResponse:
    """A page of services."""
    number, size = _wanted(request)
    rows = queries.page(number, size)
    contents = [_service(request, row) for row in rows]
    return JsonResponse(hsds.page_of(contents, queries.how_many(), number, size))


@without_cookie
@require_safe
@of_an_edition(is_daily=True)
def hsds_service(request: HttpRequest, key: str) -> JsonResponse:
    """One service, by its id."""
    number = hsds.number_of(key)
    row = queries.listings([number]).get(number) if number is not None else None
    if row is None:
        raise Http404
    return JsonResponse(_service(request, row))


def _service(request: HttpRequest, row: Listing) -> dict[str, Any]:
    return hsds.service(row.entry(), row.pk, _page(request, row), datetime.now(UTC))


@without_cookie
@require_safe
@of_an_edition(is_daily=False)
def hsds_terms(request: HttpRequest) -> JsonResponse:
    """Our topics."""
    number, size = _wanted(request)
    terms: list[dict[str, Any]] = [{**hsds.term(topic)} for topic in topics()]
    return JsonResponse(hsds.page_of(terms[(number - 1) * size : number * size], len(terms), number, size))


def _wanted(request: HttpRequest) -> tuple[int, int]:
    size = whole(request.GET.get("per_page")) or MOST_OF_PAGE
    return max(1, whole(request.GET.get("page"))), min(max(1, size), MOST_OF_PAGE)


@without_cookie
@require_safe
@of_an_edition(is_daily=True)
def listing_schema(request: HttpRequest, slug: str) -> HttpResponse:
    """A listing for machines that read schema.org, with its first date from today on. It has an address of its own, since nothing
    inline stands in our pages."""
    row = access.listing(slug)
    entry = row.entry()
    coming = (found for times in entry.times if (found := upcoming(times, _today())))
    first = min(((found.start, found.end) for found in coming), default=None)
    written = schema.json_ld(entry, _page(request, row), first)
    return HttpResponse(written, content_type="application/ld+json")


# Calendars ------------------------------------------------------------------------------------------------------------


@without_cookie
@require_safe
@of_an_edition(is_daily=True)
def listing_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One group's dates, to subscribe to."""
    row = access.listing(slug)
    return _calendar(row.title, [(row.entry(), _page(request, row))])


@without_cookie
@require_safe
@of_an_edition(is_daily=True)
def find_calendar(request: HttpRequest) -> HttpResponse:
    """The groups a search finds, the soonest two hundred where it finds more, to subscribe to."""
    form = FindForm(split(request))
    if not form.is_valid():
        raise Http404
    found = list(_first_pages(form.query()))
    rows = queries.listings(row.listing for row in found)
    listed = [
        (rows[row.listing].entry(), _page(request, rows[row.listing])) for row in found if row.listing in rows
    ]
    return _calendar("Groups", listed)


def _first_pages(query: search.Query) -> Iterator[search.Found]:
    """As of the beginning of today, so that it stays the same all day."""
    for number in range(1, _PAGES_OF_CALENDAR + 1):
        page = search.search(replace(query, page=number), _today())
        yield from page.found
        if not page.more:
            return


def _calendar(name: str, listed: list[tuple[Entry, str]]) -> HttpResponse:
    written = calendar.calendar_of(name, listed, _since(is_daily=True))
    return HttpResponse(written, content_type="text/calendar; charset=utf-8")
