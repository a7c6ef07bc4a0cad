"""Whatever the form and whatever is posted: only what is asked is kept, and nothing kept is ever lost."""

import json
import uuid
from types import SimpleNamespace

from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from categories.models import Category, FormVersion
from categories.questionnaire.definition import (
    Condition,
    Definition,
    Piece,
    Question,
    read_definition,
    write_definition,
)
from categories.questionnaire.enums import NO, YES, Operator, QuestionKind, Requirement
from tickets.forms.filing import RequestForm, as_posted, typed_values
from tickets.models import TicketAnswers
from tickets.presentation import facts_of, filed_facts
from tickets.services.content import Content

THEME = Category(slug="theme", name="Thème")
NAMES = ("a", "b", "c", "d")
INNER = ("x", "y")
PIECE_NAMES = ("p", "r")
OFFERED = ("un", "deux")
ASKED = tuple(kind for kind in QuestionKind if kind not in (QuestionKind.BLOCK, QuestionKind.HEADING))
# No code of ours is timed here: the first example reads the models and the templates.
often = settings(deadline=None, max_examples=100)

# --- forms --------------------------------------------------------------------------------------------
CONDITIONS = st.none() | st.builds(
    Condition,
    question=st.sampled_from((*NAMES, *INNER, "inconnue")),
    operator=st.sampled_from(Operator),
    value=st.sampled_from((*OFFERED, YES, NO, "")),
)


def leaves(names, kinds=ASKED):
    """Questions that are no blocks."""
    return st.builds(
        Question,
        name=names,
        kind=st.sampled_from(kinds),
        label=st.sampled_from(("Un libellé", "Un autre")),
        is_required=st.booleans(),
        is_sensitive=st.booleans(),
        choices=st.just(OFFERED),
        max_length=st.none() | st.integers(1, 9),
        condition=CONDITIONS,
    )


def blocks(names):
    """Repeated blocks of one or two questions."""
    first, second = leaves(st.just("x")), leaves(st.just("y"), (*ASKED, QuestionKind.HEADING))
    inner = st.tuples(first) | st.tuples(first, second)
    return st.builds(
        Question,
        name=names,
        kind=st.just(QuestionKind.BLOCK),
        label=st.just("Un bloc"),
        is_required=st.booleans(),
        condition=CONDITIONS,
        questions=inner,
        max_items=st.integers(1, 3),
    )


@st.composite
def forms(draw):
    """Forms whose conditions look anywhere: before, after, at themselves, at nothing."""
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=4))
    questions = tuple(
        draw(leaves(st.just(name), (*ASKED, QuestionKind.HEADING)) | blocks(st.just(name))) for name in names
    )
    pieces = draw(st.lists(st.sampled_from(PIECE_NAMES), unique=True))
    return Definition(
        questions=questions,
        pieces=tuple(
            Piece(
                name,
                "Pièce",
                draw(st.sampled_from(Requirement)),
                exemption=draw(st.sampled_from(("", "Déjà là"))),
                condition=draw(CONDITIONS),
            )
            for name in pieces
        ),
        message=draw(st.sampled_from(("", *NAMES))),
    )


# --- posts --------------------------------------------------------------------------------------------
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co"]), max_size=12)
VALUES = WORDS | st.sampled_from((*OFFERED, YES, NO, "on", "12,5", "2026-04-01", "a@example.org", "1e999"))
COUNTS = st.sampled_from(("1", "2", "3", "-1", "9" * 30, "NaN", "٣", ""))
INPUTS = st.sampled_from(
    [
        *(
            "subject",
            "message",
            "for-whom",
            "for-name",
            "for-address",
            "for-capacity",
            "for-siret",
            "for-body",
        ),
        *(f"q-{name}" for name in NAMES),
        *(f"q-{name}-{index}-{inner}" for name in NAMES for index in range(3) for inner in INNER),
        *(f"{kind}-{name}" for kind in ("without", "reason", "exempt") for name in (*PIECE_NAMES, "_mandat")),
    ]
)
STRANGE = st.text(max_size=8).map("q-{}".format) | st.text(max_size=8)


@st.composite
def posts(draw, names=INPUTS):
    """What a browser, or somebody else, may post: each name once or several times."""
    posted = QueryDict(mutable=True)
    posted["subject"], posted["message"] = "Objet", "Message"
    for name, values in draw(st.dictionaries(names, st.lists(VALUES, max_size=2), max_size=15)).items():
        posted.setlist(name, values)
    for name, count in draw(st.dictionaries(st.sampled_from(NAMES), COUNTS, max_size=2)).items():
        posted[f"nb-{name}"] = count
    return posted


def bound(definition, posted, files=()):
    """Return the form of `definition`, judged."""
    form = RequestForm(definition, posted, category=THEME, files=files)
    form.is_valid()
    return form


def is_called_for(condition, answers):
    """The rule of conditions, said another way: whether `condition` holds with the answers kept."""
    if condition is None:
        return True
    given = answers.get(condition.question) or []
    given = given if isinstance(given, list) else [given]
    holds = {
        Operator.ANSWERED: bool(given),
        Operator.IS: condition.value in given,
        Operator.IS_NOT: bool(given) and condition.value not in given,
    }
    return holds[condition.operator]


def without_blocks(definition, answers):
    """Return the answers conditions may look at: those of blocks are many."""
    blocks = {one.name for one in definition.questions if one.kind == QuestionKind.BLOCK}
    return {name: answer for name, answer in answers.items() if name not in blocks}


def stray_answers(questions, answers, known):
    """Return the names answered in `answers` though no question of `questions` asks them."""
    asked, seen = set(), dict(known)
    for question in questions:
        if is_called_for(question.condition, seen):
            asked.add(question.name)
            if question.kind != QuestionKind.BLOCK and question.name in answers:
                seen[question.name] = answers[question.name]
    return set(answers) - asked


# --- properties ---------------------------------------------------------------------------------------
@often
@given(forms(), posts())
def test_no_answer_is_kept_of_what_is_not_asked(definition, posted):
    form = bound(definition, posted)

    questions = [one for one in definition.questions if one.name != definition.message]
    assert stray_answers(questions, form.answers, {}) == set()
    known = without_blocks(definition, form.answers)
    for question in questions:
        if question.kind == QuestionKind.BLOCK:
            items = form.answers.get(question.name, [])
            assert len(items) <= question.max_items
            assert [stray_answers(question.questions, item, known) for item in items] == [set()] * len(items)


@often
@given(forms(), posts())
def test_no_piece_is_asked_for_nor_missing_against_its_condition(definition, posted):
    form = bound(definition, posted)

    called = {one.name for one in definition.pieces if is_called_for(one.condition, form.answers)}
    assert form.pieces.asked - {"_mandat"} == called
    assert form.pieces.absences.keys() <= form.pieces.asked
    assert form.pieces.is_incomplete == any(one["kind"] == "missing" for one in form.pieces.absences.values())
    assert ("_mandat" in form.pieces.asked) == (posted.get("for-whom") == "person")


@often
@given(posts(INPUTS | STRANGE))
def test_what_was_typed_comes_back_as_it_was(posted):
    typed = typed_values(posted)

    stored = json.loads(json.dumps(typed))
    assert typed_values(as_posted(stored)) == stored == typed


@often
@given(forms(), posts())
def test_a_draft_is_read_like_the_form_it_was_typed_in(definition, posted):
    direct = bound(definition, posted)
    kept = bound(definition, as_posted(json.loads(json.dumps(typed_values(posted)))))

    assert (kept.errors, kept.answers, kept.beneficiary) == (
        direct.errors,
        direct.answers,
        direct.beneficiary,
    )
    if direct.is_valid():
        assert kept.content() == direct.content()


@often
@given(forms(), posts(INPUTS | STRANGE), st.lists(st.sampled_from((*PIECE_NAMES, "", "autre")), max_size=4))
def test_no_form_fails_whatever_is_posted(definition, posted, pieces):
    files = [SimpleNamespace(uuid=uuid.uuid4(), piece=piece) for piece in pieces]

    form = bound(definition, posted, files)

    assert [row.question for row in form.rows()] == form.questions
    assert len(form.piece_rows()) == len(definition.pieces)
    if form.is_valid():
        assert filed_facts(definition, form.content(), form.kept_files())
    assert form.as_p()


@often
@given(forms(), forms(), posts(), st.lists(st.sampled_from((*PIECE_NAMES, "", "autre")), max_size=4))
def test_no_answer_nor_file_is_lost_whatever_later_versions_say(definition, later, posted, pieces):
    form = bound(definition, posted)
    stored = json.loads(json.dumps({"values": form.answers, "absences": form.pieces.absences}))
    files = [SimpleNamespace(uuid=uuid.uuid4(), piece=piece) for piece in pieces]

    for version in (definition, later, Definition()):
        ticket = SimpleNamespace(
            answers=TicketAnswers(**stored),
            form_version=FormVersion(definition=json.loads(json.dumps(write_definition(version)))),
        )
        facts = facts_of(ticket, files)

        assert read_definition(ticket.form_version.definition) == version
        assert len(facts.answers) == len(form.answers)
        shown = [file for row in facts.pieces for file in row.files] + facts.loose_files
        assert sorted(map(id, shown)) == sorted(map(id, files))


@often
@given(forms(), posts())
def test_every_word_answered_is_shown_with_the_form_it_was_asked_with(definition, posted):
    form = bound(definition, posted)
    texts = {one.name for one in definition.questions if one.kind == QuestionKind.SHORT_TEXT}

    facts = filed_facts(definition, Content("Objet", answers=form.answers), [])

    shown = [line for row in facts.answers for line in row.lines]
    assert {form.answers[name] for name in texts & form.answers.keys()} <= set(shown)
