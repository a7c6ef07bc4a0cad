"""The Django form of a definition. What a condition hides is neither required nor kept."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms

from categories.questionnaire.conditions import asked, holds
from categories.questionnaire.enums import QuestionKind
from categories.questionnaire.fields import field_of, kept_answer
from categories.questionnaire.lists import choices_of, offered_by

PREFIX = "q-"
COUNT = "nb-"  # how many items a repeated block shows


@dataclass(frozen=True)
class Row:
    """What a page shows of one question: its field, or its items for a block. Scripts read `depends`."""

    question: Any
    bound: Any = None
    depends: dict = field(default_factory=dict)
    items: list = field(default_factory=list)
    count_name: str = ""
    can_grow: bool = False


def input_name(question, block=None, index=0):
    """Return the name of the input that asks `question`, at place `index` of `block`."""
    return f"{PREFIX}{block.name}-{index}-{question.name}" if block else f"{PREFIX}{question.name}"


class QuestionnaireForm(forms.Form):
    """The questions of a definition, without pieces nor message. `answers` after `is_valid()`."""

    def __init__(self, definition, data=None, *, person=None, **options):
        self.definition = definition
        self.questions = [one for one in definition.questions if one.name != definition.message]
        self.offered = offered_by(self.questions)
        typed = options.get("initial") or {} if data is None else data
        blocks = [one for one in self.questions if one.kind == QuestionKind.BLOCK]
        self.counts = {one.name: _count(one, typed) for one in blocks}
        self.answers = {}
        super().__init__(data, **options)
        for question in self.questions:
            self._add(question, person)

    def _add(self, question, person):
        if question.kind != QuestionKind.BLOCK:
            self._add_field(input_name(question), question, person)
            return
        for index in range(self.counts[question.name]):
            for inner in question.questions:
                self._add_field(input_name(inner, question, index), inner, None)

    def _add_field(self, name, question, person):
        if question.kind == QuestionKind.HEADING:
            return
        made = field_of(question, choices_of(question, self.offered))
        if question.prefill and person is not None:
            made.initial = prefilled(question, person)
            # A visitor’s draft holds nothing there: now that she has logged in, we know.
            if question.is_required and self.initial.get(name) == "":
                del self.initial[name]
        self.fields[name] = made

    # --- reading ------------------------------------------------------------------------------------------
    def clean(self):
        """Forget what is not asked: its errors, its value. `answers` keeps the rest, ready for JSON."""
        cleaned = super().clean()
        flat = {
            one.name: kept_answer(cleaned.get(input_name(one)))
            for one in self.questions
            if one.kind not in (QuestionKind.BLOCK, QuestionKind.HEADING)
        }
        visible, answers = asked(self.questions, flat)
        names = {one.name for one in visible}
        for question in self.questions:
            if question.name not in names:
                self._forget(question)
            elif question.kind == QuestionKind.BLOCK:
                answers[question.name] = self._items(question, answers, cleaned)
        self.answers = {name: answer for name, answer in answers.items() if answer}
        return cleaned

    def _forget(self, question):
        if question.kind == QuestionKind.BLOCK:
            names = [
                input_name(inner, question, index)
                for index in range(self.counts[question.name])
                for inner in question.questions
            ]
        else:
            names = [input_name(question)]
        for name in names:
            self.errors.pop(name, None)

    def _items(self, block, known, cleaned):
        """Return the items written. One left blank is no item; of a block to fill in, one must be."""
        read = [self._item(block, index, known, cleaned) for index in range(self.counts[block.name])]
        must_begin = block.is_required and all(is_blank for _visible, _answers, is_blank in read)
        for index, (visible, _answers, is_blank) in enumerate(read):
            is_left_out = is_blank and not (must_begin and index == 0)
            kept = () if is_left_out else {one.name for one in visible}
            for inner in block.questions:
                if inner.name not in kept:
                    self.errors.pop(input_name(inner, block, index), None)
        return [answers for _visible, answers, _is_blank in read if answers]

    def _item(self, block, index, known, cleaned):
        """Return (the questions asked in one item, their answers, whether nothing is written in them)."""
        flat = {one.name: kept_answer(cleaned.get(input_name(one, block, index))) for one in block.questions}
        visible, answers = asked(block.questions, flat, known)
        answers = {name: answer for name, answer in answers.items() if answer}
        # What is wrong has no answer, and is not blank.
        typed = (self.data.get(input_name(one, block, index)) for one in visible)
        return visible, answers, not answers and not any(map(_is_written, typed))

    # --- showing ------------------------------------------------------------------------------------------
    def rows(self):
        """Return the Row of each question, in order."""
        return [self._row(question) for question in self.questions]

    def _row(self, question):
        depends = depends_on(question)
        if question.kind != QuestionKind.BLOCK:
            return Row(question, self._bound(input_name(question)), depends)
        count = self.counts[question.name]
        items = [
            [
                Row(
                    inner, self._bound(input_name(inner, question, index)), depends_on(inner, question, index)
                )
                for inner in question.questions
            ]
            for index in range(count)
        ]
        can_grow = count < question.max_items
        return Row(question, None, depends, items, COUNT + question.name, can_grow)

    def _bound(self, name):
        return self[name] if name in self.fields else None  # a heading asks nothing


def _is_written(typed):
    return any(map(str.strip, typed)) if isinstance(typed, list) else bool((typed or "").strip())


def depends_on(thing, block=None, index=0):
    """Return what a script needs to show or hide `thing`: input watched, operator, value; or nothing."""
    condition = thing.condition
    if condition is None:
        return {}
    inside = block is not None and any(one.name == condition.question for one in block.questions)
    name = f"{PREFIX}{block.name}-{index}-{condition.question}" if inside else f"{PREFIX}{condition.question}"
    return {"input": name, "operator": str(condition.operator), "value": condition.value}


def is_asked(thing, answers):
    """Whether a piece is asked for, given the answers kept."""
    return holds(thing.condition, answers)


def prefilled(question, person):
    """Return what the university already knows: a CAS attribute, or a line of her profile."""
    source, _dot, name = question.prefill.rpartition(".")
    if source == "profile":
        return str(getattr(person, name, "")) if name in PROFILE else ""
    return _day(person.attribute(name)) if question.kind == QuestionKind.DATE else person.attribute(name)


def _day(text):
    """Return the day the CAS writes « 20040506 » (SCHAC 1.5), or an empty text."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return ""


# What a form may take from the profile of a person: nothing else of her account is readable this way.
PROFILE = ("first_name", "last_name", "usage_name", "email", "phone", "body_name", "siret", "rna")


def _count(block, typed):
    """Return how many items to show: those typed, one more when asked, within the limits of the block."""
    try:
        count = int(typed.get(COUNT + block.name, "1"))
    except (ValueError, TypeError):
        count = 1
    return max(1, min(count + (typed.get("add_item") == block.name), block.max_items))
