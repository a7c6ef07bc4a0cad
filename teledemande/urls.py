"""The map of the service (stable addresses: links in mails depend on them)."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from accounts.cas.views import cas_login
from accounts.views.login import LoginView
from accounts.views.logout import log_out
from teledemande.health import health
from teledemande.terms import TERMS_DATE, TERMS_VERSION
from teledemande.views.pages import page

handler400 = "teledemande.views.errors.bad_request"
handler500 = "teledemande.views.errors.server_error"

urlpatterns = [
    path("", page("home"), name="home"),
    path("connexion/", LoginView.as_view(), name="login"),
    path("connexion/cas/", cas_login, name="cas_login"),
    path("deconnexion/", log_out, name="logout"),
    path("compte/", include("accounts.urls")),
    path("", include("categories.urls")),
    path("", include("tickets.urls")),
    path("", include("notifications.urls")),
    path("gestion/", admin.site.urls),
    path("plan-du-site/", page("site_map"), name="site_map"),
    path("accessibilite/", page("accessibility"), name="accessibility"),
    path("mentions-legales/", page("legal_notice"), name="legal_notice"),
    path("donnees-personnelles/", page("privacy"), name="privacy"),
    path("conditions-d-utilisation/", page("terms", version=TERMS_VERSION, dated=TERMS_DATE), name="terms"),
    path("a-propos/", page("about"), name="about"),
    path("sante/", health, name="health"),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("teledemande.demo.urls")))
