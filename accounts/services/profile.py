"""What a person says of herself: how she is called and reached, in whose name she writes, how pages look."""

from accounts.models import BodyKind, User

# Names of members of the university are the university's, at each of their logins.
OWN_NAMES = ("last_name", "first_name")
ADDRESS_FIELDS = ("address_line1", "address_line2", "postal_code", "city", "country")


def identity_fields(user: User) -> tuple[str, ...]:
    """Return the fields of her identity `user` may change herself."""
    return (() if user.is_cas else OWN_NAMES) + ("usage_name", "phone")


def save_identity(user: User, *, answers: dict[str, str]) -> None:
    """Keep the names and the telephone of `user`; what she may not change is left alone."""
    fields = identity_fields(user)
    for name in fields:
        setattr(user, name, answers[name])
    user.save(update_fields=fields)


def save_postal_address(user: User, *, lines: dict[str, str]) -> None:
    """Keep the postal address of `user`; `lines` has a value for each of ADDRESS_FIELDS.

    An official electronic request must give it (code des relations entre le public et l’administration,
    art. R112-9-1).
    """
    for name in ADDRESS_FIELDS:
        setattr(user, name, lines[name])
    user.save(update_fields=ADDRESS_FIELDS)


def save_body(user: User, *, kind: str, name: str = "", siret: str = "", rna: str = "") -> None:
    """Say in whose name `user` writes. Her own: no body is kept. A company has no RNA number."""
    is_body = kind != BodyKind.PERSON
    user.body_kind = kind
    user.body_name = name if is_body else ""
    user.siret = siret if is_body else ""
    user.rna = rna if kind == BodyKind.ASSOCIATION else ""
    user.save(update_fields=["body_kind", "body_name", "siret", "rna"])


def save_display(user: User, *, language: str, newest_first: bool, hides_filing_intro: bool) -> None:
    """Keep how pages and mails come to `user`: language, order of the timeline, information screen."""
    user.language = language
    user.newest_first = newest_first
    user.hides_filing_intro = hides_filing_intro
    user.save(update_fields=["language", "newest_first", "hides_filing_intro"])


def set_language(user: User, language: str) -> None:
    """Speak and write to `user` in `language`, one of Language, from now on."""
    user.language = language
    user.save(update_fields=["language"])


def set_filing_intro(user: User, *, hidden: bool) -> None:
    """Hide or show the information screen before the next request of `user`."""
    user.hides_filing_intro = hidden
    user.save(update_fields=["hides_filing_intro"])
