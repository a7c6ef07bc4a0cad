"""Addresses of the mails of a request, under hers: before those of tickets, whose moves take any word."""

from django.urls import path

from notifications import views
from tickets import converters  # noqa: F401 -- it registers `reference`

app_name = "notifications"
urlpatterns = [
    path("demandes/<reference:reference>/courriels/", views.mails, name="mails"),
    path("demandes/<reference:reference>/courriels/<uuid:uuid>/", views.one_mail, name="mail"),
]
