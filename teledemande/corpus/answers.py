"""What a requester answers to the form of a theme, and which documents she joins."""

from datetime import date, timedelta
from random import Random
from typing import Any

from categories.questionnaire.definition import Definition, Question
from categories.questionnaire.enums import NO, YES, QuestionKind
from categories.questionnaire.lists import choices_of
from teledemande.corpus.prose import Prose
from tickets.forms.pieces import MISSING

_OPTIONAL = 0.5


def answers_to(form: Definition, lists: dict[str, list[str]], prose: Prose) -> dict[str, Any]:
    """Return stored answers: every required question of a kind we know how to fill, half of the others."""
    asked = [one for one in form.questions if one.condition is None and one.name != form.message]
    drawn = {
        one.name: _answer(one, lists, prose)
        for one in asked
        if one.is_required or prose.rng.random() < _OPTIONAL
    }
    return {name: answer for name, answer in drawn.items() if answer not in (None, "")}


def _answer(question: Question, lists: dict[str, list[str]], prose: Prose) -> Any:
    rng = prose.rng
    match question.kind:
        case QuestionKind.CHOICE:
            return _drawn(rng, choices_of(question, lists))
        case QuestionKind.SHORT_TEXT:
            return prose.pick("courses")
        case QuestionKind.LONG_TEXT:
            return prose.say("details")
        case QuestionKind.NUMBER:
            return str(rng.randint(1, 30))
        case QuestionKind.DATE:
            return _day(question, prose).isoformat()
        case QuestionKind.YES_NO:
            return rng.choice((YES, NO))
    return None


def _drawn(rng: Random, choices: list[str]) -> str | None:
    return rng.choice(choices) if choices else None


def _day(question: Question, prose: Prose) -> date:
    ago = prose.rng.randint(6600, 12000) if question.autocomplete == "bday" else prose.rng.randint(1, 300)
    return prose.day - timedelta(days=ago)


def absences_of(form: Definition, joined: set[str], rng: Random) -> dict[str, dict[str, str]]:
    """Return the pieces a text requires that are not `joined`, with why: the file is then incomplete."""
    wanted = [one for one in form.pieces if one.is_required and one.condition is None]
    why = (
        "Je ne l’ai pas encore reçu.",
        "Demandé à mon ancien établissement.",
        "Je l’enverrai dès que possible.",
    )
    return {one.name: {"kind": MISSING, "why": rng.choice(why)} for one in wanted if one.name not in joined}
