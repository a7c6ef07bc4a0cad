"""Load the tree of themes from YAML: everything of it, once; nothing staff changed is undone."""

from django.db import IntegrityError, transaction

from categories.loading.reading import read
from categories.loading.report import Report
from categories.loading.writing import write

__all__ = ["Report", "load_themes"]


def load_themes(text, *, synonyms=None):
    """Create the services, lists, themes and forms of the YAML `text` that do not exist; return the Report.

    What exists is left as it is, and compared: staff may have changed it since. New themes take their words
    from `synonyms` (slug → expressions); those whose receipt would lack a mention are not published. Raises
    ValueError, with a French sentence, for whatever is wrong in the document: nothing is written then.
    """
    document = read(text)
    try:
        with transaction.atomic():
            return write(document, synonyms or {})
    except IntegrityError as error:
        message = f"Un service ou un thème n’est pas complet : {error}."
        raise ValueError(message) from error
