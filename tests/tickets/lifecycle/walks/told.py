"""Who must be told of an event, read by hand in the rules « who is told ».

Nothing here comes from the code that tells. Somebody is ("person", key); an address alone is ("address", it).
"""

from django.utils import timezone

from accounts.models import User
from categories.models import Absence
from tests.tickets.lifecycle.walks.reading import acts_on, manages, reads_as_staff
from tickets.models import Participant

INTERNAL = (
    "note",
    "change_priority",
    "unreached",
    "reach",
    "report_abuse",
    "confirm_abuse",
    "clear_abuse",
    "admin_access",
)
# The other side of a joining: the requester is told by the request that was joined.
OTHER_SIDE = ("receive", "lose")
# Nobody may have the request after these: somebody must know.
MAY_FREE = ("release", "contest", "reopen", "move", "give_back", "unmerge", "change_requester", "unreached")
ABUSE = ("report_abuse", "confirm_abuse", "clear_abuse")
NOT_OF_FOLLOWERS = ("submit", "admin_access")


def must_be_told(event, *, is_last):
    """Return who is told of `event`, which has just happened."""
    told = set() if event.is_internal else _new_and_lost(event)
    if is_last and event.kind not in (*INTERNAL, *OTHER_SIDE):
        told |= _her_side(event)
    people = {person for person in User.objects.all() if _is_told_as_staff(person, event)}
    told |= {("person", person.pk) for person in people}
    if _somebody_must_know(event) and event.ticket.category.mailbox:
        told.add(("address", event.ticket.category.mailbox))
    return told


def _her_side(event):
    """« Requester and participants: yes, always, the author too when she is the requester. »"""
    guests = event.ticket.participants.filter(left_at=None)
    told = {_guest(row) for row in guests} - {("person", event.actor_id)}
    return {one for one in told if one} | {("person", event.ticket.requester_id)}


def _new_and_lost(event):
    """Whoever was invited or removed hears of it, and whoever was the requester until now."""
    told = set()
    if event.kind in ("invite", "uninvite"):
        told.add(_guest(Participant.objects.get(pk=event.after["guest_id"])))
    if event.kind == "change_requester":
        former = User.objects.get(pk=event.before["requester_id"])
        told |= {("person", former.pk)} if former.is_active else set()
    return told - {None, ("person", event.actor_id)}


def _guest(row):
    """An address that is that of an account is somebody; a closed account hears of nothing."""
    person = row.user or User.objects.filter(identity=f"mail:{row.email}").first()
    if person is None:
        return ("address", row.email)
    return ("person", person.pk) if person.is_active else None


def _is_told_as_staff(person, event):
    if person.pk == event.actor_id or person.pk == event.ticket.requester_id or not person.is_active:
        return False
    return (
        _is_in_charge(person, event)
        or _follows(person, event)
        or _answers_for_theme(person, event)
        or _is_named(person, event)
        or (_somebody_must_know(event) and acts_on(person, event.ticket))
    )


def _is_in_charge(person, event):
    """« Assignee, unless author »: whoever has it, whoever just lost it, whoever stands in for them."""
    if event.kind in ("remind", "remind_answer", "admin_access"):
        return False  # these are the requester's, and the managers'
    concerned = {assignee_after(event), event.before.get("assignee_id")} - {None}
    today = timezone.localdate()
    away = Absence.objects.filter(person__in=concerned, first_day__lte=today, last_day__gte=today)
    concerned |= {absence.substitute_id for absence in away}
    return person.pk in concerned and acts_on(person, event.ticket)


def _follows(person, event):
    """« Followers: yes »; of what is internal, « handlers only »."""
    if event.kind in NOT_OF_FOLLOWERS or not person.follows.filter(ticket=event.ticket).exists():
        return False
    return acts_on(person, event.ticket) if event.is_internal else _reads_for_long(person, event.ticket)


def _reads_for_long(person, ticket):
    """An hour of reading given to an administrator makes no follower of her."""
    return reads_as_staff(person, ticket) and not person.admin_accesses.filter(ticket=ticket).exists()


def _answers_for_theme(person, event):
    """The managers judge abuses, hear of a second contest, and of an administrator who reads."""
    is_theirs = event.kind in (*ABUSE, "admin_access") or (event.kind == "contest" and _is_second(event))
    if not is_theirs or not acts_on(person, event.ticket):
        return False
    if manages(person, event.ticket):
        return True
    others = User.objects.exclude(pk=event.actor_id)
    return event.kind == "admin_access" and not any(manages(other, event.ticket) for other in others)


def _is_second(event):
    return event.ticket.events.filter(kind="contest", sequence__lt=event.sequence).exists()


def _is_named(person, event):
    return event.is_internal and person.pk in event.after.get("mentioned", {}).values() and person.is_staff


def _somebody_must_know(event):
    """« à la création »: a new request, one free again, one whose requester writes to nobody."""
    if event.kind == "submit":
        return True
    holder = User.objects.filter(pk=assignee_after(event), is_active=True).first()
    if holder is not None:
        return False
    is_hers = event.kind == "comment" and event.actor_id == event.ticket.requester_id
    return event.kind in MAY_FREE or is_hers


def assignee_after(event):
    """Return the key of whoever has the request once the event happened."""
    if event.kind == "submit":
        return None
    return event.after.get("assignee_id", event.ticket.assignee_id)
