"""What changes in a person."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import get_language

from accounts.models import User, cas_identity

MAX_EMAIL_LENGTH = 254
MAX_NAME_LENGTH = 150

# What forms may be filled in with, and nothing else the CAS says (RGPD, article 5, 1, c).
# Names: SUPANN 2021 and SCHAC; numbers of student, of national student (INE), of agent, day of birth.
CAS_ATTRIBUTES = ("supannEtuId", "supannCodeINE", "supannEmpId", "schacDateOfBirth")
MAX_VALUES = 10
MAX_VALUE_LENGTH = 200


def set_person(user: User, *, is_active: bool, capacity: str) -> None:
    """Open or close the account of `user`, and say what she is in signed answers.

    Somebody whose account is closed is out at her next page: each request asks whether she is active.
    """
    user.is_active = is_active
    user.capacity = capacity
    user.save(update_fields=["is_active", "capacity"])


def remember_cas_person(login: str, attributes: dict[str, list[str]]) -> User:
    """Return the person whose CAS login is `login`, created if need be, her names and e-mail refreshed.

    Only the attributes listed in `_described` are read: CAS decides nothing of rights. An attribute that
    CAS stops giving, or gives in a shape we cannot keep, leaves what we knew. A local account with the
    same e-mail is somebody else. She starts in the language she came in.
    """
    described = _described(attributes)
    user = User.objects.filter(identity=cas_identity(login)).first() or _created(login, described)
    described["cas_attributes"] = user.cas_attributes | described.get("cas_attributes", {})
    changed = [name for name, value in described.items() if getattr(user, name) != value]
    if changed:
        for name in changed:
            setattr(user, name, described[name])
        user.save(update_fields=changed)
    return user


def _created(login, described):
    try:
        with transaction.atomic():
            return User.objects.create_cas(login, language=get_language(), **described)
    except IntegrityError:
        # Two first logins at once (two tabs): the other one has just created her.
        return User.objects.get(identity=cas_identity(login))


def _described(attributes):
    def first(name):
        return next((value.strip() for value in attributes.get(name, []) if value and value.strip()), "")

    known = {
        "email": _usable_email(first("mail")),
        "first_name": first("givenName")[:MAX_NAME_LENGTH],
        "last_name": (first("sn") or ("" if first("givenName") else first("displayName")))[:MAX_NAME_LENGTH],
        "affiliations": _affiliations(attributes),
        "cas_attributes": _kept_attributes(attributes),
    }
    return {name: value for name, value in known.items() if value}


def _usable_email(email):
    try:
        validate_email(email)
    except ValidationError:
        return ""
    return email if len(email) <= MAX_EMAIL_LENGTH else ""


def _affiliations(attributes):
    # The main one first, each once.
    given = [*attributes.get("eduPersonPrimaryAffiliation", []), *attributes.get("eduPersonAffiliation", [])]
    return list(dict.fromkeys(value.strip() for value in given if value and value.strip()))


def _kept_attributes(attributes):
    kept = {name: _values(attributes.get(name, [])) for name in CAS_ATTRIBUTES}
    return {name: values for name, values in kept.items() if values}


def _values(given):
    read = ("".join(sign for sign in value or "" if sign.isprintable()).strip() for value in given)
    return [value[:MAX_VALUE_LENGTH] for value in read if value][:MAX_VALUES]
