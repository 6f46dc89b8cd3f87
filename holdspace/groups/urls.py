"""Addresses of groups, and of what reaches from an account into them. Everything else goes through `/live`."""

from django.urls import path

from holdspace.groups import views

urlpatterns = [
    path("reset/<str:token>/", views.reset, name="reset"),
    path("account/somebody-knows/", views.somebody_knows, name="somebody_knows"),
    path("account/delete/", views.delete, name="delete"),
    path("seal/card", views.card, name="card"),
    path("seal/reset", views.open_reset, name="seal_reset"),
    path("seal/reset/finish", views.finish_reset, name="seal_finish_reset"),
    path("seal/new-keys", views.renew_keys, name="seal_new_keys"),
    path("seal/delete", views.end_account, name="seal_delete"),
]
