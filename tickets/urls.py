"""Addresses of requests, under /demandes/ and /recherche/."""

from django.urls import path

from tickets import converters  # noqa: F401 -- it registers `reference`
from tickets.views import (
    autosave,
    checking,
    continuing,
    drafts,
    files,
    filing,
    guests,
    lists,
    pdf,
    ticket,
    visits,
    writing,
)

app_name = "tickets"
urlpatterns = [
    path("demandes/", lists.dashboard, name="dashboard"),
    path("demandes/brouillons/<uuid:uuid>/supprimer/", drafts.discard, name="discard"),
    path("demandes/nouvelle/", filing.start, name="new"),
    path("demandes/nouvelle/<slug:slug>/", writing.write, name="write"),
    path("demandes/nouvelle/<slug:slug>/verifier/", checking.check, name="check"),
    path("demandes/nouvelle/<slug:slug>/enregistrer/", autosave.text, name="autosave"),
    path("demandes/nouvelle/<slug:slug>/fichiers/", autosave.files, name="upload"),
    path("demandes/invitation/<str:token>/", guests.read, name="guest"),
    path("demandes/<reference:reference>/", ticket.show, name="ticket"),
    path("demandes/<reference:reference>/deposee/", filing.filed, name="filed"),
    path("demandes/<reference:reference>/demande.pdf", pdf.request_pdf, name="pdf"),
    path("demandes/<reference:reference>/equipe.pdf", pdf.team_pdf, name="team_pdf"),
    path("demandes/<reference:reference>/pieces.zip", files.archive, name="archive"),
    path("demandes/<reference:reference>/pieces/<uuid:uuid>/", files.file, name="file"),
    path("demandes/<reference:reference>/pieces/<uuid:uuid>/apercu/", files.preview, name="preview"),
    path(
        "demandes/<reference:reference>/pieces/<uuid:uuid>/apercu/<int:page>/",
        files.preview_page,
        name="preview_page",
    ),
    path("demandes/<reference:reference>/signet/", visits.bookmark, name="bookmark"),
    path("demandes/<reference:reference>/suite/", continuing.follow_up, name="follow_up"),
    path("demandes/<reference:reference>/<slug:slug>/", ticket.move, name="move"),
    path("signets/", visits.shelf, name="shelf"),
    path("recherche/", lists.search, name="search"),
]
