"""Whose page is asking, for forms of pages that set no cookie and so have no token."""

from django.http import HttpRequest


def is_from_here(request: HttpRequest) -> bool:
    """Whether one of our own pages asks, or the person: an address they typed or kept is "none".

    Browsers say so themselves. One too old to say it still names the origin of a form, and sends no cookie of ours along from
    elsewhere (SameSite). Our pages send no referrer, so that their own forms may come from "null".
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin", "null").lower()
    return origin == "null" or origin.partition("://")[2] == request.get_host().lower()
