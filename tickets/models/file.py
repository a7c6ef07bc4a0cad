"""Files: of a request (attachments) and of a draft. Stored under random names, in a private place."""

import uuid
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.models.event import TicketEvent
from tickets.models.ticket import Ticket
from tickets.querysets import AttachmentQuerySet


def private_storage():
    """Return the storage no address leads to."""
    return storages["attachments"]


def random_name(instance, filename):
    """Return a storage name that tells nothing of the file: two folders of two characters, then a UUID."""
    name = uuid.uuid4().hex
    return f"{name[:2]}/{name[2:4]}/{name}"


class Verdict(models.TextChoices):
    """What the antivirus says of a file. UNCHECKED: no antivirus is set up, or it may be done without."""

    PENDING = "pending", _("en cours de vérification")
    CLEAN = "clean", _("sain")
    INFECTED = "infected", _("infecté")
    UNREADABLE = "unreadable", _("illisible")
    UNCHECKED = "unchecked", _("non vérifié")


class StoredFile(models.Model):
    """A file whose content was checked. `name` is what its sender called it; the disk never sees it."""

    uuid = models.UUIDField(_("identifiant"), default=uuid.uuid4, unique=True, editable=False)
    content = models.FileField(_("contenu"), storage=private_storage, upload_to=random_name, max_length=100)
    name = models.CharField(_("nom"), max_length=200)
    size = models.PositiveBigIntegerField(_("taille (octets)"))
    content_type = models.CharField(_("type"), max_length=100)
    sha256 = models.CharField(_("empreinte SHA-256"), max_length=64)
    received_sha256 = models.CharField(
        _("empreinte à la réception"),
        max_length=64,
        blank=True,
        help_text=_("Quand les métadonnées d’une photographie ont été retirées : l’empreinte d’avant."),
    )
    piece = models.CharField(
        _("pièce"), max_length=80, blank=True, help_text=_("Le nom de la pièce demandée par le formulaire.")
    )
    verdict = models.CharField(
        _("antivirus"), max_length=10, choices=Verdict.choices, default=Verdict.PENDING
    )
    checked_at = models.DateTimeField(_("vérifié le"), null=True, blank=True)
    finding = models.CharField(_("ce que l’antivirus a trouvé"), max_length=200, blank=True)
    # Also the claim of who checks it: moved ahead while one does, so that no other takes it.
    check_after = models.DateTimeField(_("à vérifier après"), default=timezone.now, editable=False)
    keeps_metadata = models.BooleanField(
        _("garde ses métadonnées"),
        default=False,
        help_text=_("Les métadonnées de cette photographie (lieu, appareil) n’ont pas pu être retirées."),
    )
    created_at = models.DateTimeField(_("reçu le"), default=timezone.now)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    @property
    def kind_label(self):
        """The type in a word: PDF, JPG …"""
        return PurePosixPath(self.name).suffix.lstrip(".").upper() or _("fichier")


class Attachment(StoredFile):
    """A file of a request. Its visibility is stored with it: shared, or internal to staff."""

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="attachments", verbose_name=_("demande")
    )
    event = models.ForeignKey(
        TicketEvent, on_delete=models.PROTECT, related_name="attachments", verbose_name=_("événement")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("déposant")
    )
    is_internal = models.BooleanField(_("interne"), default=False)
    opened_at = models.DateTimeField(
        _("ouvert le"),
        null=True,
        blank=True,
        editable=False,
        help_text=_(
            "Première ouverture par quelqu’un d’autre que son déposant, qui ne peut plus le retirer."
        ),
    )
    withdrawn_at = models.DateTimeField(
        _("retiré le"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Par son déposant : son contenu et son nom sont effacés, son empreinte reste."),
    )

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("pièce jointe")
        verbose_name_plural = _("pièces jointes")
        ordering = ("pk",)
        indexes = (
            models.Index(
                fields=("check_after",),
                condition=Q(verdict__in=("pending", "unchecked")),
                name="attachment_to_check",
            ),
            models.Index(fields=("content",), name="attachment_by_content"),  # is this stored file anybody’s?
        )

    def get_absolute_url(self):
        return reverse("tickets:file", args=[self.ticket.reference, self.uuid])

    def get_preview_url(self):
        """Return the address of its preview."""
        return reverse("tickets:preview", args=[self.ticket.reference, self.uuid])
