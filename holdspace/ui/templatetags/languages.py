"""`{% languages "/sign-in/" %}`: at the foot of a page, each language by its own name."""

from django import template
from django.conf import settings
from django.utils.translation import get_language

register = template.Library()


@register.inclusion_tag("ui/_languages.html")
def languages(here: str) -> dict[str, object]:
    """`here` is the address to come back to. It says so where nobody who grew up with the language has read its words yet."""
    now = get_language() or settings.LANGUAGE_CODE
    return {
        "here": here,
        "now": now,
        "offered": settings.LANGUAGES,
        "is_unread": now in settings.LANGUAGES_NOBODY_READ,
    }
