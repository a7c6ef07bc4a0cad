"""Stored answers in words, for the pages: the check page, the request, its search document."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.numbers import phone_words, siret_words
from categories.questionnaire.enums import NO, YES, Operator, QuestionKind
from categories.questionnaire.lists import every
from teledemande.french_dates import day_words, instant_words


@dataclass(frozen=True)
class AnswerRow:
    """One answer as a page shows it. `lines` are paragraphs; `items` the rows of each item of a block."""

    label: str
    kind: str
    lines: list = field(default_factory=list)
    is_sensitive: bool = False
    secret: str = ""
    items: list = field(default_factory=list)


def answer_rows(definition, answers):
    """Return the AnswerRow of each answer of `answers` (name → stored answer), in the order of the form.

    An answer whose question is unknown is not lost: it comes last, under its name.
    """
    rows = _rows(definition.questions, answers)
    known = {one.name for one in definition.questions}
    strays = [AnswerRow(name, "", [str(answer)]) for name, answer in answers.items() if name not in known]
    return rows + strays


def plain_words(row):
    """Return an AnswerRow on one line, for a mail: the items of a block apart, what is sensitive left out."""
    if not row.items:
        return ", ".join(row.lines)
    items = [
        ", ".join(f"{one.label} : {plain_words(one)}" for one in item if not one.is_sensitive)
        for item in row.items
    ]
    return " ; ".join(item for item in items if item)


def _rows(questions, answers):
    return [_row(one, answers[one.name]) for one in questions if answers.get(one.name)]


def _row(question, answer):
    if question.kind == QuestionKind.BLOCK:
        items = [_rows(question.questions, item) for item in answer]
        return AnswerRow(question.label, str(question.kind), items=items, is_sensitive=question.is_sensitive)
    answers = answer if isinstance(answer, list) else [answer]
    words = [answer_words(question.kind, one) for one in answers]
    secret = str(answer) if question.kind == QuestionKind.IBAN else ""
    return AnswerRow(question.label, str(question.kind), words, question.is_sensitive, secret)


def answer_words(kind, answer):
    """Return one stored answer in words; what cannot be read is shown as it was kept."""
    try:
        return _WORDS.get(kind, str)(answer)
    except (ValueError, TypeError, ArithmeticError):
        return str(answer)


def masked_iban(text):
    """Return an IBAN of which only country, key and end are shown: « FR76 •••• •••• 0189 »."""
    return f"{text[:4]} •••• •••• {text[-4:]}"


def _yes_no(answer):
    return {YES: _("Oui"), NO: _("Non")}[answer]


_WORDS = {
    QuestionKind.DATE: lambda answer: day_words(date.fromisoformat(answer)),
    QuestionKind.DATETIME: lambda answer: instant_words(datetime.fromisoformat(answer)),
    QuestionKind.NUMBER: lambda answer: number_format(answer, use_l10n=True, force_grouping=True),
    QuestionKind.YES_NO: _yes_no,
    QuestionKind.PHONE: phone_words,
    QuestionKind.SIRET: siret_words,
    QuestionKind.IBAN: masked_iban,
}
_SILENT = frozenset({QuestionKind.IBAN, QuestionKind.PHONE, QuestionKind.EMAIL})


def searchable_words(definition, answers):
    """Return the words of `answers` that may be searched for: nothing sensitive, no bank account."""
    found = []
    for question in definition.questions:
        answer = answers.get(question.name)
        if answer and not question.is_sensitive and question.kind not in _SILENT:
            items = answer if question.kind == QuestionKind.BLOCK else None
            nested = [w for item in items for w in _searchable(question.questions, item)] if items else []
            found += nested if items else _row(question, answer).lines
    return found


def _searchable(questions, answers):
    rows = [
        _row(one, answers[one.name])
        for one in questions
        if answers.get(one.name) and not one.is_sensitive and one.kind not in _SILENT
    ]
    return [line for row in rows for line in row.lines]


def condition_words(condition, definition):
    """Return when something is asked, in words: « Si « Mode de paiement » est « virement » »."""
    question = next((one for one in every(definition.questions) if one.name == condition.question), None)
    label = question.label if question else condition.question
    given = {YES: _("oui"), NO: _("non")}.get(condition.value, condition.value)
    return _WHEN[condition.operator] % {"label": label, "value": given}


_WHEN = {
    Operator.IS: gettext_lazy("À remplir si « %(label)s » est « %(value)s »."),
    Operator.IS_NOT: gettext_lazy("À remplir si « %(label)s » n’est pas « %(value)s »."),
    Operator.ANSWERED: gettext_lazy("À remplir si « %(label)s » est rempli."),
}
