"""JSON doors under `/seal/` (protocol.md 6): POST from our own pages, a body of a known shape, an object back."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import msgspec
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError

from holdspace.sealing.codec import from_b64url
from holdspace.ui.refused import Refused

Shape = TypeVar("Shape", bound=msgspec.Struct)
Request = TypeVar("Request", bound=HttpRequest)


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of every body: unknown fields are refused, so a misspelt one is never silently nothing."""


class Nothing(Body, frozen=True):
    """The body `{}`."""


class Bytes(bytes):
    """base64url text that holds bytes; subclasses say how many."""

    low = 0
    high = 48 * 1024


class Bytes16(Bytes):
    """16 bytes."""

    low = high = 16


class Bytes32(Bytes):
    """32 bytes."""

    low = high = 32


class Bytes84(Bytes):
    """84 bytes: a wrapped seed."""

    low = high = 84


def door(
    shape: type[Shape],
) -> Callable[[Callable[[Request, Shape], HttpResponse]], Callable[[Request], HttpResponse]]:
    """A view that is called with a checked body."""

    def dress(view: Callable[[Request, Shape], HttpResponse]) -> Callable[[Request], HttpResponse]:
        @wraps(view)
        def answer(request: Request) -> HttpResponse:
            _refuse_strangers(request)
            return view(request, read(request, shape))

        return answer

    return dress


def read(request: HttpRequest, shape: type[Shape]) -> Shape:
    """The body as `shape`; `too-large` or `malformed`."""
    try:
        body = request.body
    except RequestDataTooBig:
        raise Refused("too-large") from None
    except UnreadablePostError:
        raise Refused("malformed") from None
    try:
        return msgspec.json.decode(body, type=shape, dec_hook=_from_text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refused("malformed") from None


def _refuse_strangers(request: HttpRequest) -> None:
    """Beside the CSRF token: another site's page can't even ask. Browsers too old to say so are left to the token."""
    if request.method != "POST":
        raise Refused("not-found")
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise Refused("foreign-origin")
    if request.content_type != "application/json":
        raise Refused("malformed")


def _from_text(kind: type, value: Any) -> Bytes:
    if not issubclass(kind, Bytes):
        raise TypeError(f"no door can ask for {kind.__name__}")
    if not isinstance(value, str):
        raise Refused("malformed")
    data = kind(from_b64url(value, refused="malformed"))
    if not kind.low <= len(data) <= kind.high:
        raise Refused("malformed")
    return data
