"""Addresses of accounts: pages, and the JSON doors of protocol.md 6."""

from django.urls import path

urlpatterns: list = []
