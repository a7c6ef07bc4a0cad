"""Who stands where, read by hand in the rules on people: plain loops, none of the queries tested."""

from django.utils import timezone

from categories.models import Role
from tickets.models import AdminAccess

STRENGTH = ("observer", "handler", "manager")


def lineage(category):
    """Return the themes whose roles count here: itself and those above, up to a confidential one."""
    found = [category]
    while not found[-1].is_confidential and found[-1].parent is not None:
        found.append(found[-1].parent)
    return found


def is_secret(category):
    """Whether the theme, or one it stands below, is confidential."""
    while category is not None:
        if category.is_confidential:
            return True
        category = category.parent
    return False


def role_of(person, category):
    """Return the strongest role given to `person` on the theme or above, or None."""
    held = Role.objects.filter(user=person, category__in=lineage(category)).values_list("kind", flat=True)
    return max(held, key=STRENGTH.index, default=None)


def acts_on(person, ticket):
    """Whether `person` may act on the request by a role: an open account, never on her own request."""
    is_other = person.is_active and person.pk != ticket.requester_id
    return is_other and role_of(person, ticket.category) in ("handler", "manager")


def manages(person, ticket):
    """Whether `person` answers for the theme of the request."""
    return acts_on(person, ticket) and role_of(person, ticket.category) == "manager"


def is_guest(person, ticket):
    """Whether `person` is invited today, by her account or by the address that is her account."""
    rows = ticket.participants.filter(left_at=None)
    return any(
        row.user == person or (not row.user and f"mail:{row.email}" == person.identity) for row in rows
    )


def reads_as_staff(person, ticket):
    """Whether `person` reads the request, internal notes included."""
    if not person.is_active or person.pk == ticket.requester_id:
        return False
    if role_of(person, ticket.category) is not None:
        return True
    return person.is_superuser and (not is_secret(ticket.category) or _said_why(person, ticket))


def reads(person, ticket):
    """Whether `person` reads the request at all."""
    is_hers = person.pk == ticket.requester_id or is_guest(person, ticket)
    return person.is_active and (is_hers or reads_as_staff(person, ticket))


def _said_why(person, ticket):
    accesses = AdminAccess.objects.filter(user=person, ticket=ticket, until__gt=timezone.now())
    return accesses.exists()
