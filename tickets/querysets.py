"""What you may see. Lists, search, counters, statistics, mails, downloads and the admin start here."""

import re

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from categories.colleagues import colleague_ids
from categories.enums import RoleKind
from categories.querysets import open_ids, reached_ids
from tickets.lifecycle.enums import EXPECTING_REQUESTER, FINAL, OPEN

REFERENCE = re.compile(r"^TD-(?P<year>\d{4})-(?P<pk>\d{6,12})$", re.IGNORECASE | re.ASCII)


def read_for_others(user, field):
    """Return the condition on `field`, key of a theme, that `user` reads what others file there."""
    read = Q(pk__in=())
    if user.is_staff or user.is_superuser:
        read |= Q(**{f"{field}__in": reached_ids(user)})
    if user.is_superuser:
        read |= Q(**{f"{field}__in": open_ids()})
    return read


def has_left(prefix=""):
    """Return the condition of an event readers outside of staff may know of: not held, nor taken back."""
    left = Q(**{f"{prefix}hold__until__lte": timezone.now(), f"{prefix}hold__taken_back_at__isnull": True})
    return Q(**{f"{prefix}hold__isnull": True}) | left


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
        seen |= read_for_others(user, "category_id")
        if user.is_superuser:
            seen |= self._open_for_a_while(user)
        return self.filter(seen)

    def staffed_by(self, user, kind=RoleKind.OBSERVER):
        """Keep the requests `user` reads as staff, internal notes included: never her own."""
        if not user.is_authenticated or not user.is_staff or not user.is_active:
            return self.none()
        reached = Q(category_id__in=reached_ids(user, kind))
        if user.is_superuser and kind == RoleKind.OBSERVER:
            reached |= Q(category_id__in=open_ids()) | self._open_for_a_while(user)
        return self.filter(reached).exclude(requester=user)

    def only_guest(self, user):
        """Keep the requests `user` reads because she is invited, and for no other reason."""
        participants = self.model.participants.rel.related_model.objects
        invited = self.filter(pk__in=list(participants.of(user).values_list("ticket", flat=True)))
        as_staff = list(invited.staffed_by(user).values_list("pk", flat=True))
        return invited.exclude(Q(requester=user) | Q(pk__in=as_staff))

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
        shared = Q(is_internal=False, ticket__in=tickets.visible_to(user)) & has_left("event__")
        return self.filter(shared | Q(ticket__in=tickets.staffed_by(user)))

    def there(self):
        """Keep those whose author did not withdraw them."""
        return self.filter(withdrawn_at__isnull=True)

    def withdrawable_by(self, user):
        """Keep the files `user` sent and nobody else has opened."""
        return self.there().filter(owner=user, opened_at__isnull=True)


class EventQuerySet(models.QuerySet):
    """Events of requests."""

    def shared(self, told=None):
        """Keep what the requester may read: neither notes nor answers that have not left.

        The event `told` is kept all the same: its mail is written before it leaves.
        """
        left = has_left() if told is None else has_left() | Q(pk=told.pk)
        return self.filter(left, is_internal=False)

    def shared_among_many(self):
        """Keep the same as `shared`, for a subquery: the answers that have not left are few, and are left out
        by their keys, so that events are read in the order of their index.
        """
        held = self.model.hold.related.related_model.objects
        return self.filter(is_internal=False).exclude(pk__in=held.hidden(timezone.now()).values("event"))

    def on_their_way(self, now):
        """Keep the answers that have not left at `now` and were not taken back."""
        return self.filter(hold__until__gt=now, hold__taken_back_at__isnull=True)

    def not_taken_back(self):
        """Leave out the answers taken back before they left: nobody was told anything."""
        return self.filter(hold__taken_back_at__isnull=True)

    def answers_by_mail(self, ticket):
        """Keep what the requester's side sent by mail since the last question of `ticket`, and nobody counted
        as an answer yet.
        """
        marks = self.model.objects.filter(kind__in=("ask", "ask_items", "count_answer"), ticket=ticket)
        marks = marks.not_taken_back().order_by("-sequence").values("sequence")[:1]
        since = Coalesce(Subquery(marks), 0)
        return self.filter(ticket=ticket, kind="comment", sequence__gt=since, after__by_mail=True)

    def questions(self):
        """Keep what asks the requester something, and her answers: she is expected since the latest.

        An answer that leaves something due makes her expected anew.
        """
        return self.not_taken_back().filter(kind__in=("ask", "ask_items", "answer"))

    def news(self, seen, reader):
        """Keep what others than `reader` did after the first `seen` events."""
        return self.filter(sequence__gt=seen).exclude(actor=reader)

    def with_content(self):
        """Load author, words and files: two queries in all."""
        return self.select_related("actor", "message", "hold").prefetch_related("attachments")


class HeldAnswerQuerySet(models.QuerySet):
    """Answers held back."""

    def hidden(self, now):
        """Keep those readers outside of staff know nothing of at `now`."""
        return self.filter(Q(until__gt=now) | Q(taken_back_at__isnull=False))

    def to_release(self, now):
        """Keep those that have left at `now`, oldest first."""
        return self.filter(until__lte=now, taken_back_at__isnull=True).order_by("until", "pk")


class SavedViewQuerySet(models.QuerySet):
    """Views of the list kept under a name."""

    def offered_to(self, user):
        """Keep hers, and those shared by the people who have a role on one of her themes."""
        shared = Q(is_shared=True, owner__in=colleague_ids(user), owner__is_active=True)
        return self.filter(Q(owner=user) | shared)


class ReadMarkQuerySet(models.QuerySet):
    """Up to where requests were read."""

    def unread_by(self, user, events):
        """Return the condition, for a list of requests, that something of `events` is new to `user`.

        What she did herself is not new to her.
        """
        mark = self.filter(person=user, ticket=OuterRef(OuterRef("pk"))).values("sequence")[:1]
        seen = Coalesce(Subquery(mark), 0)
        return Exists(events.filter(ticket=OuterRef("pk"), sequence__gt=seen).exclude(actor=user))
