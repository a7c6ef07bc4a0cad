"""Addresses of the mails of a request, under hers, and those that mails lead to.

Before those of tickets, whose moves take any word.
"""

from django.urls import path

from notifications.views.digests import leave_digest
from notifications.views.mails import mails, one_mail
from tickets import converters  # noqa: F401 -- it registers `reference`

app_name = "notifications"
urlpatterns = [
    path("demandes/<reference:reference>/courriels/", mails, name="mails"),
    path("demandes/<reference:reference>/courriels/<uuid:uuid>/", one_mail, name="mail"),
    path("courriels/resumes/<str:token>/", leave_digest, name="leave_digest"),
]
