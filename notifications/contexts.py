"""What the templates of mails receive. Everything is decided here: a template only lays out."""

from datetime import date

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from categories.appeals import appeal_notice
from categories.questionnaire.words import plain_words
from notifications.offers import offer_after
from notifications.story import EXCHANGES_AT_MOST
from notifications.wording import in_paris, one_line, quote
from teledemande.french_dates import weekday_words
from tickets.guest_links import link_of
from tickets.missing_items import effect_words, item_lines, need_words, next_step
from tickets.presentation import facts_of
from tickets.timeline import actor_name

CHARACTERS_AT_MOST = 40_000


def confidential_context(ticket):
    """Return what the requester of a confidential request receives: the reference and the link."""
    return {"reference": ticket.reference, "link": _page(ticket)}


def staff_confidential_context(ticket):
    """Return what staff receive about a confidential request: the reference and the link."""
    return {"reference": ticket.reference, "link": _staff_page(ticket)}


def guest_confidential_context(event, person):
    """Return what somebody invited receives of a confidential request: the reference and her link."""
    return {"reference": event.ticket.reference, "link": _guest_page(event.ticket, person)}


def guest_context(story, person):
    """Return what somebody invited receives: what the requester does, with her own link and her own name."""
    event, ticket = story.event, story.ticket
    reader = person if isinstance(person, User) else AnonymousUser()
    with translation.override(person.language):
        return requester_context(story, person.language, reader) | {
            "link": _guest_page(ticket, person),
            "reader": one_line(reader) if reader.is_authenticated else "",
            "label": event.label,
            "requester": one_line(ticket.requester),
            "has_account": reader.is_authenticated,
        }


def requester_context(story, language, reader=None):
    """Return what the requester receives: the news, all the information of her request, the link.

    `reader`: who reads the exchanges, if it is not her.
    """
    with translation.override(language):
        event, ticket = story.event, story.ticket_outside
        exchanges, has_more = _exchanges(story, reader or ticket.requester)
        return {
            "reference": ticket.reference,
            "link": _page(ticket),
            "reader": one_line(ticket.requester),
            "is_own_act": event.actor_id == ticket.requester_id,
            "words": event.words,
            "quoted_words": quote(event.words),
            "author": _signature(event.actor),
            "signature": _signature(event.actor, ticket.service),
            "assignee": _signature(ticket.assignee),
            "outcome": ticket.get_outcome_display(),
            "next_step": next_step(ticket, lacks_items=story.lacks_items),
            **_whereabouts(event, ticket),
            "asked_day": weekday_words(story.asked_at) if story.asked_at else "",
            **_missing(event),
            "offer": offer_after(event),
            "appeal": appeal_notice(ticket.category.recourse),
            "received_at": in_paris(ticket.submitted_at),
            "is_sve": ticket.is_sve,
            "facts": _facts(ticket),
            "exchanges": exchanges,
            "has_more_exchanges": has_more,
            "files": [_file(file) for file in story.shared_files],
        }


def _whereabouts(event, ticket):
    """Return where the request goes and until when, as far as its moves need to say it."""
    return {
        "theme": one_line(ticket.category.name),
        "service": one_line(ticket.service.name),
        "recall_day": weekday_words(ticket.recall_on) if ticket.recall_on else "",
        "approve_day": weekday_words(ticket.approve_by) if ticket.approve_by else "",
        "former_subject": one_line(event.before.get("subject", "")),
        "administration": one_line(ticket.transmitted_to),
        "contact": one_line(event.after.get("contact", "")),
        "question": one_line(event.after.get("entry", "")),
        "question_link": _question(event.after.get("entry_slug", "")),
        "other": ticket.merged_into.reference if ticket.merged_into else "",
    }


def _missing(event):
    """Return what a text requires: what the event asks for, or what came with it and is still due."""
    after, ticket = event.after, event.ticket
    asks = "items" in after
    return {
        "details": [one_line(line) for line in item_lines(after)],
        "items": [one_line(label) for label in after.get("items", ())],
        "legal_basis": one_line(after.get("legal_basis", "")).rstrip("."),
        "deadline": weekday_words(date.fromisoformat(after["deadline"])) if asks else "",
        "need": need_words(is_indispensable=after["is_indispensable"]) if asks else "",
        "effect": effect_words(ticket) if asks else "",
    }


def _question(slug):
    return f"{settings.SITE_URL}{reverse('categories:faq_entry', args=[slug])}" if slug else ""


def staff_context(story, language):
    """Return what staff receive: what happened, to which request, the words, the link to the workbench."""
    with translation.override(language):
        event, ticket = story.event, story.ticket
        return {
            "reference": ticket.reference,
            "link": _staff_page(ticket),
            "label": event.label,
            "author": one_line(event.actor or _("Télé-demande")),
            "words": event.words,
            "quoted_words": quote(event.words),
            "details": [one_line(line) for line in item_lines(event.after)],
            "files": [_file(file) for file in story.news_files],
            "facts": _staff_facts(event),
        }


def announcement_context(story, language):
    """Return what the mailbox of a service receives: what happened, where, the link; none of the content."""
    with translation.override(language):
        event = story.event
        return {
            "reference": event.ticket.reference,
            "link": _staff_page(event.ticket),
            "label": event.label,
            "theme": one_line(event.ticket.category.name),
        }


def _guest_page(ticket, person):
    return _page(ticket) if isinstance(person, User) else link_of(person.row)


def _page(ticket):
    return f"{settings.SITE_URL}{ticket.get_absolute_url()}"


def _staff_page(ticket):
    return f"{settings.SITE_URL}{reverse('admin:tickets_ticket_change', args=[ticket.pk])}"


def _facts(ticket):
    service = ticket.service
    pairs = (
        (_("Référence"), ticket.reference),
        (_("Objet"), ticket.subject),
        (_("Thème"), ticket.category.name),
        (_("État"), ticket.requester_status),
        (_("Reçue le"), _("%(date)s (heure de Paris)") % {"date": in_paris(ticket.submitted_at)}),
        (_("Suivie par"), _signature(ticket.assignee) or _("personne pour le moment")),
        (_("Service"), service.name),
        (_("Adresse postale"), service.postal_address),
        (_("Téléphone"), service.phone),
        (_("Courriel"), service.email),
        *_filed(ticket),
    )
    return _lines(pairs)


def _filed(ticket):
    """Return (label, words) of what the form of the theme asked; nothing sensitive travels by mail."""
    facts = facts_of(ticket, ())
    if facts.beneficiary:
        yield _("Pour le compte de"), ", ".join(facts.beneficiary)
    for row in facts.answers:
        if not row.is_sensitive:
            yield row.label, plain_words(row)
    if missing := [one for one in facts.pieces if one.is_missing and not one.piece.is_sensitive]:
        yield _("Pièces manquantes"), ", ".join(str(one.piece.label) for one in missing)
    if ticket.terms_version:
        yield _("Conditions d’utilisation acceptées"), _("version %(name)s") % {"name": ticket.terms_version}


def _staff_facts(event):
    ticket = event.ticket
    pairs = (
        (_("Référence"), ticket.reference),
        (_("Objet"), ticket.subject),
        (_("Thème"), ticket.category.name),
        (_("Demandeur"), str(ticket.requester)),
        (_("Événement"), event.label),
        (_("Auteur"), str(event.actor or _("Télé-demande"))),
        (_("État"), ticket.get_status_display()),
        (_("Suivie par"), _signature(ticket.assignee) or _("personne pour le moment")),
    )
    return _lines(pairs)


def _lines(pairs):
    return [{"label": label, "value": one_line(value)} for label, value in pairs]


def _signature(person, service=None):
    """Return first name, surname, capacity and service (CRPA, L111-2 and L212-1), as far as known."""
    if person is None:
        return ""
    parts = (str(person), person.capacity, service.name if service else "")
    return one_line(", ".join(part for part in parts if part))


def _exchanges(story, reader):
    """Return the latest messages as `reader` is told them, newest first, and whether there are older."""
    kept, room = [], CHARACTERS_AT_MOST
    for event in story.exchanges[:EXCHANGES_AT_MOST]:
        room -= len(event.words)
        if room < 0:
            break
        kept.append(_exchange(event, story, reader))
    return kept, len(kept) < len(story.exchanges)


def _exchange(event, story, reader):
    is_mine = reader.pk is not None and event.actor_id == reader.pk
    author = actor_name(event, story.ticket, hides_staff=story.is_confidential)
    return {
        "at": in_paris(event.at),
        "author": _("Vous") if is_mine else one_line(author),
        "label": event.label,
        "words": event.words,
        "quoted_words": quote(event.words),
    }


def _file(file):
    return {
        "name": one_line(file.name),
        "size": filesizeformat(file.size),
        "sha256": file.sha256,
        "received": file.received_sha256,
    }
