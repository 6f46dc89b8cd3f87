"""`{% exit_to %}`: the address quick exit goes to."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def exit_to() -> str:
    """The host's choice (docs/running.md)."""
    return str(settings.EXIT_TO)
