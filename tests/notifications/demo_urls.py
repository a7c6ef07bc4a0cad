"""The addresses of the service, and those of the demonstration."""

from django.urls import include, path

from teledemande.urls import urlpatterns as service_urls

handler400 = "teledemande.views.errors.bad_request"
handler500 = "teledemande.views.errors.server_error"
urlpatterns = [*service_urls, path("demo/", include("teledemande.demo.urls"))]
