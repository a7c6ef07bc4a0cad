"""What you may see. Lists, search, counters, statistics, mails, downloads and the admin start here."""

import re

from django.db import models
from django.db.models import Q

from categories.enums import RoleKind
from categories.querysets import open_ids, reached_ids
from tickets.lifecycle.enums import EXPECTING_REQUESTER, FINAL, OPEN

REFERENCE = re.compile(r"^TD-(?P<year>\d{4})-(?P<pk>\d{6,12})$", re.IGNORECASE | re.ASCII)


class TicketQuerySet(models.QuerySet):
    """Requests."""

    def visible_to(self, user):
        """Keep the requests `user` may read: hers, those she is invited to, those of the themes a role of
        hers reaches, and for an administrator those that are not confidential, or that she opened for an hour
        by saying why.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        participants = self.model.participants.rel.related_model.objects
        seen = Q(requester=user) | Q(pk__in=participants.of(user).values("ticket"))
        if user.is_staff or user.is_superuser:
            seen |= Q(category_id__in=reached_ids(user))
        if user.is_superuser:
            seen |= Q(category_id__in=open_ids()) | self._open_for_a_while(user)
        return self.filter(seen)

    def staffed_by(self, user, kind=RoleKind.OBSERVER):
        """Keep the requests `user` reads as staff, internal notes included: never her own."""
        if not user.is_authenticated or not user.is_staff or not user.is_active:
            return self.none()
        reached = Q(category_id__in=reached_ids(user, kind))
        if user.is_superuser and kind == RoleKind.OBSERVER:
            reached |= Q(category_id__in=open_ids()) | self._open_for_a_while(user)
        return self.filter(reached).exclude(requester=user)

    def _open_for_a_while(self, user):
        accesses = self.model.admin_accesses.rel.related_model.objects
        return Q(pk__in=accesses.of(user).values("ticket"))

    def by_reference(self, reference):
        """Keep the request of that reference (TD-2026-000123), or nothing."""
        match = REFERENCE.match(reference.strip())
        if match is None:
            return self.none()
        return self.filter(pk=int(match["pk"]), year=int(match["year"]))

    def open(self):
        """Keep the requests being handled."""
        return self.filter(status__in=OPEN)

    def ended(self):
        """Keep the requests whose life is over."""
        return self.filter(status__in=FINAL)

    def expecting_requester(self):
        """Keep the requests on which the requester is expected: to answer, or to approve."""
        return self.filter(status__in=EXPECTING_REQUESTER)

    def with_people(self):
        """Load theme, service, requester and assignee in the same query."""
        return self.select_related("category", "service", "requester", "assignee")

    def with_answers(self):
        """Load the answers and the form they answer in the same query: for one request, not for a list."""
        return self.with_people().select_related("answers", "form_version")


class AttachmentQuerySet(models.QuerySet):
    """Files of requests."""

    def visible_to(self, user):
        """Keep the files `user` may know of: shared ones of requests she sees, internal ones as staff."""
        tickets = self.model.ticket.field.related_model.objects
        shared = Q(is_internal=False, ticket__in=tickets.visible_to(user))
        return self.filter(shared | Q(ticket__in=tickets.staffed_by(user)))


class EventQuerySet(models.QuerySet):
    """Events of requests."""

    def shared(self):
        """Keep what the requester may read."""
        return self.filter(is_internal=False)

    def with_content(self):
        """Load author, words and files: two queries in all."""
        return self.select_related("actor", "message").prefetch_related("attachments")
