"""Addresses of the directory. What anybody may read needs no sign-in; asking to join, and what facilitators write of their group, do."""

from django.urls import path, register_converter
from django.urls.converters import get_converters

from holdspace.directory.views import asking, desk, feeds, lists, offering, pages, programs, wishes
from holdspace.ui.ids import IdConverter

if "id" not in get_converters():
    register_converter(IdConverter, "id")

urlpatterns = [
    path("find/", pages.find, name="find"),
    path("find.json", programs.find_json, name="find_json"),
    path("find/<slug:slug>/", pages.listing, name="listing"),
    path("find/<slug:slug>/ask/", asking.ask_page, name="ask_listing"),
    path("groups/<id:group_id>/listing/", offering.offering, name="offering"),
    path("groups/<id:group_id>/listing/act/", offering.offering_act, name="offering_act"),
    path("coordinator/", desk.desk, name="desk"),
    path("coordinator/groups/<slug:key>/", desk.own_listing, name="desk_group"),
    path("coordinator/lists/", lists.lists, name="desk_lists"),
    path("coordinator/lists/twice/", lists.twins, name="desk_twins"),
    path("coordinator/lists/sent/<slug:key>/", lists.sent_list, name="desk_list"),
    path("coordinator/lists/of/<slug:slug>/", lists.source, name="desk_source"),
    path("wishes/", wishes.wish, name="wish"),
    path("wishes/mine/", wishes.wish_mine, name="wish_mine"),
    path("wishes/together/", wishes.wishes_together, name="wishes_together"),
    path("find.ics", feeds.find_calendar, name="find_calendar"),
    path("find/<slug:slug>/calendar.ics", feeds.listing_calendar, name="listing_calendar"),
    path("find/<slug:slug>/schema.json", feeds.listing_schema, name="listing_schema"),
    path("feeds/meeting-guide.json", feeds.meeting_guide_json, name="meeting_guide_feed"),
    path("client_interface/json/", feeds.bmlt_answer, {"form": "json"}, name="bmlt_json"),
    path("client_interface/jsonp/", feeds.bmlt_answer, {"form": "jsonp"}, name="bmlt_jsonp"),
    path("hsds/", feeds.hsds_about, name="hsds"),
    path("hsds/services", feeds.hsds_services, name="hsds_services"),
    path("hsds/services/<str:key>", feeds.hsds_service, name="hsds_service"),
    path("hsds/taxonomy_terms", feeds.hsds_terms, name="hsds_terms"),
]
