"""Definitions for property-based tests: small ones, sound or not, and whole ones for what JSON must keep."""

from hypothesis import strategies as st

from categories.questionnaire.definition import Condition, Definition, Piece, Question
from categories.questionnaire.enums import NO, YES, Operator, QuestionKind, Requirement

KINDS = (QuestionKind.CHOICE, QuestionKind.SEVERAL, QuestionKind.YES_NO, QuestionKind.SHORT_TEXT)
VALUES = ("a", "b", "c")


def question(name, kind="short_text", **options):
    """Return a Question whose label is its name."""
    return Question(name=name, kind=QuestionKind(kind), label=options.pop("label", name), **options)


def conditions(names):
    """Conditions on one of `names`, on values that may never be offered."""
    return st.none() | st.builds(
        Condition,
        question=st.sampled_from(names),
        operator=st.sampled_from(Operator),
        value=st.sampled_from((*VALUES, YES, NO)),
    )


@st.composite
def small_forms(draw):
    """Forms of at most four questions, whose conditions look anywhere: before, after, at themselves."""
    names = [f"q{rank}" for rank in range(draw(st.integers(1, 4)))]
    return Definition(
        questions=tuple(draw(_small_question(name, names)) for name in names),
        pieces=tuple(
            Piece("p", "Pièce", Requirement.USEFUL, condition=draw(conditions(names)))
            for _ in range(draw(st.integers(0, 1)))
        ),
    )


@st.composite
def _small_question(draw, name, names):
    kind = draw(st.sampled_from(KINDS))
    choices = (
        draw(st.sampled_from([("a",), ("a", "b")]))
        if kind in (QuestionKind.CHOICE, QuestionKind.SEVERAL)
        else ()
    )
    return question(
        name,
        kind,
        choices=choices,
        is_required=draw(st.booleans()),
        condition=draw(conditions([*names, "inconnue"])),
    )


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
_CONDITIONS = st.none() | st.builds(Condition, KEYS, st.sampled_from(Operator), WORDS)
_LEAVES = st.builds(
    Question,
    name=KEYS,
    kind=st.sampled_from([one for one in QuestionKind if one != QuestionKind.BLOCK]),
    label=WORDS,
    help=WORDS,
    is_required=st.booleans(),
    is_sensitive=st.booleans(),
    choices=st.lists(WORDS, max_size=3).map(tuple),
    choices_from=WORDS,
    max_length=st.none() | st.integers(1, 9),
    minimum=WORDS,
    maximum=WORDS,
    prefill=WORDS,
    autocomplete=WORDS,
    condition=_CONDITIONS,
    max_items=st.integers(1, 20),
)
_BLOCKS = st.builds(
    Question,
    name=KEYS,
    kind=st.just(QuestionKind.BLOCK),
    label=WORDS,
    questions=st.lists(_LEAVES, max_size=2).map(tuple),
)
_PIECES = st.builds(
    Piece,
    name=KEYS,
    label=WORDS,
    requirement=st.sampled_from(Requirement),
    legal_basis=WORDS,
    help=WORDS,
    accepted=st.lists(WORDS, max_size=2).map(tuple),
    model=WORDS,
    exemption=WORDS,
    is_sensitive=st.booleans(),
    condition=_CONDITIONS,
)
ANY_FORM = st.builds(
    Definition,
    questions=st.lists(_LEAVES | _BLOCKS, max_size=4).map(tuple),
    pieces=st.lists(_PIECES, max_size=3).map(tuple),
    message=KEYS | st.just(""),
    intro=WORDS,
)
