"""What is being typed. A draft is not a request: it has no date, no number and no reader but its owner."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from categories.models import Category
from tickets.models.file import StoredFile
from tickets.models.ticket import Ticket


class Draft(models.Model):
    """Text and files kept between pages: of a new request (`category`) or of a move (`ticket` and `move`).

    `key` becomes the idempotence key of the event the draft leads to.
    """

    key = models.UUIDField(_("clé"), primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts", verbose_name=_("auteur")
    )
    category = models.ForeignKey(
        Category, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("thème")
    )
    ticket = models.ForeignKey(
        Ticket, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("demande")
    )
    move = models.CharField(_("action"), max_length=30, blank=True)
    values = models.JSONField(_("réponses"), default=dict)
    created_at = models.DateTimeField(_("commencé le"), default=timezone.now)
    updated_at = models.DateTimeField(_("enregistré le"), default=timezone.now)

    class Meta:
        verbose_name = _("brouillon")
        verbose_name_plural = _("brouillons")
        ordering = ("-updated_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(category__isnull=False, ticket__isnull=True, move="")
                | (Q(category__isnull=True, ticket__isnull=False) & ~Q(move="")),
                name="draft_is_of_a_request_or_of_a_move",
                violation_error_message=_("Un brouillon est celui d’une demande ou celui d’une action."),
            ),
        )
        indexes = (models.Index(fields=("updated_at",), name="draft_by_age"),)

    def __str__(self):
        return self.values.get("subject") or str(self.category or self.ticket)


class DraftFile(StoredFile):
    """A file waiting in a draft: sent once, kept whatever happens to the form."""

    draft = models.ForeignKey(
        Draft, on_delete=models.CASCADE, related_name="files", verbose_name=_("brouillon")
    )

    class Meta:
        verbose_name = _("fichier de brouillon")
        verbose_name_plural = _("fichiers de brouillon")
        ordering = ("pk",)
