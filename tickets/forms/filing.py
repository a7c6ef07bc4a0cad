"""The form of a request: what every theme asks, what this one asks, its pieces, for whom it is."""

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from categories.questionnaire.form import COUNT, PREFIX, QuestionnaireForm
from teledemande.fields import LineField, ManyFilesField, ManyFilesInput, MessageField
from teledemande.terms import TERMS_VERSION
from teledemande.text import hides_something, visible_text
from tickets.files.signatures import ACCEPTED_EXTENSIONS
from tickets.files.sizes import size_words
from tickets.forms.beneficiary import (
    CHOICE,
    ForWhom,
    beneficiary_fields,
    read_beneficiary,
    whose_field,
)
from tickets.forms.layout import PlainHelper
from tickets.forms.pieces import EXEMPT, MANDATE, REASON, WITHOUT, Pieces, accept_of
from tickets.services.content import Content

# The parts of a name are those of questions, of pieces and of blocks, each far shorter.
MAX_INPUT_NAME = 200
_TYPED = (PREFIX, COUNT, WITHOUT, REASON, EXEMPT, "for-")


def files_field():
    """Return the field « Fichiers attachés »."""
    return ManyFilesField(
        label=_("Fichiers attachés"),
        required=False,
        help_text=_(
            "PDF, photos et documents bureautiques ; %(size)s par fichier, %(count)d fichiers au plus."
        )
        % {"size": size_words(settings.FILE_MAX_BYTES), "count": settings.FILES_MAX_COUNT},
        widget=ManyFilesInput(
            attrs={
                "class": "file-picker__input",
                "accept": accept_of(ACCEPTED_EXTENSIONS),
                "data-files": "",
                "data-max-bytes": settings.FILE_MAX_BYTES,
                "data-max-count": settings.FILES_MAX_COUNT,
            }
        ),
    )


def subject_field(category):
    """Return the field « Objet »; the theme's name is a good one already."""
    return LineField(
        label=_("Objet"),
        max_length=200,
        initial=category.name[:200],
        help_text=_("En quelques mots. Exemple : relevé de notes de licence 2, année 2024-2025."),
        error_messages={
            "required": _("Indiquez l’objet de votre demande en quelques mots."),
            "max_length": _("L’objet compte %(show_value)d caractères, la limite est %(limit_value)d."),
        },
    )


def message_field(definition):
    """Return the field of the words: the long question the form names, or a general one.

    A theme that asks questions leaves the general one optional: the answers are the request.
    """
    if question := definition.question(definition.message):
        return MessageField(
            label=question.label,
            help_text=escape(question.help),
            required=question.is_required,
            **({"max_length": question.max_length} if question.max_length else {}),
        )
    if definition.questions:
        return MessageField(
            label=_("Précisions"),
            required=False,
            help_text=_("Ce que le service doit savoir de plus, s’il y a lieu."),
        )
    general = MessageField(
        label=_("Votre demande"),
        help_text=_(
            "Dites ce que vous demandez, pour quelle formation, quelle année, et ce que vous avez déjà fait."
        ),
    )
    general.error_messages["required"] = _("Écrivez votre demande.")
    return general


class RequestForm(QuestionnaireForm):
    """Everything one page asks. `files` are those of the draft; `content()` after `is_valid()`."""

    helper = PlainHelper()

    def __init__(self, definition, data=None, *, category, person=None, files=(), **options):
        super().__init__(definition, data, person=person, **options)
        self.pieces = Pieces((MANDATE, *definition.pieces), files, person)
        self.draft_files = list(files)
        # Those of a piece that a newer form asks for no more stand alone: nothing she sent is dropped unseen.
        self.loose_files = [one for one in files if one.piece not in self.pieces.files]
        questions = self.fields
        self.fields = {
            "subject": subject_field(category),
            **questions,
            "message": message_field(definition),
            **beneficiary_fields(person),
            **self.pieces.fields(),
            "files": files_field(),
        }
        self.beneficiary = {}

    def clean(self):
        """Read answers, then for whom, then the pieces those call for."""
        cleaned = super().clean()
        self.beneficiary = read_beneficiary(self)
        acts_for_another = self.cleaned_data.get(CHOICE) == ForWhom.PERSON
        self.pieces.read(self, self.answers, left_out=() if acts_for_another else (MANDATE.name,))
        return cleaned

    def content(self, revision=None):
        """Return what is filed."""
        return Content(
            subject=self.cleaned_data["subject"],
            message=self.cleaned_data["message"],
            answers=self.answers,
            absences=self.pieces.absences,
            beneficiary=self.beneficiary,
            pieces=self.pieces.asked | {one.piece for one in self.loose_files},
            is_incomplete=self.pieces.is_incomplete,
            terms_version=TERMS_VERSION,
            revision=revision,
            files=frozenset(one.uuid for one in self.draft_files),
        )

    def kept_files(self):
        """Return the files that will be filed: those of a piece that is not asked for are not. When valid."""
        kept = self.content().pieces
        return [one for one in self.draft_files if not one.piece or one.piece in kept]

    def forget_files(self):
        """Show no file: those of a preview are read, and kept nowhere."""
        self.pieces.files = {name: [] for name in self.pieces.files}
        self.loose_files = []

    # --- showing ------------------------------------------------------------------------------------------
    def piece_rows(self):
        """Return the rows of the pieces of the theme."""
        return [row for row in self.pieces.rows(self) if row.piece.name != MANDATE.name]

    def mandate_row(self):
        """Return the row of the mandate."""
        return next(row for row in self.pieces.rows(self) if row.piece.name == MANDATE.name)

    def beneficiary_rows(self):
        """Return the inputs on for whom the request is, each with the choices it goes with."""
        return [
            (self[name], " ".join(whose_field(name))) for name in beneficiary_fields(None) if name != CHOICE
        ]

    def for_whom(self):
        """Return the choice of for whom the request is."""
        return self[CHOICE]

    def acts_for_another(self):
        """Whether that part of the page is to be seen at once."""
        return str(self[CHOICE].value() or ForWhom.SELF) != ForWhom.SELF


class TermsForm(forms.Form):
    """The last page: she has read the terms of use, in the version that page names."""

    version = forms.CharField(required=False)
    terms = forms.BooleanField(
        label=_("J’ai lu les conditions d’utilisation et je les accepte"),
        error_messages={"required": _("Cochez cette case pour déposer votre demande.")},
    )

    def clean_terms(self):
        """Refuse what was accepted of terms that changed since the page was shown."""
        if self.cleaned_data["version"] not in ("", TERMS_VERSION):
            raise forms.ValidationError(
                _("Les conditions d’utilisation ont changé depuis : relisez-les, puis déposez votre demande.")
            )
        return self.cleaned_data["terms"]


def typed_values(posted):
    """Return what was typed in the form of a request, fit for a draft: name → text, or list of texts.

    `posted` is a QueryDict. Names that are no field of the form of a request are left out.
    """
    fit = [name for name in posted if is_input_name(name)]
    typed = [name for name in fit if name in ("subject", "message") or name.startswith(_TYPED)]
    texts = {name: [visible_text(one) for one in posted.getlist(name)] for name in typed}
    return {name: several if len(several) > 1 else several[0] for name, several in texts.items() if several}


def is_input_name(name):
    """Whether a form may call an input `name`: short, nothing hidden in it. Databases refuse some others."""
    return len(name) <= MAX_INPUT_NAME and not hides_something(name)


def as_posted(values):
    """Return the QueryDict that `typed_values` read `values` from: a draft fills its form again."""
    posted = QueryDict(mutable=True)
    for name, typed in values.items():
        posted.setlist(name, typed if isinstance(typed, list) else [typed])
    return posted
