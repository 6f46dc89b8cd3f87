"""Addresses of groups. Everything else about them goes through `/live`."""

from django.urls import path

from holdspace.groups import views

urlpatterns = [path("seal/card", views.card, name="card")]
