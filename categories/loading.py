"""Load the tree of themes from YAML: idempotent, nothing removed, nothing staff changed undone."""

from dataclasses import dataclass, field

import yaml
from django.db import IntegrityError, transaction

from categories.enums import Kind, Recourse, SilenceRule, StartEvent
from categories.models import Category, Service

KINDS = {
    "demande": Kind.REQUEST,
    "recours": Kind.APPEAL,
    "reclamation": Kind.COMPLAINT,
    "declaration": Kind.DECLARATION,
    "information": Kind.INFORMATION,
}
SILENCE_RULES = {
    "acceptation": SilenceRule.ACCEPTANCE,
    "rejet": SilenceRule.REFUSAL,
    "aucune": SilenceRule.NONE,
}
RECOURSES = {
    "tribunal-administratif": Recourse.ADMINISTRATIVE_COURT,
    "cada": Recourse.CADA,
    "cnil": Recourse.CNIL,
    "defenseur-des-droits": Recourse.RIGHTS_DEFENDER,
}


@dataclass
class Report:
    """What a loading found: the slugs created, and those that already differ from the file."""

    created: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set, repr=False)


def load_themes(text):
    """Create the services and themes of the YAML document `text` that do not exist; return the Report.

    What exists is left as it is: staff may have changed it since. Raises ValueError, with a French sentence,
    for whatever is wrong in the document: nothing is written then.
    """
    try:
        with transaction.atomic():
            return _load(yaml.safe_load(text))
    except KeyError as error:
        message = f"Il manque {error} à un service ou à un thème."
        raise ValueError(message) from error
    except (yaml.YAMLError, TypeError, AttributeError) as error:
        message = f"Ce document n’est pas un arbre de thèmes : {error}."
        raise ValueError(message) from error
    except IntegrityError as error:
        message = f"Un service ou un thème n’est pas complet : {error}."
        raise ValueError(message) from error


def _load(document):
    report = Report()
    services = {entry["slug"]: _load_service(entry, report) for entry in document["services"]}
    for position, entry in enumerate(document["themes"]):
        _load_node(entry, parent=None, position=position, services=services, report=report)
    return report


def _load_service(entry, report):
    values = {
        "name": entry["name"],
        "postal_address": entry["address"],
        "email": entry["email"],
        "phone": entry["phone"],
        "source": entry.get("source", ""),
    }
    return _write(Service, entry["slug"], values, report)


def _load_node(entry, *, parent, position, services, report):
    values = {"name": entry["name"], "parent": parent, "position": position}
    children = entry.get("children", [])
    if not children:
        values |= _leaf_values(entry, services)
    node = _write(Category, entry["slug"], values, report)
    for index, child in enumerate(children):
        _load_node(child, parent=node, position=index, services=services, report=report)


def _leaf_values(entry, services):
    silence = entry.get("silence", {"rule": "aucune", "months": None})
    return {
        "is_leaf": True,
        "service": _known(services, entry["service"], entry),
        "kind": _known(KINDS, entry.get("kind", "demande"), entry),
        "audience": entry.get("audience", []),
        "is_confidential": entry.get("confidential", False),
        "is_sve": entry.get("sve", True),
        "silence_rule": _known(SILENCE_RULES, silence["rule"], entry),
        "silence_months": silence["months"],
        "silence_verified": entry.get("silence_verified", False),
        "start_event": StartEvent(entry.get("start_event", "reception")),
        "recourse": _known(RECOURSES, entry.get("recourse", "tribunal-administratif"), entry),
        "legal_basis": entry.get("legal_basis", ""),
        "response_deadline": str(entry.get("response_deadline", "")),
        "manual_qualification": entry.get("manual_qualification", False),
        "note": entry.get("note", ""),
        "source": entry.get("source", ""),
    }


def _known(table, key, entry):
    if key not in table:
        message = f"Thème « {entry['slug']} » : valeur inconnue « {key} »."
        raise ValueError(message)
    return table[key]


def _write(model, slug, values, report):
    if (model.__name__, slug) in report.seen:
        message = f"L’identifiant « {slug} » est employé deux fois."
        raise ValueError(message)
    report.seen.add((model.__name__, slug))
    row = model.objects.filter(slug=slug).first()
    if row is None:
        report.created.append(slug)
        return model.objects.create(slug=slug, **values)
    if any(getattr(row, name) != value for name, value in values.items()):
        report.different.append(slug)
    return row
