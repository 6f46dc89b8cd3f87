"""Addresses of ops."""

from django.urls import path

from holdspace.ops import views

urlpatterns = [path("setup/<str:token>/", views.setup, name="setup")]
