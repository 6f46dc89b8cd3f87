"""Addresses of the sealed area. Which group it is, the browser reads from the address."""

from django.urls import path, register_converter
from django.urls.converters import get_converters

from holdspace.conversations import views
from holdspace.ui.ids import IdConverter

if "id" not in get_converters():
    register_converter(IdConverter, "id")

urlpatterns = [
    path("groups/", views.shell, {"page": "home"}, name="groups"),
    path("groups/start/", views.shell, {"page": "start"}, name="start-group"),
    path("groups/parts/writing/", views.shell, {"page": "writing"}, name="writing"),
    path("groups/parts/tools/", views.shell, {"page": "tools"}, name="tools"),
    path("groups/<id:group_id>/", views.group, name="group"),
    path("join/", views.shell, {"page": "join"}, name="join"),
    path("appeals/", views.shell, {"page": "appeals"}, name="appeals"),
]
