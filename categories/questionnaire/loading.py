"""From the YAML of the themes to a definition."""

import re
import unicodedata

from categories.enums import Audience
from categories.questionnaire.definition import (
    Definition,
    Piece,
    Question,
    write_definition,
)
from categories.questionnaire.enums import QuestionKind, Requirement

_KINDS = {
    "text": QuestionKind.SHORT_TEXT,
    "textarea": QuestionKind.LONG_TEXT,
    "select": QuestionKind.CHOICE,
    "date": QuestionKind.DATE,
    "datetime": QuestionKind.DATETIME,
    "number": QuestionKind.NUMBER,
    "url": QuestionKind.URL,
    "checkboxes": QuestionKind.SEVERAL,
    "boolean": QuestionKind.YES_NO,
    "email": QuestionKind.EMAIL,
    "tel": QuestionKind.PHONE,
    "iban": QuestionKind.IBAN,
}
# Fields the file calls « text » whose number can be checked.
_CHECKED = {"ine": QuestionKind.INE, "siret": QuestionKind.SIRET, "rna": QuestionKind.RNA}
_FIELD_KEYS = {
    "name", "label", "type", "required", "choices", "choices_from", "max_length", "prefill", "autocomplete",
    "help", "sensitive",
}  # fmt: skip
# What the university knows by itself, whatever the person says.
_KNOWN_OF = {"compte AMU étudiant (L113-12)": (str(Audience.STUDENT),)}
_PIECE_KEYS = {"name", "required", "skip_if", "sensitive", "help", "legal_basis"}


def definition_of(entry):
    """Return the definition (a dict fit for JSON) of a theme `entry` of the YAML.

    Its pieces are required by the text the theme stands on. Raises ValueError for a key or a type it does not
    know: nothing is dropped in silence.
    """
    questions = tuple(_question(one) for one in entry.get("fields", ()))
    pieces = tuple(_piece(one, entry) for one in entry.get("attachments", ()))
    return write_definition(Definition(questions, pieces, message=_message(questions)))


def _question(data):
    _require_known(data, _FIELD_KEYS)
    if data["type"] not in _KINDS:
        message = f"Type de champ inconnu : « {data['type']} » ({data['name']})."
        raise ValueError(message)
    kind = _CHECKED.get(data["name"]) if data["type"] == "text" else None
    return Question(
        name=data["name"],
        kind=kind or _KINDS[data["type"]],
        label=data["label"],
        help=data.get("help", ""),
        is_required=data.get("required", False),
        is_sensitive=data.get("sensitive", False),
        choices=tuple(str(one) for one in data.get("choices", ())),
        choices_from=data.get("choices_from", ""),
        max_length=data.get("max_length"),
        prefill=data.get("prefill", ""),
        autocomplete=data.get("autocomplete", ""),
    )


def _piece(data, entry):
    _require_known(data, _PIECE_KEYS)
    is_required = data.get("required", False)
    basis = data.get("legal_basis", entry.get("legal_basis", "") if is_required else "")
    return Piece(
        name=key_of(data["name"]),
        label=data["name"],
        requirement=Requirement.LAW if is_required else Requirement.USEFUL,
        legal_basis=basis,
        help=data.get("help", ""),
        exemption=data.get("skip_if", ""),
        known_of=_KNOWN_OF.get(data.get("skip_if", ""), ()),
        is_sensitive=data.get("sensitive", False),
    )


def _require_known(data, keys):
    if unknown := set(data) - keys:
        message = f"Clé inconnue dans « {data.get('name', '')} » : {', '.join(sorted(unknown))}."
        raise ValueError(message)


def _message(questions):
    """Return the name of the question whose answer is the request’s words: the last long one required.

    Not a sensitive one: those words are in mails.
    """
    long = [one for one in questions if one.kind == QuestionKind.LONG_TEXT and one.is_required]
    fit = [one.name for one in long if not one.is_sensitive]
    return fit[-1] if fit else ""


def key_of(label):
    """Return a name made of a label: « Lettre de motivation » gives « lettre_de_motivation »."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:60].strip("_") or "piece"
