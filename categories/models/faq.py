"""The questions people ask, and what readers say of the answers."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from tree_queries.models import TreeNode

from categories.enums import FaqAudience, FeedbackKind
from categories.faq.querysets import FaqQuerySet
from categories.models.category import Category


class FaqEntry(TreeNode):
    """A question and its answer, or a heading that holds others (without an answer).

    The slug never changes: links to an answer are given by mail and printed.
    """

    slug = models.SlugField(_("identifiant"), max_length=80, unique=True)
    title = models.CharField(_("question ou rubrique"), max_length=200)
    body = models.TextField(_("réponse"), blank=True, help_text=_("En Markdown ; vide pour une rubrique."))
    audience = models.CharField(
        _("lecteurs"), max_length=12, choices=FaqAudience.choices, default=FaqAudience.EVERYBODY
    )
    categories = models.ManyToManyField(
        Category, related_name="faq_entries", blank=True, verbose_name=_("thèmes")
    )
    synonyms = models.TextField(_("synonymes"), blank=True)
    position = models.PositiveIntegerField(_("ordre"), default=0)
    is_published = models.BooleanField(_("publiée"), default=True)
    updated_at = models.DateTimeField(_("mise à jour le"), default=timezone.now)

    objects = FaqQuerySet.as_manager(with_tree_fields=False)

    class Meta:
        verbose_name = _("question fréquente")
        verbose_name_plural = _("questions fréquentes")
        ordering = ("position", "pk")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("categories:faq_entry", args=[self.slug])


class FaqFeedback(models.Model):
    """A reader found an answer helpful, or not, or needed no request after it. Who she is is not kept."""

    entry = models.ForeignKey(
        FaqEntry, on_delete=models.CASCADE, related_name="feedback", verbose_name=_("question")
    )
    category = models.ForeignKey(
        Category, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("thème")
    )
    kind = models.CharField(_("avis"), max_length=10, choices=FeedbackKind.choices)
    at = models.DateTimeField(_("date"), default=timezone.now)

    class Meta:
        verbose_name = _("avis sur une question")
        verbose_name_plural = _("avis sur les questions")
        indexes = (models.Index(fields=("entry", "kind"), name="faq_feedback_by_entry"),)

    def __str__(self):
        return f"{self.get_kind_display()} ({self.entry_id})"
