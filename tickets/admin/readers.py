"""« Qui peut voir cette demande, et pourquoi » : what `visible_to` says, told the other way round."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from categories.models import Role
from categories.querysets import lineage_ids
from categories.roles import is_confidential
from teledemande.french_dates import day_words, hour_words
from tickets.models import Ticket


@dataclass(frozen=True)
class Reader:
    """One person and one reason: `why` in a word, `source` where it comes from. `person` None: by a link."""

    name: str
    why: str
    source: str
    person: User | None = None


@require_safe
def readers(request, pk):
    """Show who reads the request, and why, to those who read it as staff; 404 for all others."""
    ticket = Ticket.objects.staffed_by(request.user).with_people().filter(pk=pk).first()
    if ticket is None:
        raise Http404
    context = admin.site.each_context(request) | {
        "title": _("Qui peut voir cette demande, et pourquoi"),
        "ticket": ticket,
        "readers": readers_of(ticket),
        "is_confidential": is_confidential(ticket.category_id),
        "back_url": reverse("admin:tickets_ticket_change", args=[ticket.pk]),
    }
    return TemplateResponse(request, "gestion/readers.html", context)


def readers_of(ticket: Ticket) -> list[Reader]:
    """Return each reason somebody has to read `ticket`: requester, people invited, roles, administrators.

    Somebody with two reasons stands there twice. Closed accounts read nothing.
    """
    return [*_requester(ticket), *_guests(ticket), *_roles(ticket), *_administrators(ticket)]


def _requester(ticket):
    person = ticket.requester
    if person.is_active:
        yield Reader(str(person), _("demandeur"), _("elle ou il a déposé la demande"), person)


def _guests(ticket):
    for guest in ticket.participants.current().select_related("user", "invited_by"):
        words = {"name": guest.invited_by, "day": day_words(guest.at)}
        source = _("invitée par %(name)s le %(day)s") % words
        if guest.user is None:
            yield Reader(guest.email, _("personne invitée, lit par un lien"), source)
        elif guest.user.is_active:
            yield Reader(f"{guest.user} ({guest.email})", _("personne invitée"), source, guest.user)


def _roles(ticket):
    held = Role.objects.filter(category__in=lineage_ids(ticket.category_id), user__is_active=True)
    held = held.exclude(user=ticket.requester_id).select_related("user", "category")
    for role in held.order_by("user__last_name", "user__first_name", "user", "pk"):
        yield Reader(str(role.user), _role_words(role, ticket), _source(role, ticket), role.user)


def _role_words(role: Role, ticket: Ticket) -> Any:
    if role.user_id == ticket.assignee_id:
        return _("%(role)s, en charge de la demande") % {"role": role.get_kind_display()}
    return role.get_kind_display()


def _source(role: Role, ticket: Ticket) -> str:
    if role.category_id == ticket.category_id:
        return _("rôle donné sur ce thème")
    return _("rôle hérité de « %(theme)s »") % {"theme": role.category.name}


def _administrators(ticket):
    """Return every administrator where the theme is not confidential, else those who said why for an hour."""
    if not is_confidential(ticket.category_id):
        people = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=ticket.requester_id)
        for person in people.order_by("last_name", "first_name", "pk"):
            yield Reader(str(person), _("administrateur"), _("le thème n’est pas confidentiel"), person)
        return
    opened = ticket.admin_accesses.open().filter(user__is_superuser=True, user__is_active=True)
    for one in opened.select_related("user").order_by("until", "pk"):
        source = _("lecture ouverte jusqu’à %(hour)s, raison dans l’historique")
        words = source % {"hour": hour_words(one.until)}
        yield Reader(str(one.user), _("administrateur"), words, one.user)
