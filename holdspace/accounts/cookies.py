"""What a browser is told to keep of a session, and to forget."""

from django.conf import settings
from django.http import HttpResponse

KNOWN_DAYS = 180


def keep_session(answer: HttpResponse, token: str, shared: bool) -> None:
    """Give the browser its session. On a shared device it ends with the window."""
    age = None if shared else settings.SESSION_DAYS * 24 * 3600
    answer.set_cookie(
        settings.SESSION_COOKIE_NAME,
        token,
        max_age=age,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def keep_mark(answer: HttpResponse, mark: str) -> None:
    """Let a browser of somebody's own be known again (known.py). Its pages can take it away: it is no secret of the session."""
    answer.set_cookie(
        settings.KNOWN_COOKIE_NAME,
        mark,
        max_age=KNOWN_DAYS * 24 * 3600,
        secure=settings.SECURE,
        samesite="Strict",
    )


def drop_session(answer: HttpResponse) -> None:
    """Take it away again."""
    answer.set_cookie(
        settings.SESSION_COOKIE_NAME, "", max_age=0, secure=settings.SECURE, httponly=True, samesite="Lax"
    )


def clear_device(answer: HttpResponse) -> None:
    """Have the browser forget all it keeps of this place. Only on a shared device: "cookies" reaches every name below the
    same registered domain, so on a device of one's own it would sign people out of their host's other pages as well."""
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'


def clear_cache(answer: HttpResponse) -> None:
    """Have the browser forget the files of this place: a cache says which places one has been to."""
    answer.headers["Clear-Site-Data"] = '"cache"'


def drop_all(answer: HttpResponse) -> None:
    """Take away every cookie we set, by its name."""
    drop_session(answer)
    for name in (settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, settings.KNOWN_COOKIE_NAME):
        answer.set_cookie(name, "", max_age=0, secure=settings.SECURE, samesite="Lax")
