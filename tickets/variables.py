"""What a text written once may say of a request: `{{ prenom }}` and a few others. No template language.

A text is read once, from left to right: what a requester wrote in her subject is never read again.
"""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from categories.roles import is_confidential

OF_THE_REQUEST = {
    "prenom": gettext_lazy("le prénom du demandeur"),
    "nom": gettext_lazy("le nom du demandeur"),
    "reference": gettext_lazy("le numéro de la demande"),
    "objet": gettext_lazy("l’objet de la demande"),
    "theme": gettext_lazy("le thème de la demande"),
    "service": gettext_lazy("le service qui la traite"),
}
# What canned answers may say.
VARIABLES = OF_THE_REQUEST | {"signature": gettext_lazy("votre nom, votre qualité et le service")}
_VARIABLE = re.compile(r"\{\{\s*([^{}\n]*?)\s*\}\}")
_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}")


def written(name):
    """Return the variable `name` as authors write it."""
    return f"{{{{ {name} }}}}"


def faults_of(text, known=VARIABLES):
    """Return the sentences that say what is wrong with the variables of `text`; none when all are `known`."""
    unknown = dict.fromkeys(name for name in _VARIABLE.findall(text) if name not in known)
    faults = [
        _("« %(variable)s » n’est pas une variable connue. Celles qui existent : %(known)s.")
        % {"variable": name, "known": ", ".join(known)}
        for name in unknown
    ]
    if left := _BRACES.search(_VARIABLE.sub("", text)):
        faults.append(
            _("« %(sign)s » est seul : une variable s’écrit entre deux accolades ouvertes et deux fermées.")
            % {"sign": left.group()}
        )
    return faults


def filled(text, values):
    """Return `text` with each known variable replaced by its value; what is unknown stays as written."""
    return _VARIABLE.sub(lambda found: values.get(found[1], found[0]), text)


def values_for(ticket, author):
    """Return what the variables stand for in an answer of `author` on `ticket`.

    Staff of a confidential theme stay unnamed: their service signs.
    """
    named = () if is_confidential(ticket.category_id) else (str(author), author.capacity)
    signed = "\n".join(part for part in (*named, ticket.service.name) if part)
    return request_values(ticket) | {"signature": signed}


def request_values(ticket):
    """Return what the variables that tell of the request stand for."""
    requester = ticket.requester
    return {
        "prenom": requester.first_name or str(requester),
        "nom": requester.usage_name or requester.last_name or str(requester),
        "reference": ticket.reference,
        "objet": ticket.subject,
        "theme": ticket.category.name,
        "service": ticket.service.name,
    }
