"""The addresses of the demonstration, under /demo/."""

from django.urls import path

from teledemande.demo import views

app_name = "demo"

urlpatterns = [
    path("courriels/", views.mailbox, name="mailbox"),
    path("courriels/<uuid:identifier>/", views.mail, name="mail"),
    path("courriels/<uuid:identifier>/html/", views.mail_html, name="mail_html"),
]
