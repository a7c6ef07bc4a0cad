"""The pieces a form asks for: joined, said to be missing with a reason, or already at the university."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from categories.audiences import audiences_of
from categories.questionnaire.definition import Piece
from categories.questionnaire.enums import Requirement
from categories.questionnaire.form import depends_on, is_asked
from teledemande.fields import LineField, ManyFilesField, ManyFilesInput
from tickets.files.signatures import ACCEPTED_EXTENSIONS

FILE, WITHOUT, REASON, EXEMPT = "piece-", "without-", "reason-", "exempt-"
MISSING, EXEMPTED = "missing", "exempt"

# The mandate of whoever files for somebody else; its name is one that `key_of` never gives.
MANDATE = Piece(
    name="_mandat",
    label=_("Mandat ou justificatif de votre qualité"),
    requirement=Requirement.LAW,
    legal_basis=_("code civil, article 1984"),
    help=_(
        "Lettre datée et signée de la personne, ou livret de famille, jugement de tutelle, carte d’avocat …"
    ),
)


@dataclass(frozen=True)
class PieceRow:
    """What a page shows of one piece. `bound` are its inputs; `files` what the draft holds for it.

    `is_known`: the university already has it of this person, and may not ask for it (CRPA, L113-12).
    """

    piece: Piece
    bound: dict[str, Any]
    files: list = field(default_factory=list)
    depends: dict = field(default_factory=dict)
    is_known: bool = False


def accept_of(extensions):
    """Return the `accept` of an input for files of these types; photographs open a telephone’s camera."""
    pictures = ("image/*",) if "jpg" in extensions else ()
    return ",".join((*(f".{one}" for one in extensions), *pictures))


def piece_fields(piece):
    """Return the inputs that ask for `piece`: name → Django field."""
    extensions = piece.accepted or ACCEPTED_EXTENSIONS
    attrs = {
        "class": "file-picker__input",
        "accept": accept_of(extensions),
        "data-upload": piece.name,
    }
    made = {
        FILE + piece.name: ManyFilesField(
            label=piece.label,
            required=False,
            help_text=escape(piece.help),
            widget=ManyFilesInput(attrs=attrs),
        )
    }
    if piece.exemption:
        made[EXEMPT + piece.name] = forms.BooleanField(
            label=_("L’université a déjà cette pièce : %(why)s") % {"why": piece.exemption}, required=False
        )
    if piece.is_required:
        made[WITHOUT + piece.name] = forms.BooleanField(label=_("Je n’ai pas cette pièce"), required=False)
        made[REASON + piece.name] = LineField(
            label=_("Pourquoi ?"),
            max_length=300,
            required=False,
            help_text=_(
                "Votre demande sera déposée quand même, incomplète ; le service vous dira que faire."
            ),
        )
    return made


class Pieces:
    """The pieces of one form, bound or not: `read` fills `absences`, `asked` and `is_incomplete`."""

    def __init__(self, pieces, files, person=None):
        self.pieces = tuple(pieces)
        publics = audiences_of(person) if person else frozenset()
        self.known = frozenset(one.name for one in self.pieces if publics & {*one.known_of})
        self.files = {piece.name: [one for one in files if one.piece == piece.name] for piece in self.pieces}
        self.absences = {}
        self.asked = frozenset()
        self.is_incomplete = False

    def fields(self):
        """Return the inputs of every piece."""
        return {name: made for piece in self.pieces for name, made in piece_fields(piece).items()}

    def rows(self, form):
        """Return the PieceRow of every piece, with the inputs of `form`."""
        return [
            PieceRow(
                piece,
                {
                    kind: form[prefix + piece.name]
                    for kind, prefix in (
                        ("file", FILE),
                        ("exempt", EXEMPT),
                        ("without", WITHOUT),
                        ("reason", REASON),
                    )
                    if prefix + piece.name in form.fields
                },
                self.files[piece.name],
                depends_on(piece),
                piece.name in self.known,
            )
            for piece in self.pieces
        ]

    def read(self, form, answers, left_out=()):
        """Read what `form` says of each piece asked for, given the `answers`; add the errors to the form.

        `left_out` names pieces that are not asked for, whatever the answers.
        """
        asked = [one for one in self.pieces if one.name not in left_out and is_asked(one, answers)]
        self.asked = frozenset(piece.name for piece in asked)
        for piece in self.pieces:
            if piece.name not in self.asked:
                for prefix in (FILE, EXEMPT, WITHOUT, REASON):
                    form.errors.pop(prefix + piece.name, None)
            elif not self.files[piece.name]:
                self._read_absence(form, piece)

    def _read_absence(self, form, piece):
        given = form.cleaned_data
        is_told = bool(piece.exemption and given.get(EXEMPT + piece.name))
        if piece.name in self.known or is_told:
            self.absences[piece.name] = {"kind": EXEMPTED, "why": str(piece.exemption)}
        elif piece.is_required:
            self._read_missing(form, piece, given.get(REASON + piece.name, ""))

    def _read_missing(self, form, piece, reason):
        if not form.cleaned_data.get(WITHOUT + piece.name):
            sentence = _("Joignez cette pièce, ou cochez « Je n’ai pas cette pièce » et dites pourquoi.")
            form.add_error(FILE + piece.name, sentence)
        elif not reason and REASON + piece.name not in form.errors:
            form.add_error(
                REASON + piece.name, _("Dites en quelques mots pourquoi vous n’avez pas cette pièce.")
            )
        else:
            self.absences[piece.name] = {"kind": MISSING, "why": reason}
            self.is_incomplete = True
