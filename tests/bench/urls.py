"""The addresses of the service, and those of the floor."""

from django.urls import include, path

from teledemande.urls import handler400, handler500
from teledemande.urls import urlpatterns as ours
from tests.bench import floor, floor_writes
from tests.bench.tuned import tuned

__all__ = ["handler400", "handler500", "urlpatterns"]

urlpatterns = [
    *ours,
    path(
        "sol/",
        include(
            (
                [
                    path("vide/", floor.empty, name="empty"),
                    path("demandes/", floor.own_list, name="own_list"),
                    path("demandes/<reference:reference>/", floor.ticket, name="ticket"),
                    path("gestion/", floor.staff_list, name="staff_list"),
                    path("recherche/", floor.search, name="search"),
                    path("prendre/<int:pk>/", floor_writes.take, name="take"),
                    path("ecrire/<slug:slug>/", floor_writes.write, name="write"),
                    path("deposer/<slug:slug>/", floor_writes.file, name="file"),
                ],
                "floor",
            )
        ),
    ),
    path("sol/admin/", tuned.urls),
]
