"""What happened to a mail on its way, beside what became of it in the end."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.models.outgoing import OutgoingEmail


class StepKind(models.TextChoices):
    """One thing that happens to a mail."""

    ACCEPTED = "accepted", _("accepté")
    DEFERRED = "deferred", _("remis à plus tard")
    REFUSED = "refused", _("refusé")
    BOUNCED = "bounced", _("non remis")
    REQUEUED = "requeued", _("remis en file d’envoi")


class MailStep(models.Model):
    """One try that did not end well, or what came after the end: written once, never changed.

    A mail taken at the first try has none: its row says by which server, when and in which words. Its
    acceptance becomes a step when something else is written over it.
    """

    mail = models.ForeignKey(
        OutgoingEmail, on_delete=models.PROTECT, related_name="steps", verbose_name=_("courriel")
    )
    kind = models.CharField(_("nature"), max_length=8, choices=StepKind.choices)
    at = models.DateTimeField(_("date"), default=timezone.now)
    server = models.CharField(_("serveur"), max_length=253, blank=True)
    words = models.CharField(_("réponse du serveur"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("étape d’un courriel")
        verbose_name_plural = _("étapes des courriels")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=StepKind.values),
                name="mail_step_is_known",
                violation_error_message=_("Étape inconnue."),
            ),
        )

    def __str__(self):
        return f"{self.mail_id} – {self.get_kind_display()}"

    @classmethod
    def acceptance(cls, mail):
        """Return the unsaved step of the acceptance of `mail`, before something else is written over it."""
        return cls(
            mail=mail,
            kind=StepKind.ACCEPTED,
            at=mail.sent_at or mail.created_at,
            server=mail.server,
            words=mail.answer,
        )
