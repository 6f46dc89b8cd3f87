"""`{% sentences as lines %}`: every code with what a person reads for it, in the page's language."""

from django import template

from holdspace.sealing.errors import SENTENCES
from holdspace.ui.refused import sentence_of

# These are said by pages of the server alone, so no module has to carry them.
_OF_PAGES = "listing-"

register = template.Library()


@register.simple_tag
def sentences() -> list[tuple[str, str]]:
    """(code, sentence) pairs; the modules of a page have no sentences of their own."""
    return [(code, sentence_of(code)) for code in SENTENCES if not code.startswith(_OF_PAGES)]
