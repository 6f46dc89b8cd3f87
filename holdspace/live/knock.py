"""What a connection shows when it knocks: its cookies, its origin, its language."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http.cookie import parse_cookie

from holdspace.live.sentences import language_of


@dataclass(frozen=True, slots=True)
class Knock:
    """The few headers the gateway looks at."""

    session_key: str | None
    language: str
    is_foreign: bool
    content_type: str


def knock_of(scope: dict[str, Any]) -> Knock:
    """Read an ASGI scope."""
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    cookies = parse_cookie(headers.get("cookie", ""))
    return Knock(
        session_key=cookies.get(settings.SESSION_COOKIE_NAME) or None,
        language=language_of(cookies.get(settings.LANGUAGE_COOKIE_NAME), headers.get("accept-language", "")),
        is_foreign=_is_foreign(headers),
        content_type=headers.get("content-type", "").partition(";")[0].strip().lower(),
    )


def _is_foreign(headers: dict[str, str]) -> bool:
    """Whether another site's page is asking. Without this its visitor's cookie would speak for it (CSWSH, CSRF).

    A program without a browser sends neither header; it holds no visitor's cookie either.
    """
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return True
    origin = headers.get("origin")
    return origin is not None and _authority(origin) != headers.get("host", "").lower()


def _authority(origin: str) -> str:
    """`https://host:8443` -> `host:8443`; browsers leave out default ports in both headers; "null" matches nobody."""
    scheme, _, authority = origin.lower().partition("://")
    return authority if scheme in {"http", "https"} else ""
