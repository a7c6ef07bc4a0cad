"""The same move on several requests, each through the one function, and what came of it in words."""

from collections import Counter

from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tickets.lifecycle.refusals import MoveRefusedError
from tickets.services.moving import apply_transition

# More than a page at a time is not a choice any more, and each move locks a row and writes mails.
AT_MOST = 100


@admin.action(description=gettext_lazy("Prendre en charge"))
def take_selected(model_admin, request, tickets):
    """Take each request chosen, in the order of the keys; say how many were taken, why others were not."""
    keys = list(tickets.order_by("pk").values_list("pk", flat=True)[: AT_MOST + 1])
    if len(keys) > AT_MOST:
        messages.error(request, _("Choisissez au plus %(count)d demandes à la fois.") % {"count": AT_MOST})
        return
    done, refusals = _take_each(keys, request.user)
    _report(request, done, refusals)


def _take_each(keys, user):
    done, refusals = 0, Counter()
    for key in keys:
        try:
            apply_transition(key, "take", actor=user)
        except MoveRefusedError as refusal:
            refusals[str(refusal)] += 1
        else:
            done += 1
    return done, refusals


def _report(request, done, refusals):
    words = (
        ngettext("%(count)d faite", "%(count)d faites", done) % {"count": done} if done else _("aucune faite")
    )
    if not refusals:
        messages.success(request, _("Prise en charge : %(done)s.") % {"done": words})
        return
    refused = sum(refusals.values())
    report = _("Prise en charge : %(done)s, %(refused)s : %(reasons)s") % {
        "done": words,
        "refused": ngettext("%(count)d refusée", "%(count)d refusées", refused) % {"count": refused},
        "reasons": " ".join(_reason(sentence, count) for sentence, count in sorted(refusals.items())),
    }
    messages.warning(request, report)


def _reason(sentence, count):
    return _("%(sentence)s (%(count)d)") % {"sentence": sentence, "count": count} if count > 1 else sentence
