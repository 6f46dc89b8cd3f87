"""`{% counting as numbers %}`: numbers that between them need every plural form any language has.

A page that counts in the browser carries one line for each of them, made with `blocktranslate count`; the script takes
the line whose number has the same plural category (`Intl.PluralRules`) and puts its own number in.
"""

from django import template

register = template.Library()


@register.simple_tag
def counting() -> tuple[int, ...]:
    """0 zero, 1 one, 2 two, 3 few, 6 Welsh many and Slavic many, 11 Arabic many, 100 other."""
    return (0, 1, 2, 3, 6, 11, 100)
