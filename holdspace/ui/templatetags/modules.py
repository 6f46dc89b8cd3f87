"""`{% modules "accounts/sign_up.js" %}`: the page's own script and every module it needs, each with its integrity."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from holdspace.ui import module_graph

register = template.Library()


@register.simple_tag
def modules(entry: str, beyond: str = "", *, at_once: bool = False) -> SafeString:
    """Preload links for the imported modules, then the script tag of `entry`; without what the page has of `beyond` already.
    `at_once`: it runs as soon as it is here, before the page is read to its end."""
    return format_html("{}\n{}", preloads(entry, beyond), script(entry, at_once=at_once))


@register.simple_tag
def preloads(entry: str, beyond: str = "") -> SafeString:
    """The links alone, for a page whose script tag stands elsewhere."""
    there = module_graph.modules(beyond) if beyond else {}
    found = {path: value for path, value in module_graph.modules(entry).items() if path not in there}
    return format_html_join(
        "\n",
        '<link rel="modulepreload" href="{}" integrity="{}" crossorigin="anonymous">',
        ((static(path), found[path]) for path in found if path != entry),
    )


@register.simple_tag
def script(entry: str, *, at_once: bool = False) -> SafeString:
    """The script tag alone."""
    return format_html(
        '<script type="module" src="{}" integrity="{}" crossorigin="anonymous"{}></script>',
        static(entry),
        module_graph.modules(entry)[entry],
        " async" if at_once else "",
    )
