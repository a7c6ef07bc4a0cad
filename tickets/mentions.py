"""« @prenom.nom » in a note: the login of a colleague, who is told."""

import re

from accounts.models import User, cas_identity
from tickets.models import Ticket

# Neither in an address (nom@example.org) nor with the full stop that ends a sentence.
MENTION = re.compile(r"(?<![\w@.-])@(\w[\w.-]*\w)")
AT_MOST = 20


def mentioned_in(words, ticket, *, author):
    """Return the colleagues named in `words` who read `ticket` as staff: {login: pk}, the author left out.

    One query for those named, one for each of them; none when nobody is.
    """
    named = list(dict.fromkeys(login.lower() for login in MENTION.findall(words)))[:AT_MOST]
    if not named:
        return {}
    identities = [cas_identity(login) for login in named]
    people = User.objects.filter(identity__in=identities, is_active=True, is_staff=True)
    people = people.exclude(pk=author.pk if author else None).order_by("pk")
    return {person.login: person.pk for person in people if reads(person, ticket)}


def reads(person, ticket):
    """Whether `person` reads `ticket` as staff."""
    return Ticket.objects.staffed_by(person).filter(pk=ticket.pk).exists()
