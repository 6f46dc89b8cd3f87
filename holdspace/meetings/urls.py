"""Addresses of a member's calendar, and of what a group's page fetches to show hours. Hours themselves go through `/live`."""

from django.urls import path

from holdspace.meetings import views

urlpatterns = [
    path("groups/parts/meeting/", views.meeting, name="meeting"),
    path("account/calendar/", views.calendar_page, name="calendar_page"),
    path("calendar/<str:secret>.ics", views.calendar, name="calendar"),
    path("seal/calendar/new", views.new_calendar, name="seal_new_calendar"),
    path("seal/calendar/end", views.end_calendar, name="seal_end_calendar"),
]
