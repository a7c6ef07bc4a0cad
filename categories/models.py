"""What requests are about: services, the tree of themes, the roles of the people who handle them."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from tree_queries.models import TreeNode

from categories.enums import Kind, Recourse, RoleKind, SilenceRule, StartEvent
from categories.querysets import CategoryQuerySet


class Service(models.Model):  # type: ignore[django-manager-missing]
    """A department of the university. A receipt must bear all four mentions (CRPA, R112-11-1)."""

    slug = models.SlugField(_("identifiant"), max_length=80, unique=True)
    name = models.CharField(_("nom"), max_length=200)
    postal_address = models.CharField(_("adresse postale"), max_length=300)
    email = models.EmailField(_("adresse électronique"))
    phone = models.CharField(_("téléphone"), max_length=30)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ("name", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(postal_address="") & ~Q(email="") & ~Q(phone=""),
                name="service_has_all_mentions",
                violation_error_message=_(
                    "Un service a un nom, une adresse postale, un courriel et un téléphone."
                ),
            ),
        )

    def __str__(self):
        return self.name


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

    def clean(self):
        """Say at its field what the constraint would say of the whole."""
        if self.silence_rule != SilenceRule.NONE and not self.silence_months:
            sentence = _("Indiquez le délai en mois au bout duquel le silence vaut décision.")
            raise ValidationError({"silence_months": sentence})


class Role(models.Model):
    """What somebody may do on a theme, inherited down the tree until a confidential theme."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roles", verbose_name=_("personne")
    )
    category = models.ForeignKey(
        Category, on_delete=models.CASCADE, related_name="roles", verbose_name=_("thème")
    )
    kind = models.CharField(_("rôle"), max_length=8, choices=RoleKind.choices, default=RoleKind.HANDLER)

    class Meta:
        verbose_name = _("rôle")
        verbose_name_plural = _("rôles")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "category"),
                name="role_once_per_person_and_category",
                violation_error_message=_("Cette personne a déjà un rôle sur ce thème."),
            ),
        )

    def __str__(self):
        return f"{self.user} : {self.get_kind_display()} – {self.category}"
