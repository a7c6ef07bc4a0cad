"""The only code that writes questions and what readers say of them. Each function is one transaction."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from categories.enums import FaqAudience
from categories.markdown import remarks
from categories.models import FaqEntry, FaqFeedback

NEEDS_A_THEME = gettext_lazy("Ces lecteurs dépendent d’un thème : choisissez au moins un thème.")
PARENT_HAS_AN_ANSWER = gettext_lazy("Cette question a une réponse : choisissez une rubrique, qui n’en a pas.")
HEADING_NEEDS_NO_ANSWER = gettext_lazy(
    "D’autres questions sont rangées ici : une rubrique n’a pas de réponse."
)
HAS_CHILDREN = gettext_lazy(
    "D’autres questions sont rangées sous celle-ci : cessez de la publier plutôt que de la supprimer."
)
PARENT_STANDS_BELOW = gettext_lazy("Une rubrique ne se range pas sous elle-même.")
_FOR_A_THEME = (FaqAudience.THEME_USERS, FaqAudience.HANDLERS)
_SLUG_LENGTH = 70  # leaves room for a number


@transaction.atomic
def save_entry(entry, *, themes, follows_links=True):
    """Check the whole of `entry` and write it with its `themes`; return it.

    A new one without slug is given one from its title; later the slug never changes. The day of update is
    that of the words. Raises ValidationError.
    """
    written = FaqEntry.objects.select_for_update(of=("self",), no_key=True).filter(pk=entry.pk).first()
    entry.slug = written.slug if written else entry.slug or free_slug(entry.title)
    check_entry(entry, themes=themes, follows_links=follows_links)
    if written is None or (written.title, written.body) != (entry.title, entry.body):
        entry.updated_at = timezone.now()
    entry.save()
    entry.categories.set(themes)
    return entry


def check_entry(entry, *, themes, follows_links=True):
    """Raise ValidationError, by field, unless `entry` with these `themes` can be written.

    `follows_links`: whether links to our own pages must lead to something published today.
    """
    faults = _faults_of_place(entry)
    if "parent" not in faults:  # the tree would say it in English
        entry.full_clean()
    if entry.audience in _FOR_A_THEME and not themes:
        faults["categories"] = [NEEDS_A_THEME]
    wording = [str(one) for one in remarks(entry.body, follows_links=follows_links) if one.is_error]
    if wording:
        faults["body"] = [*faults.get("body", []), *wording]
    if faults:
        raise ValidationError(faults)


def _faults_of_place(entry):
    faults = {}
    if entry.parent is not None and entry.parent.body:
        faults["parent"] = [PARENT_HAS_AN_ANSWER]
    if entry.pk is not None and entry.parent is not None and _stands_below(entry.parent, entry):
        faults["parent"] = [PARENT_STANDS_BELOW]
    if entry.pk is not None and entry.body and entry.children.exists():
        faults["body"] = [HEADING_NEEDS_NO_ANSWER]
    return faults


def _stands_below(below, entry):
    return FaqEntry.objects.ancestors(below, include_self=True).filter(pk=entry.pk).exists()


def free_slug(title):
    """Return a slug for `title` that no question has, cut between words."""
    base = slugify(title.replace("’", " ").replace("'", " "))[: _SLUG_LENGTH + 1]
    base = base.rpartition("-")[0] if len(base) > _SLUG_LENGTH and "-" in base else base[:_SLUG_LENGTH]
    base = base or "question"
    taken = set(FaqEntry.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    candidates = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)


@transaction.atomic
def delete_entry(entry):
    """Delete `entry` and what readers said of it. Raises ValidationError if other questions stand below."""
    FaqEntry.objects.select_for_update(of=("self",), no_key=True).filter(pk=entry.pk).first()
    if entry.children.exists():
        raise ValidationError(HAS_CHILDREN)
    entry.delete()


@transaction.atomic
def record_feedback(entry, kind, *, category=None):
    """Count what a reader says of `entry`; who she is is not kept. Return the FaqFeedback."""
    feedback = FaqFeedback(entry=entry, kind=kind, category=category)
    feedback.full_clean()
    feedback.save()
    return feedback


def advice_on(entry):
    """Return the sentences of advice on the wording of `entry`, which keep nobody from publishing it."""
    about_place = _("Sans réponse et sans question au-dessous, elle ne sera pas montrée.")
    is_empty = not entry.body and (entry.pk is None or not entry.children.exists())
    advice = [str(remark) for remark in remarks(entry.body) if not remark.is_error]
    return [about_place, *advice] if is_empty else advice
