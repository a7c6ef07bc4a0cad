"""Addresses under /compte/."""

from django.urls import path

from accounts.views.addresses import change_email, confirm_email
from accounts.views.language import choose_language
from accounts.views.links import activate, password
from accounts.views.preferences import address, body, identity, preferences
from accounts.views.reachability import check, confirm
from accounts.views.registration import create, forgotten

app_name = "accounts"

urlpatterns = [
    path("creer/", create, name="create"),
    path("activer/<str:token>/", activate, name="activate"),
    path("mot-de-passe-oublie/", forgotten, name="forgotten"),
    path("mot-de-passe/<str:token>/", password, name="password"),
    path("preferences/", preferences, name="preferences"),
    path("identite/", identity, name="identity"),
    path("organisme/", body, name="body"),
    path("adresse-electronique/", change_email, name="email"),
    path("adresse-electronique/<str:token>/", confirm_email, name="confirm_email"),
    path("adresse-a-verifier/", check, name="check"),
    path("adresse-a-verifier/<str:token>/", confirm, name="check_confirm"),
    path("langue/", choose_language, name="language"),
    path("adresse-postale/", address, name="address"),
]
