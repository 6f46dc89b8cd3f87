"""Refusals in the asker's language."""

from collections.abc import Iterable
from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_supported_language_variant, override
from django.utils.translation.trans_real import parse_accept_lang_header

from holdspace.ui.refused import sentence_of


@lru_cache(maxsize=2048)
def sentence(code: str, language: str) -> str:
    """What a person reads for a code."""
    with override(language):
        return sentence_of(code)


def language_of(cookie: str | None, accept: str) -> str:
    """The language the pages would use for this browser: its chosen one, else the first it accepts, else ours."""
    for wanted in _wanted(cookie, accept):
        try:
            return get_supported_language_variant(wanted)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def _wanted(cookie: str | None, accept: str) -> Iterable[str]:
    if cookie:
        yield cookie
    for name, _ in parse_accept_lang_header(accept[:200]):
        yield name
