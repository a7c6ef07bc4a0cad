"""The forms of a theme, by version: what was asked on the day of a request can always be shown."""

import uuid

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from categories.models.category import Category


class FormVersion(models.Model):
    """One version of the form of a theme. Published, it never changes again; only a draft is edited.

    `definition` is read and written by `categories.questionnaire.definition`. `revision` counts the edits of
    a draft, so that two people editing it do not overwrite each other.
    """

    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="form_versions", verbose_name=_("thème")
    )
    number = models.PositiveIntegerField(_("numéro"))
    definition = models.JSONField(_("définition"), default=dict)
    revision = models.PositiveIntegerField(_("révision"), default=0)
    created_at = models.DateTimeField(_("créée le"), default=timezone.now)
    updated_at = models.DateTimeField(_("modifiée le"), default=timezone.now)
    published_at = models.DateTimeField(_("publiée le"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("publiée par"),
    )

    class Meta:
        verbose_name = _("version de formulaire")
        verbose_name_plural = _("versions de formulaire")
        ordering = ("category", "-number", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("category", "number"),
                name="form_version_number_once_a_theme",
                violation_error_message=_("Ce thème a déjà une version de ce numéro."),
            ),
            models.UniqueConstraint(
                fields=("category",),
                condition=Q(published_at__isnull=True),
                name="form_version_one_draft_a_theme",
                violation_error_message=_("Ce thème a déjà une version en préparation."),
            ),
        )

    def __str__(self):
        return f"{self.category} – {self.number}"


def model_storage():
    """Return the private storage: a model is served by our own page."""
    return storages["attachments"]


def model_name(instance, filename):
    """Return a storage name that tells nothing of the file."""
    return f"modeles/{uuid.uuid4().hex}"


class ModelDocument(models.Model):
    """A blank form or an example that a requester downloads, fills in and joins."""

    uuid = models.UUIDField(_("identifiant"), default=uuid.uuid4, unique=True, editable=False)
    category = models.ForeignKey(
        Category, on_delete=models.CASCADE, related_name="model_documents", verbose_name=_("thème")
    )
    name = models.CharField(_("nom"), max_length=200)
    content = models.FileField(_("contenu"), storage=model_storage, upload_to=model_name, max_length=100)
    size = models.PositiveBigIntegerField(_("taille (octets)"))
    content_type = models.CharField(_("type"), max_length=100)
    created_at = models.DateTimeField(_("ajouté le"), default=timezone.now)

    class Meta:
        verbose_name = _("modèle de document")
        verbose_name_plural = _("modèles de documents")
        ordering = ("name", "pk")

    def __str__(self):
        return self.name
