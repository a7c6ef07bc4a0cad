"""What is being typed. A draft is not a request: it has no date, no number and no reader but its owner."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from categories.models import Category, FormVersion
from tickets.models.file import StoredFile
from tickets.models.ticket import Ticket


class Draft(models.Model):
    """Text and files kept between pages: of a new request (`category`) or of a move (`ticket` and `move`).

    `values` holds what was typed, field of the form → text, or list of texts. `revision` counts the writings,
    so that two tabs do not overwrite each other.

    `key` becomes the idempotence key of the event the draft leads to.
    """

    key = models.UUIDField(_("clé"), primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="drafts",
        verbose_name=_("auteur"),
    )
    # Somebody who has not said who she is yet: a secret of her session, until she logs in.
    visitor = models.UUIDField(_("visiteur"), null=True, blank=True, editable=False)
    category = models.ForeignKey(
        Category, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("thème")
    )
    ticket = models.ForeignKey(
        Ticket, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("demande")
    )
    # The ended request this new one goes on from: both are linked when it is filed.
    follows = models.ForeignKey(
        Ticket,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("suite de"),
    )
    move = models.CharField(_("action"), max_length=30, blank=True)
    form_version = models.ForeignKey(
        FormVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("version du formulaire"),
    )
    values = models.JSONField(_("réponses"), default=dict)
    revision = models.PositiveIntegerField(_("révision"), default=0)
    # The tab that wrote last: its own next writing is no conflict, even when our answer to it was lost.
    tab = models.UUIDField(_("onglet"), null=True, blank=True, editable=False)
    warned_at = models.DateTimeField(_("effacement annoncé le"), null=True, blank=True)
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
            models.CheckConstraint(
                condition=Q(owner__isnull=False, visitor__isnull=True)
                | Q(owner__isnull=True, visitor__isnull=False),
                name="draft_has_one_holder",
                violation_error_message=_("Un brouillon est celui d’une personne ou celui d’un visiteur."),
            ),
        )
        indexes = (
            models.Index(fields=("updated_at",), name="draft_by_age"),
            models.Index(fields=("visitor",), condition=Q(visitor__isnull=False), name="draft_of_visitor"),
        )

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
