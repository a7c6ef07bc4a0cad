"""What keeps a form from being published: whatever could not be filled in, or would say nothing."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from categories.questionnaire import settings_check
from categories.questionnaire.definition import Question
from categories.questionnaire.enums import QuestionKind
from categories.questionnaire.known import EXTENSIONS
from categories.questionnaire.lists import every
from categories.questionnaire.reach import Obstacle, obstacles
from teledemande.text import visible_text

MAX_QUESTIONS, MAX_PIECES = 400, 40
MAX_LABEL, MAX_HELP, MAX_INTRO = 300, 1000, 5000
# What a key may be made of; the keys of a form make the names of its inputs.
_NAME = re.compile(r"[a-z0-9][a-z0-9_]{0,79}")
QUESTION, PIECE, INTRODUCTION, FORM = "question", "piece", "introduction", "form"


@dataclass(frozen=True)
class Fault:
    """What must be mended before publication. `place`: « question:nom », « piece:photo », « form » …"""

    place: str
    sentence: str


def place_of(thing):
    """Return the `Fault.place` of a question or a piece."""
    return f"{QUESTION if isinstance(thing, Question) else PIECE}:{thing.name}"


def faults(definition, offered, models=()):
    """Return the Faults of `definition`, in the order of the form; none when it may be published.

    `offered` comes from `lists.offered_by`; `models` are the identifiers (texts) of the model documents of
    the theme.
    """
    questions = list(every(definition.questions))
    return [
        *_sizes(definition, questions),
        *_words_around(definition),
        *_names(questions),
        *_names(definition.pieces),
        *(fault for level in _levels(definition) for fault in _labels(level)),
        *(fault for one in questions for fault in _of_thing(one, settings_check.of_question(one, offered))),
        *(fault for one in definition.questions for fault in _of_block(one)),
        *(fault for one in definition.pieces for fault in _of_thing(one, _of_piece(one, models))),
        *(
            Fault(place_of(at.thing), _obstacle_words(at.thing, why))
            for at, why in obstacles(definition, offered)
        ),
    ]


def _sizes(definition, questions):
    if len(questions) > MAX_QUESTIONS:
        yield Fault(FORM, _("Ce formulaire a plus de %(count)d questions.") % {"count": MAX_QUESTIONS})
    if len(definition.pieces) > MAX_PIECES:
        yield Fault(FORM, _("Ce formulaire demande plus de %(count)d pièces.") % {"count": MAX_PIECES})


def _words_around(definition):
    if len(definition.intro) > MAX_INTRO:
        yield Fault(INTRODUCTION, _("L’introduction dépasse %(count)d caractères.") % {"count": MAX_INTRO})
    if not definition.message:
        return
    message = definition.question(definition.message)
    if message is None or message.kind != QuestionKind.LONG_TEXT or message.condition:
        yield Fault(
            INTRODUCTION,
            _(
                "Le texte de la demande est la réponse à une question de texte long, posée hors d’un bloc et "
                "sans condition : choisissez-en une autre."
            ),
        )
    elif message.is_sensitive:
        yield Fault(
            INTRODUCTION,
            _(
                "Le texte de la demande part dans les courriels et se retrouve par la recherche : une "
                "question sensible ne peut pas l’être."
            ),
        )


def _names(things):
    seen = set()
    for thing in things:
        if thing.name in seen:
            sentence = _("« %(label)s » a le même nom qu’une autre : retirez l’une des deux.")
            yield Fault(place_of(thing), sentence % {"label": thing.label or thing.name})
        seen.add(thing.name)


def _levels(definition):
    blocks = (one.questions for one in definition.questions)
    return [definition.questions, *blocks, definition.pieces]


def _labels(things):
    """Yield a Fault for what would be taken for another: same words, same heading above, asked together."""
    heading, seen = "", set()
    for thing in things:
        if isinstance(thing, Question) and thing.kind == QuestionKind.HEADING:
            heading = thing.name
            continue
        words = (heading, " ".join(thing.label.split()).casefold(), thing.condition)
        if thing.label.strip() and words in seen:
            sentence = _("« %(label)s » est déjà demandé au même endroit : changez l’un des deux intitulés.")
            yield Fault(place_of(thing), sentence % {"label": thing.label})
        seen.add(words)


def _of_thing(thing, others):
    """Yield the Faults any question or piece may have, then those of the sentences `others`."""
    yield from (Fault(place_of(thing), sentence) for sentence in (*_wording(thing), *others))


def _wording(thing):
    if not _NAME.fullmatch(thing.name):
        yield _("Le nom « %(name)s » ne convient pas : lettres sans accent, chiffres et « _ » seulement.") % {
            "name": thing.name
        }
    if not is_line(thing.label):
        yield _("L’intitulé est vide, ou ne tient pas sur une ligne.")
    if len(thing.label) > MAX_LABEL:
        yield _("L’intitulé dépasse %(count)d caractères.") % {"count": MAX_LABEL}
    if len(thing.help) > MAX_HELP:
        yield _("L’aide dépasse %(count)d caractères.") % {"count": MAX_HELP}


def is_line(text):
    """Whether `text` is one line of words as a browser sends it back: trimmed, without what nobody sees."""
    return bool(text) and text == " ".join(visible_text(text).split())


def _of_block(question):
    inner = question.questions
    if question.kind != QuestionKind.BLOCK:
        if inner:
            yield Fault(place_of(question), _("Seul un bloc répété contient des questions."))
        return
    if not inner:
        yield Fault(place_of(question), _("Ce bloc répété ne contient aucune question."))
    if any(one.kind == QuestionKind.BLOCK for one in inner):
        yield Fault(place_of(question), _("Un bloc répété n’en contient pas un autre."))
    if inner and question.is_required and not any(one.is_required and not one.condition for one in inner):
        yield Fault(
            place_of(question),
            _("Ce bloc est obligatoire : l’une de ses questions est obligatoire et toujours posée."),
        )


def _of_piece(piece, models):
    if piece.is_required and not piece.legal_basis.strip():
        yield _("Cette pièce est exigée par un texte : indiquez lequel.")
    if set(piece.accepted) - EXTENSIONS:
        yield _("Un type de fichier de cette pièce n’est accepté nulle part.")
    if piece.model and piece.model not in models:
        yield _("Le modèle à télécharger n’existe plus : choisissez-en un autre.")
    if piece.exemption and not is_line(piece.exemption):
        yield _("La raison de ne pas fournir cette pièce ne tient pas sur une ligne.")


def _obstacle_words(thing, obstacle):
    """Say why `thing` is never asked; and, when it is required, that nobody could file a complete request."""
    words = _OBSTACLES[obstacle]()
    if not thing.is_required:
        return words
    return _("%(why)s Elle est obligatoire et ne serait jamais demandée.") % {"why": words}


_OBSTACLES = {
    Obstacle.UNKNOWN: lambda: _("La question dont elle dépend n’existe pas."),
    Obstacle.ITSELF: lambda: _("Elle dépend d’elle-même."),
    Obstacle.ELSEWHERE: lambda: _("La question dont elle dépend est dans un autre bloc répété."),
    Obstacle.LATER: lambda: _("La question dont elle dépend est posée plus loin."),
    Obstacle.CANNOT_CONTROL: lambda: _(
        "La question dont elle dépend n’est pas un choix, plusieurs choix ou « oui ou non »."
    ),
    Obstacle.NOTHING_OFFERED: lambda: _("La question dont elle dépend n’offre aucune réponse."),
    Obstacle.NEVER_OFFERED: lambda: _("Elle attend une réponse qui n’est jamais proposée."),
    Obstacle.ONLY_CHOICE: lambda: _("Elle attend une autre réponse que la seule proposée."),
    Obstacle.NEVER_ASKED: lambda: _("La question dont elle dépend n’est elle-même jamais posée."),
}
