"""The form of a definition: what is hidden is neither required nor kept, whatever was posted."""

import json
from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from categories.questionnaire.conditions import asked
from categories.questionnaire.definition import Condition, Definition
from categories.questionnaire.enums import NO, YES, Operator, QuestionKind
from categories.questionnaire.form import QuestionnaireForm
from categories.questionnaire.words import answer_rows
from tests.categories.questionnaire.strategies import VALUES, question, small_forms
from tests.factories import PersonFactory


def posted(data):
    """Return `data` (name → text or texts) as a browser posts it."""
    found = QueryDict(mutable=True)
    for name, value in data.items():
        found.setlist(name, value if isinstance(value, list) else [value])
    return found


def filled(*questions, person=None, **data):
    """Return the form of `questions` with these inputs; « __ » in a name is « - »."""
    named = {
        f"q-{name.replace('__', '-')}": value for name, value in data.items() if not name.startswith("nb_")
    }
    counts = {f"nb-{name[3:]}": value for name, value in data.items() if name.startswith("nb_")}
    return QuestionnaireForm(Definition(questions), posted(named | counts), person=person)


WORKS = question("travaille", "yes_no", is_required=True)
HOURS = question("heures", "number", is_required=True, condition=Condition("travaille", Operator.IS, YES))
CHILDREN = question(
    "enfants",
    "block",
    questions=(
        question("nom", is_required=True),
        question("scolarise", "yes_no"),
        question("ecole", is_required=True, condition=Condition("scolarise", Operator.IS, YES)),
        question("aide", is_required=True, condition=Condition("travaille", Operator.IS, YES)),
    ),
    max_items=3,
)
REQUIRED_CHILDREN = question("enfants", "block", questions=CHILDREN.questions, is_required=True, max_items=3)


# --- conditions ------------------------------------------------------------
def test_hidden_question_is_neither_required_nor_kept():
    form = filled(WORKS, HOURS, travaille=NO, heures="douze")

    assert form.is_valid()
    assert form.answers == {"travaille": NO}


def test_shown_question_is_required():
    form = filled(WORKS, HOURS, travaille=YES)

    assert not form.is_valid()
    assert list(form.errors) == ["q-heures"]


def test_what_depends_on_a_hidden_question_is_hidden():
    third = question("detail", condition=Condition("heures_nuit", Operator.IS, YES))
    second = question("heures_nuit", "yes_no", condition=Condition("travaille", Operator.IS, YES))

    form = filled(WORKS, second, third, travaille=NO, heures_nuit=YES, detail="x")

    assert form.is_valid()
    assert form.answers == {"travaille": NO}


answers_of = st.dictionaries(
    st.sampled_from([f"q{rank}" for rank in range(4)]),
    st.sampled_from([*VALUES, YES, NO, "", "texte"]) | st.lists(st.sampled_from(VALUES), max_size=3),
)


@settings(deadline=None, max_examples=100)
@given(small_forms(), answers_of)
def test_hidden_answers_are_never_kept_and_hidden_errors_never_block(form_asked, data):
    form = QuestionnaireForm(form_asked, posted({f"q-{name}": value for name, value in data.items()}))
    form.is_valid()

    visible, _answers = asked(form_asked.questions, form.answers)
    shown = {one.name for one in visible}

    assert set(form.answers) <= shown
    assert {name.removeprefix("q-") for name in form.errors} <= shown
    assert json.loads(json.dumps(form.answers)) == form.answers


@settings(deadline=None, max_examples=100)
@given(small_forms(), answers_of, answers_of)
def test_what_is_posted_to_hidden_questions_changes_nothing(form_asked, data, noise):
    first = QuestionnaireForm(form_asked, posted({f"q-{name}": value for name, value in data.items()}))
    first.is_valid()
    shown = {one.name for one in asked(form_asked.questions, first.answers)[0]}
    noisy = data | {name: value for name, value in noise.items() if name not in shown}

    second = QuestionnaireForm(form_asked, posted({f"q-{name}": value for name, value in noisy.items()}))

    assert second.is_valid() == first.is_valid()
    assert second.answers == first.answers


@settings(deadline=None, max_examples=100)
@given(small_forms(), answers_of)
def test_one_answer_more_hides_nothing_that_waits_for_an_answer_of_any_kind(form_asked, data):
    sure = [
        one
        for one in form_asked.questions
        if one.condition is None or one.condition.operator == Operator.ANSWERED
    ]
    known = {name: value for name, value in data.items() if value}
    before = {one.name for one in asked(sure, known)[0]}
    after = {
        one.name for one in asked(sure, known | {one.name: "x" for one in sure if one.name not in known})[0]
    }

    assert before <= after


# --- blocks ------------------------------------------------------------
def test_items_are_kept_in_order_and_each_judged_alone():
    form = filled(
        WORKS, CHILDREN,
        travaille=YES, nb_enfants="2",
        enfants__0__nom="Zoé", enfants__0__scolarise=YES, enfants__0__ecole="Jean-Moulin",
        enfants__0__aide="non",
        enfants__1__nom="Tom", enfants__1__scolarise=NO, enfants__1__ecole="oubliée",
        enfants__1__aide="oui",
    )  # fmt: skip

    assert form.is_valid()
    assert form.answers["enfants"] == [
        {"nom": "Zoé", "scolarise": YES, "ecole": "Jean-Moulin", "aide": "non"},
        {"nom": "Tom", "scolarise": NO, "aide": "oui"},
    ]


def test_blank_item_is_no_item():
    form = filled(WORKS, CHILDREN, travaille=NO, nb_enfants="3", enfants__1__nom="Zoé", enfants__2__nom=" ")

    assert form.is_valid()
    assert form.answers["enfants"] == [{"nom": "Zoé"}]


def test_item_where_only_what_is_hidden_was_written_is_blank():
    form = filled(WORKS, CHILDREN, travaille=NO, enfants__0__ecole="cachée", enfants__0__aide="cachée")

    assert form.is_valid()
    assert form.answers == {"travaille": NO}


def test_item_begun_is_finished():
    form = filled(WORKS, CHILDREN, travaille=NO, enfants__0__scolarise=YES)

    assert not form.is_valid()
    assert list(form.errors) == ["q-enfants-0-nom", "q-enfants-0-ecole"]


def test_item_whose_only_answer_is_wrong_is_not_blank():
    block = question("sejours", "block", questions=(question("le", "date"), question("ou", is_required=True)))

    form = filled(block, sejours__0__le="jamais")

    assert list(form.errors) == ["q-sejours-0-le", "q-sejours-0-ou"]


def test_block_to_fill_in_has_one_item_wherever_it_is():
    nothing = filled(WORKS, REQUIRED_CHILDREN, travaille=NO, nb_enfants="2")
    second = filled(WORKS, REQUIRED_CHILDREN, travaille=NO, nb_enfants="2", enfants__1__nom="Zoé")

    assert list(nothing.errors) == ["q-enfants-0-nom"]
    assert second.is_valid()
    assert second.answers["enfants"] == [{"nom": "Zoé"}]


def test_hidden_block_is_neither_required_nor_kept():
    hidden = question(
        "enfants",
        "block",
        questions=CHILDREN.questions,
        is_required=True,
        condition=Condition("travaille", Operator.IS, YES),
    )
    form = filled(WORKS, hidden, travaille=NO, enfants__0__nom="Zoé", enfants__0__scolarise=YES)

    assert form.is_valid()
    assert form.answers == {"travaille": NO}


@pytest.mark.parametrize(
    ("count", "shown"),
    [("2", 2), ("99", 3), ("0", 1), ("-5", 1), ("x", 1), ("9" * 5000, 1), ("", 1)],
    ids=["2", "99", "0", "-5", "x", "huge", "empty"],
)
def test_number_of_items_is_bounded(count, shown):
    assert len(filled(CHILDREN, nb_enfants=count).rows()[0].items) == shown


def test_one_more_item_is_shown_when_asked_up_to_the_limit():
    data = posted({"nb-enfants": "2", "add_item": "enfants", "q-enfants-0-nom": "Zoé"})
    row = QuestionnaireForm(Definition((CHILDREN,)), data).rows()[0]

    assert (len(row.items), row.can_grow) == (3, False)
    assert row.items[0][0].bound.value() == "Zoé"


# --- the rest ------------------------------------------------------------
def test_message_is_asked_elsewhere():
    form = QuestionnaireForm(Definition((question("motif", "long_text"),), message="motif"))

    assert (list(form.fields), form.rows()) == ([], [])


def test_university_fills_in_what_it_knows(db):
    person = PersonFactory(
        first_name="Léa", cas_attributes={"supannEtuId": ["23000101"], "schacDateOfBirth": ["20040506"]}
    )
    questions = (
        question("numero", prefill="supannEtuId"),
        question("prenom", prefill="profile.first_name"),
        question("ne_le", "date", prefill="schacDateOfBirth"),
        question("secret", prefill="profile.password"),
    )
    form = QuestionnaireForm(Definition(questions), person=person)

    assert [form[f"q-{one.name}"].value() for one in questions] == ["23000101", "Léa", date(2004, 5, 6), ""]


def test_three_hundred_questions_are_read_at_once():
    questions = [question("q0", "yes_no")]
    for rank in range(1, 300):
        condition = Condition(f"q{rank - 1}", Operator.IS, YES)
        questions.append(question(f"q{rank}", "yes_no", is_required=True, condition=condition))

    form = filled(*questions, **{f"q{rank}": YES for rank in range(300)})

    assert form.is_valid()
    assert len(form.answers) == 300
    assert [row.lines for row in answer_rows(Definition(tuple(questions)), form.answers)] == [["Oui"]] * 300


def test_every_kind_is_asked_and_told_in_words():
    kinds = [one for one in QuestionKind if one not in (QuestionKind.BLOCK, QuestionKind.HEADING)]
    typed = {
        "short_text": "a", "long_text": "b", "number": "1 234,5", "date": "2026-11-24",
        "datetime": "2026-11-24T10:30", "choice": "x", "several": ["x", "y"], "yes_no": "oui",
        "url": "https://example.org", "email": "a@example.org",
        "phone": "0465710000", "ine": "1234567890A", "siret": "73282932000074", "rna": "W133012345",
        "iban": "FR1420041010050500013M02606",
    }  # fmt: skip
    questions = tuple(question(str(kind), kind, choices=("x", "y")) for kind in kinds)

    form = filled(*questions, **typed)

    assert form.is_valid(), form.errors
    rows = {row.label: row.lines for row in answer_rows(Definition(questions), form.answers)}
    assert rows["number"] == ["1\u00a0234,5"]
    assert rows["several"] == ["x", "y"]
    assert rows["iban"] == ["FR14 •••• •••• 2606"]
    assert rows["date"] == ["24 novembre 2026"]
