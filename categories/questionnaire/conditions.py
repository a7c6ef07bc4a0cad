"""Which questions are asked, given the answers to those before. The server alone decides.

A question that is not asked has no answer, whatever was posted: what depends on it is not asked either.
"""

from categories.questionnaire.enums import Operator


def holds(condition, answers):
    """Whether `condition` (or None) holds with `answers`: name → answer, for the questions asked before.

    The answer of a question with several choices is a list: it « is » each thing it contains. « Is not »
    needs an answer: what was not asked, or not answered, is not another answer.
    """
    if condition is None:
        return True
    answer = answers.get(condition.question)
    if answer in (None, "", []):
        return False
    if condition.operator == Operator.ANSWERED:
        return True
    given = answer if isinstance(answer, list) else [answer]
    return (condition.value in given) == (condition.operator == Operator.IS)


def asked(questions, answers, known=None):
    """Return (questions asked, their answers), in order: what a condition hides is in neither.

    `answers` maps names to cleaned answers; those of hidden questions are ignored. `known` are answers from
    outside (those before a repeated block), which conditions may look at too.
    """
    kept, visible = {}, []
    for question in questions:
        if holds(question.condition, (known or {}) | kept):
            visible.append(question)
            if question.name in answers:
                kept[question.name] = answers[question.name]
    return visible, kept
