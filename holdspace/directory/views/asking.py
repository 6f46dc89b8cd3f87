"""The page on which somebody asks to join a group from its listing. It needs keys, so it is a page of the sealed area."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from holdspace.directory import access


@require_safe
def ask_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What will happen, and one button. 404 for a listing of a group elsewhere, which nobody can ask here."""
    access.group_at(slug)
    row = access.listing(slug)
    return render(request, "directory/ask.html", {"title": row.title, "slug": slug})
