"""The answers a question offers: its own, those of a shared list, or the academic years."""

from django.utils import timezone

from categories.models import ChoiceItem
from categories.questionnaire.enums import QuestionKind
from teledemande.paris import PARIS

ACADEMIC_YEARS = "academic_years"
FIRST_MONTH = 9  # an academic year begins in September
_YEARS_BACK = 12


def academic_years(today):
    """Return the academic years one may write about on the day `today`: the next one first, then back."""
    current = today.year if today.month >= FIRST_MONTH else today.year - 1
    return [f"{year}-{year + 1}" for year in range(current + 1, current - _YEARS_BACK, -1)]


def offered_by(questions):
    """Return the answers offered by every question of `questions`: name of the list → texts. One query.

    A list that does not exist offers nothing.
    """
    wanted = {one.choices_from for one in every(questions) if one.choices_from}
    found = {slug: [] for slug in wanted}
    if ACADEMIC_YEARS in wanted:
        found[ACADEMIC_YEARS] = academic_years(timezone.localtime(timezone=PARIS).date())
    if shared := wanted - {ACADEMIC_YEARS}:
        items = ChoiceItem.objects.filter(choice_list__slug__in=shared, is_active=True)
        for slug, name in items.order_by("position", "pk").values_list("choice_list__slug", "name"):
            found[slug].append(name)
    return found


def choices_of(question, offered):
    """Return the texts `question` offers; `offered` comes from `offered_by`."""
    return offered.get(question.choices_from, []) if question.choices_from else list(question.choices)


def every(questions):
    """Return every question, those of blocks included."""
    for question in questions:
        yield question
        if question.kind == QuestionKind.BLOCK:
            yield from question.questions
