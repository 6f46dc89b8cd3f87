"""Addresses of ops."""

from django.conf import settings
from django.urls import path

from holdspace.ops import views

urlpatterns = [path("setup/<str:token>/", views.setup, name="setup")]
if settings.DESIGN:
    urlpatterns.append(path("design/", views.design, name="design"))
