"""Send mails again, or keep them from leaving: one or several, with a report in words."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from notifications.admin.reading import actionable_by, readable_by
from notifications.models import OutgoingEmail
from notifications.services import release, resend, stop
from teledemande.fields import LineField
from tickets.forms.layout import PlainHelper

AT_MOST = 500
# Posted by the page of one mail, to come back to it.
FROM_PAGE = "fiche"


class StoppingForm(forms.Form):
    """Why mails are kept from leaving."""

    helper = PlainHelper()
    reason = LineField(
        label=gettext_lazy("Raison"),
        help_text=gettext_lazy("Elle reste sur la fiche du courriel, avec votre nom."),
        max_length=300,
        error_messages={
            "required": gettext_lazy("Dites pourquoi ces courriels sont arrêtés."),
            "max_length": gettext_lazy("Raccourcissez la raison : %(limit_value)d caractères au plus."),
        },
    )


@admin.action(description=gettext_lazy("Renvoyer"))
def resend_selected(model_admin, request, mails):
    """Send the mails chosen once more, those of requests she may act on."""
    chosen = _chosen(request, mails)
    if chosen is None:
        return None
    report = resend(_allowed(request, chosen), by=request.user)
    words = ngettext(
        "%(count)d courriel sera renvoyé.", "%(count)d courriels seront renvoyés.", len(report.done)
    )
    return _done(request, chosen, report, words)


@admin.action(description=gettext_lazy("Arrêter avant l’envoi"))
def stop_selected(model_admin, request, mails):
    """Ask why, then keep the mails chosen from leaving."""
    chosen = _chosen(request, mails)
    if not chosen:
        return None
    form = StoppingForm(request.POST if "answered" in request.POST else None)
    if not form.is_valid():
        return _asking_page(request, chosen, form)
    report = stop(_allowed(request, chosen), by=request.user, reason=form.cleaned_data["reason"])
    words = ngettext("%(count)d courriel arrêté.", "%(count)d courriels arrêtés.", len(report.done))
    return _done(request, chosen, report, words)


@admin.action(description=gettext_lazy("Envoyer sans attendre"))
def release_selected(model_admin, request, mails):
    """Let the mails chosen that are held, or put off by a server, leave now."""
    chosen = _chosen(request, mails)
    if chosen is None:
        return None
    report = release(_allowed(request, chosen), by=request.user)
    words = ngettext(
        "%(count)d courriel part maintenant.", "%(count)d courriels partent maintenant.", len(report.done)
    )
    return _done(request, chosen, report, words)


ACTIONS = (resend_selected, release_selected, stop_selected)


def _chosen(request, mails):
    """Return the keys ticked that she may read; what left the list meanwhile is refused, not forgotten."""
    if request.POST.get("select_across") != "1":
        given = request.POST.getlist(ACTION_CHECKBOX_NAME)
        keys = [key for key in given if key.isascii() and key.isdecimal() and len(key) <= 18]
        mails = OutgoingEmail.objects.filter(readable_by(request.user), pk__in=keys)
    pks = list(mails.order_by("pk").values_list("pk", flat=True)[: AT_MOST + 1])
    if len(pks) > AT_MOST:
        messages.error(request, _("Choisissez au plus %(count)d courriels à la fois.") % {"count": AT_MOST})
        return None
    return pks


def _allowed(request, pks):
    mails = OutgoingEmail.objects.filter(actionable_by(request.user), pk__in=pks)
    return list(mails.values_list("pk", flat=True))


def _done(request, chosen, report, words):
    """Say what came of it, in `words` for what was done, and go back to where she was."""
    _tell(request, words % {"count": len(report.done)}, report, len(chosen))
    return _back(request, chosen)


def _tell(request, done, report, asked):
    """Say what was done, and what was not, the commonest reason first."""
    reasons = {refusal.label: len(pks) for refusal, pks in report.refused.items()}
    strangers = asked - len(report.done) - sum(reasons.values())
    if strangers:
        reasons[_("de demandes que vous ne traitez pas")] = strangers
    said = [f"{label} ({count})" for label, count in sorted(reasons.items(), key=lambda one: -one[1])]
    refused = sum(reasons.values())
    if refused:
        words = ngettext("%(count)d refusé : %(why)s.", "%(count)d refusés : %(why)s.", refused)
        done = " ".join([done, words % {"count": refused, "why": "\u00a0; ".join(said)}])
    messages.add_message(request, messages.WARNING if refused else messages.SUCCESS, done)


def _back(request, pks):
    if FROM_PAGE in request.POST and len(pks) == 1:
        return HttpResponseRedirect(reverse("admin:notifications_outgoingemail_change", args=pks))
    return None


def _asking_page(request, pks, form):
    mails = OutgoingEmail.objects.filter(pk__in=pks).only("subject", "to").order_by("pk")
    context = admin.site.each_context(request) | {
        "title": _("Arrêter avant l’envoi"),
        "form": form,
        "mails": mails,
        "from_page": FROM_PAGE if FROM_PAGE in request.POST else "",
        "room_url": reverse("admin:notifications_outgoingemail_changelist"),
    }
    return TemplateResponse(request, "gestion/mail_stop.html", context)
