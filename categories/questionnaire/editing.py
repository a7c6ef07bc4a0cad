"""The only code that writes the forms of themes. Each function is one transaction, on a locked draft.

One draft a theme; published, it is a version that never changes again.
"""

from dataclasses import replace

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from categories.enums import RoleKind
from categories.models import Category, FormVersion, ModelDocument
from categories.questionnaire import arranging
from categories.questionnaire.checking import faults
from categories.questionnaire.definition import read_definition, write_definition
from categories.questionnaire.lists import offered_by
from categories.questionnaire.versions import current_version


class EditingRefusedError(Exception):
    """The form was not changed; the message is the sentence shown."""


class StaleFormError(EditingRefusedError):
    """Somebody else changed the draft since it was read."""


class PublishedFormError(EditingRefusedError):
    """A published version never changes."""


class FaultyFormError(EditingRefusedError):
    """The form could not be filled in; `faults` say why."""

    def __init__(self, sentence, found):
        super().__init__(sentence)
        self.faults = found


def themes_edited_by(person):
    """Return the themes whose form `person` may edit: those she manages; all for an administrator.

    Editing a form shows no request: confidential themes are not apart.
    """
    leaves = Category.objects.filter(is_leaf=True, alias_of__isnull=True)
    return leaves if person.is_superuser else leaves.reached_by(person, RoleKind.MANAGER)


def draft_of(category):
    """Return the draft of the form of `category`, or None."""
    return FormVersion.objects.filter(category=category, published_at__isnull=True).first()


# --- one version ------------------------------------------------------------------------------------------
@transaction.atomic
def start_version(category, base=None):
    """Return the draft of `category`; a copy of `base`, else of the form in force, when there was none.

    `base` is a published version of the same theme.
    """
    # The row of the theme is the lock: two people who begin together get the same draft.
    Category.objects.select_for_update(of=("self",), no_key=True).get(pk=category.pk)
    if draft := draft_of(category):
        return draft
    source = base or current_version(category)
    last = FormVersion.objects.filter(category=category).aggregate(last=Max("number"))["last"]
    return FormVersion.objects.create(
        category=category, number=(last or 0) + 1, definition=source.definition if source else {}
    )


@transaction.atomic
def discard_version(pk, revision):
    """Erase a draft: the version in force stays. Raises StaleFormError, PublishedFormError."""
    _locked(pk, revision).delete()


@transaction.atomic
def publish_version(pk, revision, person):
    """Publish a draft in the name of `person` and return the version, in force from now on.

    Requests filed before, and drafts begun before, keep the version they have. Raises FaultyFormError,
    StaleFormError, PublishedFormError.
    """
    version = _locked(pk, revision)
    if found := faults_of(version):
        raise FaultyFormError(_("Ce formulaire n’est pas publié : il reste à corriger."), found)
    version.published_at = version.updated_at = timezone.now()
    version.published_by = person
    version.save(update_fields=["published_at", "published_by", "updated_at"])
    return version


def faults_of(version):
    """Return what keeps `version` from being published, as a list of Fault."""
    definition = read_definition(version.definition)
    documents = ModelDocument.objects.filter(category=version.category_id).values_list("uuid", flat=True)
    models = {str(uuid) for uuid in documents} if any(one.model for one in definition.pieces) else set()
    return faults(definition, offered_by(definition.questions), models)


# --- questions and pieces: each returns the draft written; raises what `_change` does ---------------------
def add_question(pk, revision, question, *, after="", block=""):
    """Add `question`, whose name is made of its label, after another one, inside `block` if it is named."""

    def change(definition):
        name = arranging.fresh_name(question.label, arranging.question_names(definition))
        return arranging.add_question(definition, replace(question, name=name), after=after, block=block)

    return _change(pk, revision, change)


def replace_question(pk, revision, name, question):
    """Put `question` in the place of `name`, whose name it keeps: answers stay comparable."""
    return _change(
        pk,
        revision,
        lambda definition: arranging.replace_question(definition, name, replace(question, name=name)),
    )


def remove_question(pk, revision, name):
    """Take the question `name` out, and its own questions for a block."""
    return _change(pk, revision, lambda definition: arranging.remove_question(definition, name))


def move_question(pk, revision, name, step):
    """Move the question `name` by `step` places among its neighbours; -1 is up."""
    return _change(pk, revision, lambda definition: arranging.move_question(definition, name, step))


def add_piece(pk, revision, piece, *, after=""):
    """Add `piece`, whose name is made of its label, after another one."""

    def change(definition):
        name = arranging.fresh_name(piece.label, {one.name for one in definition.pieces})
        return arranging.add_piece(definition, replace(piece, name=name), after=after)

    return _change(pk, revision, change)


def replace_piece(pk, revision, name, piece):
    """Put `piece` in the place of `name`, whose name it keeps."""
    return _change(
        pk, revision, lambda definition: arranging.replace_piece(definition, name, replace(piece, name=name))
    )


def remove_piece(pk, revision, name):
    """Take the piece `name` out."""
    return _change(pk, revision, lambda definition: arranging.remove_piece(definition, name))


def move_piece(pk, revision, name, step):
    """Move the piece `name` by `step` places; -1 is up."""
    return _change(pk, revision, lambda definition: arranging.move_piece(definition, name, step))


def set_introduction(pk, revision, *, intro, message):
    """Write what is said before the questions, and which long question holds the words of the request."""
    return _change(pk, revision, lambda definition: replace(definition, intro=intro, message=message))


# --- the lock ---------------------------------------------------------------------------------------------
@transaction.atomic
def _change(pk, revision, change):
    """Write `change(definition)` in the draft `pk`, read at `revision`; return the draft.

    Raises StaleFormError, PublishedFormError, EditingRefusedError when what was to change is gone.
    """
    version = _locked(pk, revision)
    try:
        definition = change(read_definition(version.definition))
    except arranging.NoSuchThingError as error:
        raise EditingRefusedError(
            _("Cette question ou cette pièce n’est plus dans le formulaire.")
        ) from error
    version.definition = write_definition(definition)
    version.revision += 1
    version.updated_at = timezone.now()
    version.save(update_fields=["definition", "revision", "updated_at"])
    return version


def _locked(pk, revision):
    version = FormVersion.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if version is None:
        raise EditingRefusedError(_("Cette version en préparation n’existe plus : elle a été abandonnée."))
    if version.published_at is not None:
        raise PublishedFormError(
            _("Cette version est publiée : elle ne change plus. Préparez-en une nouvelle.")
        )
    if version.revision != revision:
        raise StaleFormError(
            _(
                "Quelqu’un d’autre, ou un autre onglet, a modifié ce formulaire depuis que vous l’avez "
                "ouvert. Rien n’est écrasé : relisez-le, puis recommencez si vous le voulez encore."
            )
        )
    return version
