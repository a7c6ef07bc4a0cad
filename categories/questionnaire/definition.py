"""The definition of a form: questions, then pieces. Read from JSON, written to it, immutable in between."""

from dataclasses import asdict, dataclass, fields, replace

from django.utils.functional import Promise

from categories.questionnaire.enums import Operator, QuestionKind, Requirement


class MalformedDefinitionError(ValueError):
    """The stored JSON is no definition of a form."""


@dataclass(frozen=True)
class Condition:
    """A question or a piece is asked only when the earlier `question` was answered so."""

    question: str
    operator: Operator = Operator.IS
    value: str = ""


@dataclass(frozen=True)
class Question:
    """One thing asked. `name` is its key in the answers and never shown; `questions` are those of a block."""

    name: str
    kind: QuestionKind
    label: str
    help: str = ""
    is_required: bool = False
    is_sensitive: bool = False
    choices: tuple[str, ...] = ()
    choices_from: str = ""
    max_length: int | None = None
    minimum: str = ""
    maximum: str = ""
    prefill: str = ""
    autocomplete: str = ""
    condition: Condition | None = None
    questions: tuple["Question", ...] = ()
    max_items: int = 10


@dataclass(frozen=True)
class Piece:
    """One document asked for. `exemption`: when the university already has it (CRPA, L113-12).

    `known_of`: the publics (categories.enums.Audience) for whom it always has it: they are asked for nothing.
    """

    name: str
    label: str | Promise
    requirement: Requirement = Requirement.USEFUL
    legal_basis: str | Promise = ""
    help: str | Promise = ""
    accepted: tuple[str, ...] = ()
    model: str = ""
    exemption: str = ""
    known_of: tuple[str, ...] = ()
    is_sensitive: bool = False
    condition: Condition | None = None

    @property
    def is_required(self):
        """Whether a text requires it: its absence makes the file incomplete (CRPA, L114-5)."""
        return self.requirement == Requirement.LAW


@dataclass(frozen=True)
class Definition:
    """A whole form. `message` names the long question whose answer is the words of the request, if any."""

    questions: tuple[Question, ...] = ()
    pieces: tuple[Piece, ...] = ()
    message: str = ""
    intro: str = ""

    def question(self, name):
        """Return the question of that name, at the first level, or None."""
        return next((one for one in self.questions if one.name == name), None)

    def piece(self, name):
        """Return the piece of that name, or None."""
        return next((one for one in self.pieces if one.name == name), None)

    def with_questions(self, questions):
        """Return the same form with these questions."""
        return replace(self, questions=tuple(questions))

    def with_pieces(self, pieces):
        """Return the same form with these pieces."""
        return replace(self, pieces=tuple(pieces))


EMPTY = Definition()


def read_definition(data):
    """Return the Definition stored as `data` (a dict from JSON). Raises MalformedDefinitionError."""
    try:
        return Definition(
            questions=tuple(_question(one) for one in data.get("questions", ())),
            pieces=tuple(_piece(one) for one in data.get("pieces", ())),
            message=data.get("message", ""),
            intro=data.get("intro", ""),
        )
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        raise MalformedDefinitionError(str(error)) from error


def write_definition(definition):
    """Return `definition` as a dict fit for JSON, without what has its default value."""
    return {
        name: value
        for name, value in {
            "questions": [_written(one) for one in definition.questions],
            "pieces": [_written(one) for one in definition.pieces],
            "message": definition.message,
            "intro": definition.intro,
        }.items()
        if value
    }


def _question(data):
    given = dict(data)
    return Question(
        **given
        | {
            "kind": QuestionKind(given["kind"]),
            "choices": tuple(given.get("choices", ())),
            "condition": _condition(given.get("condition")),
            "questions": tuple(_question(one) for one in given.get("questions", ())),
        }
    )


def _piece(data):
    given = dict(data)
    return Piece(
        **given
        | {
            "requirement": Requirement(given.get("requirement", Requirement.USEFUL)),
            "accepted": tuple(given.get("accepted", ())),
            "known_of": tuple(given.get("known_of", ())),
            "condition": _condition(given.get("condition")),
        }
    )


def _condition(data):
    if not data:
        return None
    return Condition(**dict(data) | {"operator": Operator(data.get("operator", Operator.IS))})


def _written(thing):
    defaults = {one.name: one.default for one in fields(thing)}
    values = {name: getattr(thing, name) for name in defaults}
    kept = {name: value for name, value in values.items() if value != defaults[name]}
    for name in ("choices", "accepted", "known_of"):
        if name in kept:
            kept[name] = list(kept[name])
    for name in ("kind", "requirement"):
        if name in kept:
            kept[name] = str(kept[name])
    if "condition" in kept:
        kept["condition"] = asdict(kept["condition"]) | {"operator": str(kept["condition"].operator)}
    if "questions" in kept:
        kept["questions"] = [_written(one) for one in kept["questions"]]
    return kept
