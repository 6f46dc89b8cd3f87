"""Every address Django answers. `/live` is the gateway's (`asgi.py`)."""

from django.urls import include, path

urlpatterns = [
    path("", include("holdspace.accounts.urls")),
    path("", include("holdspace.groups.urls")),
    path("", include("holdspace.conversations.urls")),
    path("", include("holdspace.meetings.urls")),
    path("", include("holdspace.directory.urls")),
    path("", include("holdspace.ops.urls")),
]
handler400 = "holdspace.ui.views.not_understood"
handler403 = "holdspace.ui.views.not_found"
handler404 = "holdspace.ui.views.not_found"
handler500 = "holdspace.ui.views.broken"
