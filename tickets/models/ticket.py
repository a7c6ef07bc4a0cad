"""The request itself."""

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from categories.enums import Priority, SilenceRule, StartEvent
from categories.models import Category, FormVersion, Service
from tickets.lifecycle.enums import (
    EXPECTING_REQUESTER,
    FINAL,
    OPEN,
    REQUESTER_LABELS,
    Abuse,
    Channel,
    Outcome,
    Satisfaction,
    Status,
)
from tickets.models.silence import SilenceEnd
from tickets.querysets import TicketQuerySet

_STARTED = [status for status in OPEN if status != Status.SUBMITTED]


def _exactly_when(status, field, name):
    """Constrain `field` to be there in `status` and nowhere else."""
    is_absent = Q(**{f"{field}__isnull": True})
    return models.CheckConstraint(
        condition=(Q(status=status) & ~is_absent) | (~Q(status=status) & is_absent),
        name=name,
        violation_error_message=_("Cette information ne va qu’avec l’état de la demande."),
    )


class Ticket(models.Model):
    """An official request. Only `tickets.services` writes it.

    The reference is `TD-<year of filing>-<primary key>`: a database never gives a key twice, so no counter
    is locked and no number is reused.
    """

    year = models.PositiveSmallIntegerField(_("année"), editable=False)
    subject = models.CharField(_("objet"), max_length=200)
    status = models.CharField(_("état"), max_length=12, choices=Status.choices, default=Status.SUBMITTED)
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="tickets",
        verbose_name=_("demandeur"),
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="tickets", verbose_name=_("thème")
    )
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, related_name="tickets", verbose_name=_("service")
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_tickets",
        verbose_name=_("gestionnaire en charge"),
    )
    priority = models.PositiveSmallIntegerField(
        _("priorité"), choices=Priority.choices, default=Priority.NORMAL
    )
    channel = models.CharField(_("origine"), max_length=8, choices=Channel.choices, default=Channel.WEB)
    outcome = models.CharField(_("issue"), max_length=16, choices=Outcome.choices, blank=True)
    # The legal regime in force on the day of filing; later changes of the theme do not touch it.
    is_sve = models.BooleanField(_("saisine par voie électronique"), default=True)
    silence_rule = models.CharField(
        _("régime du silence"), max_length=10, choices=SilenceRule.choices, default=SilenceRule.NONE
    )
    silence_months = models.PositiveSmallIntegerField(_("délai en mois"), null=True, blank=True)
    start_event = models.CharField(
        _("départ du délai"), max_length=13, choices=StartEvent.choices, default=StartEvent.RECEPTION
    )
    form_version = models.ForeignKey(
        FormVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("version du formulaire"),
    )
    is_incomplete = models.BooleanField(
        _("incomplète"), default=False, help_text=_("Une pièce exigée par un texte manquait au dépôt.")
    )
    terms_version = models.CharField(
        _("conditions d’utilisation acceptées"), max_length=20, blank=True, editable=False
    )
    submitted_at = models.DateTimeField(_("déposée le"), default=timezone.now)
    # Reckoned by the database at each change, so that lists sort by it through an index.
    silence_on = models.GeneratedField(
        expression=Case(When(status__in=OPEN, then=SilenceEnd(F("submitted_at"), F("silence_months")))),
        output_field=models.DateField(),
        db_persist=True,
        verbose_name=_("échéance légale"),
    )
    updated_at = models.DateTimeField(_("dernier événement"), default=timezone.now)
    closed_at = models.DateTimeField(_("clôturée le"), null=True, blank=True)
    ended_at = models.DateTimeField(_("terminée le"), null=True, blank=True)
    recall_on = models.DateField(_("reprise prévue le"), null=True, blank=True)
    approve_by = models.DateField(
        _("à approuver ou contester jusqu’au"),
        null=True,
        blank=True,
        help_text=_("Dernier jour, à Paris ; passé ce jour, la clôture est tacite."),
    )
    # A mail to her was refused for good: somebody must reach her otherwise, and say how.
    unreached_at = models.DateTimeField(
        _("demandeur injoignable par courriel depuis le"), null=True, blank=True
    )
    reminded_at = models.DateTimeField(_("rappel envoyé le"), null=True, blank=True)
    satisfaction = models.PositiveSmallIntegerField(
        _("satisfaction"), choices=Satisfaction.choices, null=True, blank=True
    )
    minutes_spent = models.PositiveIntegerField(_("temps passé (minutes)"), default=0)
    # Where it came from, for « rendre à l’expéditeur »: who sent it here, and from which theme.
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("transférée par"),
    )
    sender_category = models.ForeignKey(
        Category,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("transférée depuis"),
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        db_index=False,  # a partial index of its own, below
        verbose_name=_("jointe à"),
    )
    abuse = models.CharField(_("abus"), max_length=9, choices=Abuse.choices, blank=True)
    transmitted_to = models.CharField(_("transmise à"), max_length=200, blank=True)
    event_count = models.PositiveIntegerField(_("nombre d’événements"), default=0, editable=False)
    # Kept beside the events: whoever asked them would read those of each request counted.
    reacted_at = models.DateTimeField(_("première réaction"), null=True, editable=False)
    last_speaker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,  # read with the request, never looked for
        verbose_name=_("qui a parlé en dernier"),
        help_text=_("Vide : personne encore, ou Télé-demande."),
    )

    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("demande")
        verbose_name_plural = _("demandes")
        ordering = ("-submitted_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=Status.values),
                name="ticket_status_is_known",
                violation_error_message=_("État inconnu."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=_STARTED) | Q(assignee__isnull=False),
                name="ticket_started_has_an_assignee",
                violation_error_message=_("Une demande prise en charge a un gestionnaire."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=FINAL, ended_at__isnull=False)
                | (~Q(status__in=FINAL) & Q(ended_at__isnull=True)),
                name="ticket_ended_exactly_when_final",
                violation_error_message=_(
                    "Une demande a une date de fin si et seulement si elle est terminée."
                ),
            ),
            _exactly_when(Status.POSTPONED, "recall_on", "ticket_postponed_exactly_when_recalled"),
            _exactly_when(Status.MERGED, "merged_into", "ticket_merged_exactly_when_into_another"),
            models.CheckConstraint(
                condition=Q(abuse__in=("", *Abuse.values)),
                name="ticket_abuse_is_known",
                violation_error_message=_("Signalement d’abus inconnu."),
            ),
            models.CheckConstraint(
                condition=Q(satisfaction__isnull=True) | Q(satisfaction__in=Satisfaction.values),
                name="ticket_satisfaction_is_known",
                violation_error_message=_("La satisfaction va de 1 à 5."),
            ),
        )
        indexes = (
            models.Index(fields=("requester", "-submitted_at", "-id"), name="ticket_of_requester"),
            models.Index(fields=("category", "status", "-submitted_at"), name="ticket_of_category"),
            models.Index(fields=("assignee", "status"), name="ticket_of_assignee"),
            models.Index(fields=("-submitted_at", "-id"), name="ticket_latest"),
            models.Index(fields=("status", "-submitted_at"), name="ticket_by_status"),
            models.Index(fields=("-priority", "submitted_at", "id"), name="ticket_by_priority"),
            models.Index(fields=("silence_on", "id"), name="ticket_by_silence"),
            models.Index(fields=("-updated_at", "-id"), name="ticket_by_last_event"),
            # What scheduled work looks for, each a handful of rows among a million.
            models.Index(
                fields=("recall_on",), name="ticket_to_recall", condition=Q(status=Status.POSTPONED)
            ),
            models.Index(
                fields=("unreached_at",), name="ticket_unreached", condition=Q(unreached_at__isnull=False)
            ),
            models.Index(fields=("approve_by",), name="ticket_to_expire", condition=Q(status=Status.CLOSED)),
            models.Index(
                fields=("merged_into",), name="ticket_merged_into", condition=Q(merged_into__isnull=False)
            ),
        )

    def __str__(self):
        return f"{self.reference} – {self.subject}"

    def get_absolute_url(self):
        return reverse("tickets:ticket", args=[self.reference])

    @property
    def reference(self):
        """The number a person quotes: TD-2026-000123."""
        return f"TD-{self.year}-{self.pk:06d}"

    @property
    def requester_status(self):
        """The status in the requester's words."""
        return REQUESTER_LABELS[Status(self.status)]

    @property
    def expects_requester(self):
        """Whether the next act is the requester's."""
        return self.status in EXPECTING_REQUESTER

    @property
    def is_open(self):
        """Whether the request is still being handled."""
        return self.status in OPEN

    @property
    def is_final(self):
        """Whether the request has ended."""
        return self.status in FINAL
