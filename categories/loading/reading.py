"""Read the file of the themes: every key has a place in the database, and a key without one is refused.

What `meta` says is about the file itself and goes nowhere; its version is checked.
"""

from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from categories.enums import Audience, Kind, Recourse, SilenceRule, StartEvent
from categories.questionnaire.loading import definition_of

VERSION: Final = 1
KINDS: Final = {
    "demande": Kind.REQUEST,
    "recours": Kind.APPEAL,
    "reclamation": Kind.COMPLAINT,
    "declaration": Kind.DECLARATION,
    "information": Kind.INFORMATION,
}
SILENCE_RULES: Final = {
    "acceptation": SilenceRule.ACCEPTANCE,
    "rejet": SilenceRule.REFUSAL,
    "aucune": SilenceRule.NONE,
}
RECOURSES: Final = {
    "tribunal-administratif": Recourse.ADMINISTRATIVE_COURT,
    "cada": Recourse.CADA,
    "cnil": Recourse.CNIL,
    "defenseur-des-droits": Recourse.RIGHTS_DEFENDER,
}
STARTS: Final = {str(start): start for start in StartEvent}
AUDIENCES: Final = {str(audience): audience for audience in Audience}
LISTS: Final = {"components": "Composantes", "doctoral_schools": "Écoles doctorales"}

_DOCUMENT_KEYS: Final = {"meta", "services", "themes", *LISTS}
_META_KEYS: Final = {"title", "schema_version", "note", "contacts_note"}
_SERVICE_KEYS: Final = {"slug", "name", "address", "email", "phone", "source"}
_ITEM_KEYS: Final = {"slug", "name", "source"}
_BRANCH_KEYS: Final = {"slug", "name", "children"}
_SILENCE_KEYS: Final = {"rule", "months"}
_LEAF_KEYS: Final = {
    *("slug", "name", "kind", "audience", "service", "confidential", "sve", "silence", "silence_verified"),
    *("start_event", "recourse", "legal_basis", "response_deadline", "manual_qualification", "note"),
    *("source", "fields", "attachments"),
}


@dataclass(frozen=True)
class Entry:
    """One row the file describes: its own values, the slugs it points to, and the form of a theme."""

    slug: str
    values: dict[str, Any]
    links: dict[str, str | None] = field(default_factory=dict)
    definition: dict[str, Any] | None = None


@dataclass(frozen=True)
class Document:
    """The whole file. `levels` holds the themes by depth: those of a level stand under those before."""

    services: list[Entry]
    lists: dict[str, list[Entry]]
    levels: list[list[Entry]]


def read(text):
    """Return the Document the YAML `text` is. Raises ValueError, in French, whatever is wrong."""
    try:
        return _document(yaml.load(text, Loader=_LOADER))  # noqa: S506 -- a safe loader, written in C
    except KeyError as error:
        message = f"Il manque {error} à un service, à une liste ou à un thème."
        raise ValueError(message) from error
    except (yaml.YAMLError, TypeError, AttributeError) as error:
        message = f"Ce document n’est pas un arbre de thèmes : {error}."
        raise ValueError(message) from error


_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _document(data):
    _know(data, _DOCUMENT_KEYS, "le document")
    meta = data.get("meta", {})
    _know(meta, _META_KEYS, "« meta »")
    if meta.get("schema_version", VERSION) != VERSION:
        message = f"Version {meta['schema_version']} du format : seule la version {VERSION} se charge."
        raise ValueError(message)
    services = [_service(entry) for entry in data["services"]]
    lists = {name: [_item(*pair) for pair in enumerate(data[name])] for name in LISTS if name in data}
    levels: list[list[Entry]] = []
    _nest(data["themes"], None, {entry.slug for entry in services}, levels, depth=0)
    themes = [entry for level in levels for entry in level]
    for rows in (services, themes, *lists.values()):
        _once(rows)
    return Document(services, lists, levels)


def _service(entry):
    _know(entry, _SERVICE_KEYS, f"le service « {entry['slug']} »")
    values = {
        "name": entry["name"],
        "postal_address": entry["address"],
        "email": entry["email"],
        "phone": entry["phone"],
        "source": entry.get("source", ""),
    }
    return Entry(entry["slug"], values)


def _item(position, entry):
    _know(entry, _ITEM_KEYS, f"la réponse « {entry['slug']} »")
    values = {"name": entry["name"], "position": position, "source": entry.get("source", "")}
    return Entry(entry["slug"], values)


def _nest(entries, parent, services, levels, *, depth):
    if len(levels) == depth:
        levels.append([])
    for position, entry in enumerate(entries):
        place = {"name": entry["name"], "position": position}
        if "children" in entry:
            _know(entry, _BRANCH_KEYS, _theme(entry))
            levels[depth].append(Entry(entry["slug"], place, {"parent": parent}))
            _nest(entry["children"], entry["slug"], services, levels, depth=depth + 1)
        else:
            levels[depth].append(_leaf(entry, parent, services, place))


def _leaf(entry, parent, services, place):
    _know(entry, _LEAF_KEYS, _theme(entry))
    if entry["service"] not in services:
        raise _unknown(entry, entry["service"])
    links = {"parent": parent, "service": entry["service"]}
    return Entry(entry["slug"], place | _leaf_values(entry), links, _definition(entry))


def _leaf_values(entry):
    silence = entry.get("silence", {"rule": "aucune", "months": None})
    _know(silence, _SILENCE_KEYS, _theme(entry))
    return {
        "is_leaf": True,
        "kind": _one_of(KINDS, entry.get("kind", "demande"), entry),
        "audience": [_one_of(AUDIENCES, one, entry) for one in entry.get("audience", [])],
        "is_confidential": entry.get("confidential", False),
        "is_sve": entry.get("sve", True),
        "silence_rule": _one_of(SILENCE_RULES, silence["rule"], entry),
        "silence_months": silence["months"],
        "silence_verified": entry.get("silence_verified", False),
        "start_event": _one_of(STARTS, entry.get("start_event", "reception"), entry),
        "recourse": _one_of(RECOURSES, entry.get("recourse", "tribunal-administratif"), entry),
        "legal_basis": entry.get("legal_basis", ""),
        "response_deadline": entry.get("response_deadline", ""),
        "manual_qualification": entry.get("manual_qualification", False),
        "note": entry.get("note", ""),
        "source": entry.get("source", ""),
    }


def _definition(entry):
    try:
        return definition_of(entry)
    except ValueError as error:
        message = f"{_theme(entry)} : {error}"
        raise ValueError(message) from error


def _theme(entry):
    return f"Thème « {entry['slug']} »"


def _one_of(table, key, entry):
    if key not in table:
        raise _unknown(entry, key)
    return table[key].value


def _unknown(entry, value):
    return ValueError(f"{_theme(entry)} : valeur inconnue « {value} ».")


def _know(entry, keys, where):
    if unknown := set(entry) - keys:
        names = ", ".join(f"« {name} »" for name in sorted(map(str, unknown)))
        message = f"Clé inconnue dans {where} : {names}. Rien n’a été chargé."
        raise ValueError(message)


def _once(entries):
    seen: set[str] = set()
    for entry in entries:
        if entry.slug in seen:
            message = f"L’identifiant « {entry.slug} » est employé deux fois."
            raise ValueError(message)
        seen.add(entry.slug)
