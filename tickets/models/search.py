"""What can be found: two texts a request, so that no word of a note answers a requester's search."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Ticket


class SearchDocument(models.Model):
    """The words of a request for one kind of reader, written with each event.

    PostgreSQL indexes them with French stemming and without accents; SQLite through an FTS5 table kept by
    triggers (migrations/0003_search_indexes).
    """

    ticket = models.ForeignKey(
        Ticket, on_delete=models.CASCADE, related_name="search_documents", verbose_name=_("demande")
    )
    is_internal = models.BooleanField(_("pour l’équipe"), default=False)
    text = models.TextField(_("texte"))

    class Meta:
        verbose_name = _("document de recherche")
        verbose_name_plural = _("documents de recherche")
        constraints = (
            models.UniqueConstraint(
                fields=("ticket", "is_internal"),
                name="search_document_once_per_reader",
                violation_error_message=_("Un document de recherche par demande et par lecteur."),
            ),
        )

    def __str__(self):
        return f"{self.ticket_id}"
