"""Addresses of the directory. None of them needs a sign-in."""

from django.urls import path

from holdspace.directory.views import pages, programs

urlpatterns = [
    path("find/", pages.find, name="find"),
    path("find.json", programs.find_json, name="find_json"),
    path("find/<slug:slug>/", pages.listing, name="listing"),
]
