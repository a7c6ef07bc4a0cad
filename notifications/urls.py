"""Addresses mails lead to."""

from django.urls import path

from notifications.views import leave_digest

app_name = "notifications"

urlpatterns = [path("courriels/resumes/<str:token>/", leave_digest, name="leave_digest")]
