"""The views of the workbench (« vues »): what is to be taken, what waits for whom. Each has an address."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.admin.orders import LATEST_FIRST, OLDEST_FIRST, SOONEST_FIRST
from tickets.lifecycle.enums import FINAL, OPEN, Status
from tickets.models import Follow, Ticket

PARAMETER = "vue"
_LIVE = (*OPEN, Status.CLOSED)
SOON_DAYS = 14
# What she writes by mail, or beside the question, leaves it waiting: somebody must read it.
_ANSWERED = (Status.IN_PROGRESS, Status.WAITING)


def _soon(user):
    today = timezone.localdate()
    return Q(silence_on__range=(today, today + timedelta(days=SOON_DAYS)))


def _late(user):
    return Q(silence_on__lt=timezone.localdate())


def _followed(user):
    # Keys, not a join: the counters of the other views would count a request once for each follower.
    return Q(pk__in=Follow.objects.filter(user=user).values("ticket"), status__in=_LIVE)


@dataclass(frozen=True)
class Queue:
    """One view: `condition(user)` says what it keeps.

    Only what is alive is counted: the count of a whole archive costs more each year and tells nothing.
    """

    slug: str
    label: Any
    condition: Callable[[Any], Q]
    help_text: Any = ""
    is_counted: bool = True
    ordering: tuple[str, ...] = OLDEST_FIRST

    @property
    def url(self):
        """The address of the view, the same for everybody."""
        return f"{reverse('admin:tickets_ticket_changelist')}?{PARAMETER}={self.slug}"


QUEUES = (
    Queue(
        "a-prendre",
        _("À prendre"),
        lambda user: Q(status=Status.SUBMITTED),
        _("Demandes que personne n’a encore prises en charge."),
    ),
    Queue(
        "les-miennes",
        _("Les miennes"),
        lambda user: Q(assignee=user, status__in=OPEN),
        _("Demandes en cours dont vous avez la charge."),
    ),
    Queue(
        "reponse-recue",
        _("Réponse reçue"),
        lambda user: Q(status__in=_ANSWERED, last_speaker=F("requester")),
        _("Demandes en cours ou en attente où le demandeur a écrit le dernier."),
    ),
    Queue(
        "en-attente",
        _("En attente du demandeur"),
        lambda user: Q(status=Status.WAITING),
        _("Une question a été posée au demandeur."),
    ),
    Queue(
        "echeance-proche",
        _("Échéance proche"),
        _soon,
        _("Demandes sur lesquelles le silence vaudra décision dans les deux semaines."),
        ordering=SOONEST_FIRST,
    ),
    Queue(
        "en-retard",
        _("En retard"),
        _late,
        _("Demandes dont l’échéance légale est passée sans réponse."),
        ordering=SOONEST_FIRST,
    ),
    Queue(
        "reportees",
        _("Reportées"),
        lambda user: Q(status=Status.POSTPONED),
        _("Demandes mises de côté jusqu’au jour de leur reprise."),
    ),
    Queue(
        "a-joindre",
        _("À joindre autrement"),
        lambda user: Q(unreached_at__isnull=False),
        _("Demandes dont un courriel n’est pas arrivé au demandeur."),
    ),
    Queue(
        "a-approuver",
        _("À approuver"),
        lambda user: Q(status=Status.CLOSED),
        _("Demandes clôturées que le demandeur n’a ni approuvées ni contestées."),
    ),
    Queue(
        "suivies",
        _("Suivies"),
        _followed,
        _("Demandes en cours que vous avez choisi de suivre."),
    ),
    Queue(
        "terminees",
        _("Terminées"),
        lambda user: Q(status__in=FINAL),
        _("Clôtures approuvées ou tacites, refus, retraits."),
        is_counted=False,
        ordering=LATEST_FIRST,
    ),
    Queue(
        "toutes",
        _("Toutes"),
        lambda user: Q(),
        _("Toutes les demandes de vos thèmes."),
        is_counted=False,
        ordering=LATEST_FIRST,
    ),
)
ALL = QUEUES[-1]
BY_SLUG = {queue.slug: queue for queue in QUEUES}


def in_queue(tickets, queue, user):
    """Keep the requests of `tickets` that the view `queue` shows to `user`."""
    return tickets.filter(queue.condition(user))


def count_queues(user):
    """Return how many requests each counted view shows to `user`, by slug: one query."""
    alive = Ticket.objects.staffed_by(user).filter(status__in=_LIVE)
    counts = {
        queue.slug.replace("-", "_"): Count("pk", filter=queue.condition(user))
        for queue in QUEUES
        if queue.is_counted
    }
    return {name.replace("_", "-"): count for name, count in alive.aggregate(**counts).items()}


def queue_rows(user, current=None):
    """Return what a menu of views shows: the view, its count or None, whether it is the current one."""
    counts = count_queues(user)
    return [
        {"queue": queue, "count": counts.get(queue.slug), "is_current": queue is current} for queue in QUEUES
    ]
