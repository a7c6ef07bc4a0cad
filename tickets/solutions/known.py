"""What is known of the persons of a request: what a published text must not say."""

from dataclasses import dataclass

from tickets.models import Ticket, TicketEvent

# Words of names that say nothing by themselves.
_PARTICLES = {"de", "du", "des", "la", "le", "les", "van", "von", "el", "ben", "da", "di", "dos"}
_NUMBERS = ("supannEtuId", "supannCodeINE", "supannEmpId")


@dataclass(frozen=True)
class Known:
    """Names, addresses of mail and post, numbers. `service`: what the service itself publishes."""

    names: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()  # of postal addresses
    service: frozenset[str] = frozenset()


def known_of(ticket: Ticket) -> Known:
    """Return what is known of everybody who has to do with `ticket`. A handful of queries."""
    people = _people(ticket)
    said, service = _beneficiary(ticket), ticket.service
    emails = {person.email for person in people} | {one.email for one in ticket.participants.all()}
    full = {person.official_name for person in people} | {person.usage_name for person in people}
    full |= {said.get("for-name", "")} | {person.body_name for person in people} | {said.get("for-body", "")}
    numbers = {person.phone for person in people} | {
        person.attribute(name) for person in people for name in _NUMBERS
    }
    lines = {line for person in people for line in _street(person)} | {said.get("for-address", "")}
    return Known(
        names=frozenset(_names(full - {""})),
        emails=frozenset(emails | {person.login for person in people} - {""}) - {""},
        numbers=frozenset(numbers - {""}),
        lines=frozenset(lines - {""}),
        service=frozenset({service.email, service.phone, service.postal_address} - {""}),
    )


def _people(ticket: Ticket) -> list:
    actors = TicketEvent.objects.filter(ticket=ticket, actor__isnull=False).select_related("actor")
    guests = ticket.participants.filter(user__isnull=False).select_related("user")
    people = {event.actor for event in actors} | {guest.user for guest in guests}
    people |= {ticket.requester, ticket.assignee} - {None}
    return sorted(people, key=lambda person: person.pk)


def _beneficiary(ticket: Ticket) -> dict[str, str]:
    return ticket.answers.beneficiary if hasattr(ticket, "answers") else {}


def _street(person) -> tuple[str, ...]:  # type: ignore[no-untyped-def]
    town = f"{person.postal_code} {person.city}".strip() if person.postal_code else ""
    return (person.address_line1, person.address_line2, town)


def _names(full: set[str]) -> set[str]:
    """Return whole names and their words of three letters and more, particles left out."""
    words = {word for name in full for word in name.replace("-", " ").replace("’", " ").split()}
    return full | {word for word in words if len(word) > 2 and word.lower() not in _PARTICLES}
