"""Addresses of the sealed area. The browser looks at the address; the page is one."""

from django.urls import path, register_converter
from django.urls.converters import get_converters

from holdspace.conversations import views
from holdspace.ui.ids import IdConverter

if "id" not in get_converters():
    register_converter(IdConverter, "id")

urlpatterns = [
    path("groups/", views.shell, name="groups"),
    path("groups/start/", views.shell, name="start-group"),
    path("groups/<id:group_id>/", views.shell, name="group"),
    path("join/", views.shell, name="join"),
    path("appeals/", views.shell, name="appeals"),
]
