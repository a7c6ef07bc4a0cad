"""The tree of themes."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from tree_queries.models import TreeNode

from categories.enums import (
    AssignmentRule,
    Kind,
    MailboxTold,
    Priority,
    Recourse,
    SilenceRule,
    StartEvent,
    TimeAsked,
)
from categories.models.service import Service
from categories.querysets import CategoryQuerySet


class Category(TreeNode):
    """A theme, or a branch of the tree. A leaf has a service and a legal regime; a branch has neither."""

    slug = models.SlugField(_("identifiant"), max_length=80, unique=True)
    name = models.CharField(_("nom"), max_length=200)
    position = models.PositiveIntegerField(_("ordre"), default=0)
    is_leaf = models.BooleanField(_("reçoit des demandes"), default=False)
    is_published = models.BooleanField(_("publié"), default=True)
    is_confidential = models.BooleanField(
        _("confidentiel"),
        default=False,
        help_text=_("Les rôles donnés plus haut dans l’arbre ne valent pas ici, ni en dessous."),
    )
    service = models.ForeignKey(
        Service,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="categories",
        verbose_name=_("service"),
    )
    kind = models.CharField(_("nature"), max_length=12, choices=Kind.choices, default=Kind.REQUEST)
    audience = models.JSONField(_("public"), default=list, blank=True)
    is_sve = models.BooleanField(_("saisine par voie électronique"), default=True)
    silence_rule = models.CharField(
        _("régime du silence"), max_length=10, choices=SilenceRule.choices, default=SilenceRule.NONE
    )
    silence_months = models.PositiveSmallIntegerField(_("délai en mois"), null=True, blank=True)
    silence_verified = models.BooleanField(_("régime validé"), default=False)
    start_event = models.CharField(
        _("départ du délai"), max_length=13, choices=StartEvent.choices, default=StartEvent.RECEPTION
    )
    recourse = models.CharField(
        _("voie de recours"), max_length=20, choices=Recourse.choices, default=Recourse.ADMINISTRATIVE_COURT
    )
    legal_basis = models.CharField(_("fondement juridique"), max_length=300, blank=True)
    response_deadline = models.CharField(_("délai de réponse"), max_length=200, blank=True)
    manual_qualification = models.BooleanField(_("à qualifier par un gestionnaire"), default=False)
    closing_delay_days = models.PositiveSmallIntegerField(_("délai de contestation (jours)"), default=15)
    summary = models.TextField(
        _("présentation"),
        blank=True,
        help_text=_("À qui ce thème s’adresse et ce qu’il permet, en quelques phrases, pour le demandeur."),
    )
    synonyms = models.TextField(
        _("synonymes"),
        blank=True,
        help_text=_("Les mots des demandeurs, une expression par ligne ; la recherche les connaît."),
    )
    default_priority = models.PositiveSmallIntegerField(
        _("priorité à l’arrivée"), choices=Priority.choices, default=Priority.NORMAL
    )
    assignment_rule = models.CharField(
        _("attribution à l’arrivée"),
        max_length=15,
        choices=AssignmentRule.choices,
        default=AssignmentRule.NOBODY,
    )
    time_asked = models.CharField(
        _("temps passé demandé à la clôture"),
        max_length=8,
        choices=TimeAsked.choices,
        default=TimeAsked.OPTIONAL,
    )
    mailbox = models.EmailField(
        _("boîte du service"),
        blank=True,
        help_text=_("Facultative : une adresse que plusieurs personnes du service lisent."),
    )
    mailbox_told = models.CharField(
        _("ce que la boîte du service reçoit"),
        max_length=8,
        choices=MailboxTold.choices,
        default=MailboxTold.CREATION,
        help_text=_("L’annonce de ce qui se passe et un lien, jamais ce qui est écrit."),
    )
    retention_months = models.PositiveSmallIntegerField(
        _("conservation (mois)"),
        default=60,
        help_text=_("Durée de conservation après la fin de la demande, en mois."),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("personne qui tient la fiche"),
    )
    next_review_on = models.DateField(_("prochaine relecture"), null=True, blank=True)
    opens_on = models.DateField(_("ouvert à partir du"), null=True, blank=True)
    closes_on = models.DateField(
        _("ouvert jusqu’au"), null=True, blank=True, help_text=_("Dernier jour compris, heure de Paris.")
    )
    alias_of = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="aliases",
        verbose_name=_("autre place du thème"),
        help_text=_("Une seconde place dans l’arbre, qui mène au même thème."),
    )
    redirect_to = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("renvoyer vers"),
        help_text=_("Le thème qui remplace celui-ci : les anciens liens y mènent."),
    )
    note = models.TextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True)

    objects = CategoryQuerySet.as_manager(with_tree_fields=False)

    class Meta:
        verbose_name = _("thème")
        verbose_name_plural = _("thèmes")
        ordering = ("position", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(is_leaf=False) | Q(service__isnull=False),
                name="category_leaf_has_a_service",
                violation_error_message=_("Un thème qui reçoit des demandes a un service."),
            ),
            models.CheckConstraint(
                condition=Q(silence_rule="none", silence_months__isnull=True)
                # Said apart: an unknown comparison would let an absent delay pass.
                | (~Q(silence_rule="none") & Q(silence_months__isnull=False, silence_months__gt=0)),
                name="category_silence_has_months",
                violation_error_message=_(
                    "Un régime du silence a un délai en mois ; sans régime, pas de délai."
                ),
            ),
        )

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("categories:sheet", args=[self.slug])

    @property
    def is_replaced(self):
        """Whether its address leads to another theme."""
        return self.redirect_to_id is not None or self.alias_of_id is not None

    @property
    def has_a_sheet(self):
        """Whether it has a public page; `CategoryQuerySet.with_a_sheet` keeps the same themes."""
        return self.is_published and self.is_leaf and self.service_id is not None and not self.is_replaced

    def opens_later(self, on=None):
        """Whether it takes no request yet on the day `on` (today in Paris unless told)."""
        return self.opens_on is not None and (on or timezone.localdate()) < self.opens_on

    def has_closed(self, on=None):
        """Whether it takes no request any more on the day `on`; the last day is included."""
        return self.closes_on is not None and (on or timezone.localdate()) > self.closes_on

    def takes_requests(self, on=None):
        """Whether a request may be filed here on the day `on`, today in Paris unless told.

        `CategoryQuerySet.fileable` keeps the same themes.
        """
        return self.has_a_sheet and not (self.opens_later(on) or self.has_closed(on))

    def clean(self):
        """Say at its field what the constraint would say of the whole; dates between which no day stands."""
        errors = {}
        if self.silence_rule != SilenceRule.NONE and not self.silence_months:
            errors["silence_months"] = _("Indiquez le délai en mois au bout duquel le silence vaut décision.")
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            errors["closes_on"] = _("Ce jour vient avant celui de l’ouverture : le thème n’ouvrirait jamais.")
        if errors:
            raise ValidationError(errors)
