"""The only code that writes the words of mails: a transaction, a locked row and a version each time."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from categories.models import Category
from categories.roles import themes_managed_by
from notifications.models import MailWording, MailWordingVersion
from notifications.wordings.zones import EDITABLE, LINES, MAX_LENGTHS, REPLACING
from tickets.variables import faults_of

Texts = dict[str, dict[str, str]]  # zone → language → words
FIRST, SECOND = "fr", "en"


class StaleWordingError(Exception):
    """Somebody else changed the words since they were read; `wording` holds what they are now."""

    def __init__(self, wording: MailWording) -> None:
        super().__init__(wording.pk)
        self.wording = wording


def themes_worded_by(person: User):
    """Return the themes whose mails `person` may word: those she manages that are not confidential."""
    return themes_managed_by(person).opened()


def may_word(person: User, category: Category | None) -> bool:
    """Whether `person` may word the mails of `category`; those of every theme are for administrators."""
    if category is None:
        return person.is_superuser
    return themes_worded_by(person).filter(pk=category.pk).exists()


def field_of(zone: str, language: str) -> str:
    """Return the name under which forms and errors know the words of `zone` in `language`."""
    return f"{zone}_{language}"


def check_texts(message: str, texts: Texts) -> None:
    """Refuse what a mail could not say. Raises ValidationError, by field (see `field_of`)."""
    known = EDITABLE[message].variables
    faults: dict[str, list[str]] = {}
    for zone, by_language in texts.items():
        for language, text in by_language.items():
            if found := _faults(zone, text, known):
                faults[field_of(zone, language)] = found
        # Where words replace ours, ours are there in French.
        if by_language.get(SECOND) and not by_language.get(FIRST) and zone not in REPLACING:
            faults[field_of(zone, FIRST)] = [_("Écrivez d’abord ce texte en français.")]
    if set(texts) - set(EDITABLE[message].zones):
        raise PermissionDenied  # no form of ours has this field: the part is not hers to write
    if faults:
        raise ValidationError(faults)


def _faults(zone: str, text: str, known) -> list[str]:
    faults = faults_of(text, known)
    if len(text) > MAX_LENGTHS[zone]:
        faults.append(
            _("Ce texte est trop long : %(limit)d caractères au plus.") % {"limit": MAX_LENGTHS[zone]}
        )
    if zone in LINES and "\n" in text:
        faults.append(_("L’objet tient sur une ligne."))
    return faults


def save_wording(
    category: Category | None, message: str, texts: Texts, *, author: User, revision: int
) -> MailWording:
    """Write the words of `message` for `category` (None: every theme), and a version of them; return them.

    `revision` is the version the author read, 0 when there was none. What is already so is not written again.
    Raises ValidationError, PermissionDenied, StaleWordingError.
    """
    check_texts(message, texts)
    kept = {zone: said for zone, by_language in texts.items() if (said := _said(by_language))}
    return _write(category, message, kept, True, author=author, revision=revision)


def _said(by_language: dict[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in by_language.items() if text.strip()}


def use_original(
    category: Category | None, message: str, *, author: User, revision: int, inherits: bool
) -> MailWording:
    """Give the mail our own words back for `category`; with `inherits`, those of the theme above.

    Raises PermissionDenied, StaleWordingError.
    """
    return _write(category, message, {}, not inherits, author=author, revision=revision)


def restore_version(
    category: Category | None, message: str, number: int, *, author: User, revision: int
) -> MailWording:
    """Write again what the version `number` said. What variables no longer allow is refused.

    Raises MailWordingVersion.DoesNotExist, ValidationError, PermissionDenied, StaleWordingError.
    """
    version = MailWordingVersion.objects.get(
        wording__category=category, wording__message=message, number=number
    )
    check_texts(message, version.texts)
    return _write(
        category,
        message,
        version.texts,
        version.is_in_force,
        author=author,
        revision=revision,
        restores=number,
    )


@transaction.atomic
def _write(
    category: Category | None,
    message: str,
    texts: Texts,
    is_in_force: bool,
    *,
    author: User,
    revision: int,
    restores: int | None = None,
) -> MailWording:
    if not may_word(author, category):
        raise PermissionDenied
    row, _is_new = MailWording.objects.get_or_create(
        category=category, message=message, defaults={"is_in_force": False}
    )
    wording = MailWording.objects.select_for_update(of=("self",), no_key=True).get(pk=row.pk)
    if (wording.texts, wording.is_in_force) == (texts, is_in_force):
        return wording  # a second click, or the same words in another window
    if wording.version != revision:
        raise StaleWordingError(wording)
    wording.texts, wording.is_in_force = texts, is_in_force
    wording.version += 1
    wording.updated_at = timezone.now()
    wording.full_clean()
    wording.save()
    MailWordingVersion.objects.create(
        wording=wording,
        number=wording.version,
        texts=texts,
        is_in_force=is_in_force,
        restores=restores,
        author=author,
        at=wording.updated_at,
    )
    return wording
