"""The versions of the form of a theme: the one in force, and the one a request was filed with."""

from categories.models import FormVersion
from categories.questionnaire.definition import EMPTY, read_definition


def current_version(category):
    """Return the FormVersion in force for `category`, or None for a theme that asks nothing of its own."""
    return (
        FormVersion.objects.filter(category=category, published_at__isnull=False).order_by("-number").first()
    )


def current_form(category):
    """Return the Definition in force for `category`; an empty one when it asks nothing of its own."""
    return form_of(current_version(category))


def form_of(version):
    """Return the Definition of `version` (a FormVersion or None)."""
    return EMPTY if version is None else read_definition(version.definition)


def version_to_fill(category, shown=None):
    """Return the version somebody fills in: that of pk `shown`, on the page before her, or that in force."""
    if shown is not None:
        published = FormVersion.objects.filter(category=category, published_at__isnull=False)
        if version := published.filter(pk=shown).first():
            return version
    return current_version(category)
