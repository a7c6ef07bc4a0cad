"""The signed key a form carries: whose draft its words belong to.

A session may end while somebody types. The key, signed when the form was shown to her, lets the words
be put in her draft before she logs in again. It lets nobody read anything.
"""

import uuid

from django.conf import settings
from django.core import signing

_SALT = "tickets.typing_keys"
_FORM_SALT = "tickets.typing_keys.form"


def new_key():
    """Return a fresh draft key."""
    return uuid.uuid4()


def sign(key, user):
    """Return the text a form carries for the draft `key` of `user`."""
    return signing.dumps([str(key), user.pk], salt=_SALT)


def read(text):
    """Return (key, pk of the owner), or None when the text is not ours or is older than a week."""
    try:
        key, owner_pk = signing.loads(text or "", salt=_SALT, max_age=settings.DRAFT_TOKEN_LIFETIME)
        return uuid.UUID(key), owner_pk
    except (signing.BadSignature, ValueError, TypeError):
        return None


def sign_form(category, version_pk):
    """Return the text a form carries of what it shows: the theme, and the version (or None) of its form.

    The theme may close, and its form change, while somebody fills it in.
    """
    return signing.dumps([category.pk, version_pk], salt=_FORM_SALT)


def read_form(text):
    """Return (pk of the theme, pk of the version or None), or None when the text is not ours or is old."""
    try:
        category_pk, version_pk = signing.loads(
            text or "", salt=_FORM_SALT, max_age=settings.DRAFT_TOKEN_LIFETIME
        )
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return category_pk, version_pk


def parse(text):
    """Return the UUID written in an address, or None."""
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None
