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
    there = module_graph.modules(beyond) if beyond else {}
    found = {path: value for path, value in module_graph.modules(entry).items() if path not in there}
    links = format_html_join(
        "\n",
        '<link rel="modulepreload" href="{}" integrity="{}" crossorigin="anonymous">',
        ((static(path), found[path]) for path in found if path != entry),
    )
    script = format_html(
        '<script type="module" src="{}" integrity="{}" crossorigin="anonymous"{}></script>',
        static(entry),
        found[entry],
        " async" if at_once else "",
    )
    return format_html("{}\n{}", links, script)
