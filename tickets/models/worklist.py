"""What a member of staff keeps of her list of requests. None of it changes a request."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.lifecycle.holding import USUAL_SECONDS
from tickets.models.ticket import Ticket
from tickets.querysets import ReadMarkQuerySet, SavedViewQuerySet


class SavedView(models.Model):
    """A way of narrowing and sorting the list, under a name. `query` is what stands in the address.

    It holds a question, never an answer: whoever opens it reads her own requests and no other.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="saved_views",
        verbose_name=_("propriétaire"),
    )
    name = models.CharField(_("nom"), max_length=60)
    query = models.TextField(_("recherche"), blank=True)
    is_shared = models.BooleanField(_("partagée"), default=False)
    created_at = models.DateTimeField(_("enregistrée le"), default=timezone.now)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("vue enregistrée")
        verbose_name_plural = _("vues enregistrées")
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("owner", "name"),
                name="saved_view_name_is_unique",
                violation_error_message=_("Vous avez déjà une vue de ce nom : choisissez-en un autre."),
            ),
        )

    def __str__(self):
        return self.name


class ReadMark(models.Model):
    """Up to which event a member of staff has seen a request."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("lecteur")
    )
    ticket = models.ForeignKey(
        Ticket, on_delete=models.CASCADE, related_name="read_marks", verbose_name=_("demande")
    )
    sequence = models.PositiveIntegerField(_("dernier événement vu"))

    objects = ReadMarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("marque de lecture")
        verbose_name_plural = _("marques de lecture")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "ticket"),
                name="read_mark_is_unique",
                violation_error_message=_("Une personne n’a qu’une marque de lecture par demande."),
            ),
        )

    def __str__(self):
        return f"{self.ticket_id} ({self.sequence})"


class ListDisplay(models.Model):
    """How a member of staff has her list shown, and how long her answers wait before they leave.

    Without a row, as everybody's.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("personne"),
    )
    columns = models.JSONField(_("colonnes"), default=list, blank=True)
    has_shortcuts = models.BooleanField(_("raccourcis clavier"), default=True)
    take_back_seconds = models.PositiveSmallIntegerField(
        _("temps pour reprendre une réponse (secondes)"), default=USUAL_SECONDS
    )

    class Meta:
        verbose_name = _("affichage de la liste")
        verbose_name_plural = _("affichages de la liste")

    def __str__(self):
        return f"{self.person_id}"
