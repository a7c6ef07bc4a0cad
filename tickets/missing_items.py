"""What is missing in a request because a text requires it, as pages and mails say it (CRPA, L114-5)."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from categories.enums import SilenceRule
from categories.questionnaire.versions import form_of
from teledemande.french_dates import weekday_words
from tickets.lifecycle.enums import NEXT_STEPS, Status
from tickets.presentation import facts_of

ASKED = "ask_items"
_NEXT_STEP = gettext_lazy(
    "Des pièces ou informations exigées par un texte manquent à cette demande : elles sont attendues de vous."
)
_EFFECTS = {
    SilenceRule.ACCEPTANCE: gettext_lazy(
        "Tant qu’un de ces éléments manque, le délai au terme duquel le silence de l’université vaut accord "
        "ne court pas : il part de la réception du dernier (CRPA, L114-5)."
    ),
    SilenceRule.REFUSAL: gettext_lazy(
        "Le délai au terme duquel le silence de l’université vaut refus est suspendu jusqu’à la réception du "
        "dernier de ces éléments, et au plus tard jusqu’au jour fixé pour les envoyer (CRPA, L114-5)."
    ),
    SilenceRule.NONE: gettext_lazy(
        "Pour cette demande, le silence de l’université ne vaut ni accord ni refus : aucun délai légal ne "
        "change."
    ),
}


def next_step_of(ticket, entries=None):
    """Return what happens next, in one sentence.

    `entries`: its history, if it was read; without a notice in it, nothing is asked of the database.
    """
    may_lack = ticket.is_open and (entries is None or _asked_in(entries))
    return next_step(ticket, lacks_items=may_lack and ticket.required_items.due().exists())


def next_step(ticket, *, lacks_items):
    """Return what happens next to `ticket`, in one sentence; `lacks_items`: some are expected of her."""
    return _NEXT_STEP if lacks_items else NEXT_STEPS[Status(ticket.status)]


def _asked_in(entries):
    return any(one.kind == ASKED and not one.origin for one in entries)


def notices_of(ticket, entries, *, is_due=False):
    """Return the notices sent on `ticket`, oldest first, each with its `rows`; with `is_due`, what is still
    expected alone, while the request is open.

    `entries` are those of its history: without a notice among them, nothing is asked of the database.
    """
    if (is_due and not ticket.is_open) or not _asked_in(entries):
        return []
    notices = list(ticket.notices.prefetch_related("items"))
    for notice in notices:
        notice.rows = [item for item in notice.items.all() if item.is_due or not is_due]
        notice.need_words = need_words(is_indispensable=notice.is_indispensable)
    return [notice for notice in notices if notice.rows]


def effect_words(ticket):
    """Return what asking for items does to the delays of `ticket`, by its own regime."""
    rule = SilenceRule(ticket.silence_rule) if ticket.is_sve else SilenceRule.NONE
    return _EFFECTS[rule]


def need_words(*, is_indispensable):
    """Return what becomes of a request as long as items are missing (CRPA, L114-5-1)."""
    if is_indispensable:
        return _("Ces éléments sont indispensables : sans eux, la demande ne peut pas être instruite.")
    return _(
        "L’instruction continue en attendant ; un droit accordé ne prendrait effet qu’à la réception de ces "
        "éléments (CRPA, L114-5-1)."
    )


def item_lines(after):
    """Return what an event says of required items, as lines; `after` is what it kept."""
    several = [
        (_("Manque : %(items)s."), after.get("items")),
        (_("Envoyé : %(items)s."), after.get("provided")),
        (_("Ne sera pas envoyé : %(items)s."), after.get("given_up")),
        (_("Encore attendu : %(items)s."), after.get("due")),
    ]
    lines = [sentence % {"items": " ; ".join(labels)} for sentence, labels in several if labels]
    if after.get("items"):
        day = weekday_words(date.fromisoformat(after["deadline"]))
        lines.append(_("Texte qui l’exige : %(text)s.") % {"text": after["legal_basis"].rstrip(".")})
        lines.append(_("À envoyer au plus tard le %(day)s.") % {"day": day})
        lines.append(need_words(is_indispensable=after["is_indispensable"]))
    return lines


def missing_pieces(ticket):
    """Return the pieces (Piece) a text requires that were not there when `ticket` was filed, nor asked for
    since: what a notice may propose."""
    facts = facts_of(ticket, ticket.attachments.there().exclude(piece=""))
    asked = set(ticket.required_items.values_list("label", flat=True))
    return [one.piece for one in facts.pieces if one.is_missing and str(one.piece.label) not in asked]


def required_labels(ticket):
    """Return the names of all the pieces a text requires for the theme, as the form filed had them."""
    return [str(piece.label) for piece in form_of(ticket.form_version).pieces if piece.is_required]
