"""Whether something can be asked is proved against every answer there is, on small forms."""

from itertools import product

from hypothesis import event, given, settings

from categories.questionnaire.checking import faults
from categories.questionnaire.conditions import asked, holds
from categories.questionnaire.enums import NO, YES, QuestionKind
from tests.categories.questionnaire.strategies import small_forms


def every_answer(question):
    """Return all one may answer, nothing included."""
    match question.kind:
        case QuestionKind.YES_NO:
            return [None, YES, NO]
        case QuestionKind.CHOICE:
            return [None, *question.choices]
        case QuestionKind.SEVERAL:
            several = [list(question.choices)] if len(question.choices) > 1 else []
            return [None, *([one] for one in question.choices), *several]
    return [None, "texte"]


def ever_asked(form):
    """Return the names of the questions and pieces that some answers make visible, by trying them all."""
    seen = set()
    for answers in product(*(every_answer(one) for one in form.questions)):
        given_answers = dict(zip([one.name for one in form.questions], answers, strict=True))
        visible, kept = asked(form.questions, given_answers)
        seen |= {one.name for one in visible}
        seen |= {one.name for one in form.pieces if holds(one.condition, kept)}
    return seen


@settings(max_examples=400, deadline=None)
@given(small_forms())
def test_whatever_a_sound_form_asks_can_be_asked_and_a_form_that_cannot_is_refused(form):
    everything = {one.name for one in (*form.questions, *form.pieces)}
    found = faults(form, {})
    faulty = {fault.place.partition(":")[2] for fault in found}

    never = everything - ever_asked(form)

    event("sound" if not found else "faulty", payload=str(bool(never)))
    assert never <= faulty
