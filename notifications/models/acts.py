"""What people did to mails already written: who, when, why, and what the mail was before."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.models.outgoing import OutgoingEmail


class ActKind(models.TextChoices):
    """What is done to a mail."""

    RESENT = "resent", _("renvoyé")
    STOPPED = "stopped", _("arrêté avant l’envoi")
    RELEASED = "released", _("envoyé sans attendre")


class MailAct(models.Model):
    """One act on one mail. Never edited: a mail sent again keeps here what was answered the first time."""

    mail = models.ForeignKey(
        OutgoingEmail, on_delete=models.PROTECT, related_name="acts", verbose_name=_("courriel")
    )
    kind = models.CharField(_("nature"), max_length=8, choices=ActKind.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("auteur")
    )
    at = models.DateTimeField(_("date"), default=timezone.now)
    reason = models.CharField(_("raison"), max_length=300, blank=True)
    former_state = models.CharField(_("état d’avant"), max_length=9)
    former_answer = models.CharField(_("réponse d’avant"), max_length=500, blank=True)
    formerly_sent_at = models.DateTimeField(_("envoyé auparavant le"), null=True)

    class Meta:
        verbose_name = _("intervention sur un courriel")
        verbose_name_plural = _("interventions sur des courriels")
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=ActKind.values),
                name="mail_act_is_known",
                violation_error_message=_("Intervention inconnue."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="stopped") | ~Q(reason=""),
                name="mail_stopped_for_a_reason",
                violation_error_message=_("Dites pourquoi ce courriel est arrêté."),
            ),
        )

    def __str__(self):
        return f"{self.get_kind_display()} ({self.mail_id})"
