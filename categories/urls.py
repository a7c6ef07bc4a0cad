"""Addresses of the themes."""

from django.urls import path

from categories import views

app_name = "categories"
urlpatterns = [
    path("themes/", views.tree, name="tree"),
    path("themes/<slug:slug>/", views.sheet, name="sheet"),
    path("questions-frequentes/", views.faq, name="faq"),
]
