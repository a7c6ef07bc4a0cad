"""A definition with one thing added, replaced, moved or taken out. Pure: nothing is written here."""

from dataclasses import replace

from categories.questionnaire.enums import QuestionKind
from categories.questionnaire.lists import every
from categories.questionnaire.loading import key_of

NAME_MAX = 60


class NoSuchThingError(LookupError):
    """The form has no question, or no piece, of that name."""


def find_question(definition, name):
    """Return (the question of that name, the block it stands in or None). Raises NoSuchThingError."""
    for question in definition.questions:
        if question.name == name:
            return question, None
        for inner in question.questions:
            if inner.name == name:
                return inner, question
    raise NoSuchThingError(name)


def find_piece(definition, name):
    """Return the piece of that name. Raises NoSuchThingError."""
    piece = definition.piece(name)
    if piece is None:
        raise NoSuchThingError(name)
    return piece


def fresh_name(label, taken):
    """Return a name made of `label` that is not among `taken`: « Date », « Date » give date, date_2."""
    base, number = key_of(label), 2
    name = base
    while name in taken:
        suffix = f"_{number}"
        name, number = base[: NAME_MAX - len(suffix)] + suffix, number + 1
    return name


def question_names(definition):
    """Return the names of every question, those of blocks included."""
    return {one.name for one in every(definition.questions)}


# --- questions --------------------------------------------------------------------------------------------
def add_question(definition, question, *, after="", block=""):
    """Return `definition` with `question` after that of the name `after` (the last place if there is none).

    `block` names the block it goes into. Raises NoSuchThingError for an unknown block.
    """
    if not block:
        return definition.with_questions(_inserted(definition.questions, question, after))
    home, _outer = find_question(definition, block)
    if home.kind != QuestionKind.BLOCK or question.kind == QuestionKind.BLOCK:
        raise NoSuchThingError(block)
    grown = replace(home, questions=_inserted(home.questions, question, after))
    return replace_question(definition, block, grown)


def replace_question(definition, name, question):
    """Return `definition` with `question` in the place of that of `name`. Raises NoSuchThingError."""
    find_question(definition, name)
    return _everywhere(definition, lambda level: _replaced(level, name, question))


def remove_question(definition, name):
    """Return `definition` without the question of that name, nor its role as the words of the request.

    What depended on it still does: publication is refused until it is mended. Raises NoSuchThingError.
    """
    find_question(definition, name)
    kept = _everywhere(definition, lambda level: tuple(one for one in level if one.name != name))
    return replace(kept, message="") if definition.message == name else kept


def move_question(definition, name, step):
    """Return `definition` with the question `name` moved by `step` places (-1 is up) among its neighbours."""
    find_question(definition, name)
    return _everywhere(definition, lambda level: _moved(level, name, step))


# --- pieces -----------------------------------------------------------------------------------------------
def add_piece(definition, piece, *, after=""):
    """Return `definition` with `piece` after that of the name `after`, last if there is none."""
    return definition.with_pieces(_inserted(definition.pieces, piece, after))


def replace_piece(definition, name, piece):
    """Return `definition` with `piece` in the place of that of `name`. Raises NoSuchThingError."""
    find_piece(definition, name)
    return definition.with_pieces(_replaced(definition.pieces, name, piece))


def remove_piece(definition, name):
    """Return `definition` without the piece of that name. Raises NoSuchThingError."""
    find_piece(definition, name)
    return definition.with_pieces(one for one in definition.pieces if one.name != name)


def move_piece(definition, name, step):
    """Return `definition` with the piece `name` moved by `step` places. Raises NoSuchThingError."""
    find_piece(definition, name)
    return definition.with_pieces(_moved(definition.pieces, name, step))


# --- one level --------------------------------------------------------------------------------------------
def _everywhere(definition, change):
    """Apply `change` to the first level, then to the inside of each block."""
    outer = change(definition.questions)
    return definition.with_questions(
        replace(one, questions=change(one.questions)) if one.questions else one for one in outer
    )


def _inserted(level, thing, after):
    names = [one.name for one in level]
    rank = names.index(after) + 1 if after in names else len(level)
    return (*level[:rank], thing, *level[rank:])


def _replaced(level, name, thing):
    return tuple(thing if one.name == name else one for one in level)


def _moved(level, name, step):
    names = [one.name for one in level]
    if name not in names:
        return level
    rank = names.index(name)
    others = [*level[:rank], *level[rank + 1 :]]
    others.insert(max(0, min(len(others), rank + step)), level[rank])
    return tuple(others)
