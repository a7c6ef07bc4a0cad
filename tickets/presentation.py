"""What was filed, as pages show it: for whom, the answers, each piece with its files or its absence."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from categories.questionnaire.definition import Piece
from categories.questionnaire.fields import IbanField
from categories.questionnaire.versions import form_of
from categories.questionnaire.words import AnswerRow, answer_rows, masked_iban
from tickets.forms.pieces import MANDATE, MISSING, REASON


@dataclass(frozen=True)
class PieceFacts:
    """One piece: its files, or why there is none. `is_missing`: a text requires it and it was not joined."""

    piece: Piece
    files: list = field(default_factory=list)
    absence: str = ""
    is_missing: bool = False


@dataclass(frozen=True)
class FiledFacts:
    """All that a form adds to a subject and a message."""

    beneficiary: list = field(default_factory=list)
    answers: list = field(default_factory=list)
    pieces: list = field(default_factory=list)
    loose_files: list = field(default_factory=list)


def filed_facts(definition, content, files):
    """Return the FiledFacts of `content` (tickets.services.content.Content), read with its form.

    `files` are all those of the draft or of the filing; those of no piece of this form are loose.
    """
    by_piece = {}
    for one in files:
        by_piece.setdefault(one.piece, []).append(one)
    pieces = [
        _piece(piece, by_piece.pop(piece.name, []), content)
        for piece in (MANDATE, *definition.pieces)
        if piece.name in by_piece or piece.name in content.absences or piece.name in content.pieces
    ]
    return FiledFacts(
        beneficiary=beneficiary_lines(content.beneficiary),
        answers=answer_rows(definition, content.answers),
        pieces=pieces,
        loose_files=[one for several in by_piece.values() for one in several],
    )


def facts_of(ticket, files):
    """Return the FiledFacts of a request, by the version of the form it was filed with."""
    answers = getattr(ticket, "answers", None)
    if answers is None:
        return FiledFacts(loose_files=list(files))
    return filed_facts(form_of(ticket.form_version), _Kept(answers), files)


class _Kept:
    """The stored answers, seen like the content they came from."""

    pieces: frozenset[str] = frozenset()

    def __init__(self, stored):
        self.answers, self.absences, self.beneficiary = stored.values, stored.absences, stored.beneficiary


def _piece(piece, files, content):
    absence = content.absences.get(piece.name)
    if files or absence is None:
        return PieceFacts(piece, files)
    return PieceFacts(piece, [], absence["why"], absence["kind"] == MISSING)


def beneficiary_lines(beneficiary):
    """Return for whom a request was filed, as lines; an empty list for oneself."""
    if not beneficiary:
        return []
    who = beneficiary.get("name") or beneficiary.get("body", "")
    numbers = [
        _("SIRET %(number)s") % {"number": beneficiary["siret"]} if beneficiary.get("siret") else "",
        _("RNA %(number)s") % {"number": beneficiary["rna"]} if beneficiary.get("rna") else "",
    ]
    capacity = beneficiary.get("capacity", "")
    title = _("Le demandeur agit comme : %(capacity)s") % {"capacity": capacity} if capacity else ""
    return [line for line in (who, beneficiary.get("address", ""), *numbers, title) if line]


def typed_rows(form):
    """Return what was typed in `form`, judged or not, as rows: question, words. What is blank is left out."""
    reasons = {REASON + piece.name: piece.label for piece in form.pieces.pieces}
    silent = form.pieces.fields().keys() - reasons.keys()
    typed = [(bound, bound.value()) for bound in form if bound.name not in silent]
    return [
        AnswerRow(str(reasons.get(bound.name, bound.label)), "", _typed_words(bound.field, value))
        for bound, value in typed
        if value
    ]


def _typed_words(field, value):
    """Return each text typed in `field`, by the words of its choice if it has choices."""
    words = dict(getattr(field, "choices", ()))
    several = [str(one) for one in (value if isinstance(value, list) else [value])]
    if isinstance(field, IbanField):
        return [masked_iban("".join(one.split())) for one in several]
    return [str(words.get(one, one)) for one in several]
